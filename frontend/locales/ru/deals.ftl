# Сделки.
status-open = Открыта
status-won = Победа
status-lost = Проигрыш
status-rejected = Отказ от участия
status-rerouted = Передана
deal-type-direct = Прямая
deal-type-partner = Через партнёра
category-enterprise = Крупная
category-medium = Средняя
category-small = Малая
forecast-pipeline = В работе
forecast-best-case = Возможно
forecast-commit = Уверенно
forecast-omitted = Вне прогноза
