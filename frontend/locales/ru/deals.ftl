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

registry-view = Показать как
registry-views = Представления
view-table = Таблица
view-board = Доска
view-open = Открытые
view-mine = Мои
view-closed = Закрытые
view-everything = Все
view-bin = Корзина
filters = Фильтры
filter-add = Фильтр
filters-clear = Сбросить фильтры
filter-created = Создана
filter-closed = Закрыта
filter-overdue = Просрочена
filter-without-subtree = без подчинённых
filter-source-help = Несколько — через запятую
deals-search = Найти сделку
range-from = от { $value }
range-to = до { $value }
range-least = Не меньше
range-most = Не больше
range-since = С
range-until = По
period-month = Этот месяц
period-next-month = Следующий месяц
period-quarter = Этот квартал
period-year = Этот год
column-deal = Сделка
column-probability = Вер.
column-last-touch = Касание
no-account = Без клиента
past = срок прошёл
weighted = Взвешенно
totals-unconverted = { $count ->
    [one] { $shown } без курса валюты не вошла в суммы
    [few] { $shown } без курса валюты не вошли в суммы
   *[many] { $shown } без курса валюты не вошли в суммы
}
deals-none-title = Ничего не подошло
deals-none-text = Среди доступных вам сделок нет таких, что отвечают этому представлению и фильтрам.
deals-empty-title = Открытых сделок пока нет
deals-empty-text = Здесь место каждой продаже в работе: сколько она стоит, где находится и что делать дальше.

deal-title-help = Что продаём, в нескольких словах
deal-create = Создать сделку
deal-created = Сделка «{ $name }» создана
deal-edit-title = { $number }: изменить
deal-deleted = Сделка «{ $name }» в корзине
deal-restored = Сделка «{ $name }» восстановлена
deal-closed = Сделка «{ $name }» закрыта
deal-reopened = Сделка «{ $name }» снова в работе
deal-moved = Стадия: { $stage }
deal-close-title = Закрыть сделку
deal-reopen-title = Вернуть сделку в работу
deal-reopen = Вернуть в работу
deal-work = Работа со сделкой
deal-tabs = Разделы сделки
deal-facts = Сведения
tab-fields = Поля
tab-history = История
edit = Изменить
delete = Удалить
restore = Восстановить
in-bin = В корзине
rotting = Слишком давно ничего не происходило
title-edit = Изменить название
more-actions = Другие действия
next-stage = Дальше: { $stage }
move-to = Перевести на стадию «{ $stage }»
stages = Стадии
close-deal = Закрыть
close-as-won = Отметить победу
close-as-lost = Отметить проигрыш
close-as-rejected = Отказаться от участия
close-as-rerouted = Передать
close-reason-help = Одно предложение, понятное и через год
next-contact-help = Когда снова обратиться к клиенту
reopen-stage-help = На какой стадии продолжить работу
missing-count = { $count ->
    [one] не хватает { $shown } поля
    [few] не хватает { $shown } полей
   *[many] не хватает { $shown } полей
}
completeness = Заполненность
fill-field = Заполнить: { $field }
never = не было
fact-age = Возраст
fact-amount-base = В базовой валюте
fact-pushes = Закрытие переносили
fact-created = Создана
fact-closed = Закрыта
pushes = { $count ->
    [one] { $shown } раз
    [few] { $shown } раза
   *[many] { $shown } раз
}
open-deals-count = { $count ->
    [0] Открытых сделок нет
    [one] { $shown } открытая сделка
    [few] { $shown } открытые сделки
   *[many] { $shown } открытых сделок
}
group-deal = Сделка
group-forecast = Квалификация и прогноз
set-by-hand = задано вручную
follows-stage = По стадии
probability-help = Если пусто — по стадии
decision-help = Когда клиент примет решение
need-help = Чего хочет добиться клиент
tactic-help = За счёт чего собираемся победить

conflict-title = Запись изменил кто-то другой
conflict-text = Пока вы редактировали, другой сотрудник сохранил свои значения. Выберите, что оставить.
conflict-mine = Ваше
conflict-theirs = Другое
conflict-taken = Ещё изменено и будет принято
conflict-save = Сохранить выбранное

board-help = Пробел — взять сделку, стрелки — выбрать стадию, пробел — положить, Esc — отменить.
board-empty = Сделок нет
board-zones = Закрыть как
board-moved = { $name }: теперь стадия «{ $stage }»
board-refused = Сделка «{ $name }» осталась на месте. { $reason }
board-lifted = { $name } взята со стадии «{ $stage }». Стрелки выбирают стадию, пробел кладёт, Esc отменяет.
board-over = { $stage }
board-kept = { $name } остаётся на стадии «{ $stage }»

event-created = Создание
event-updated = Изменение
event-stage-advanced = Переход вперёд
event-stage-returned = Возврат
event-closed = Закрытие
event-reopened = Возвращение в работу
event-deleted = Перенос в корзину
event-restored = Восстановление из корзины
event-step-done = Шаг выполнен
event-step-reopened = Шаг открыт снова
event-decided = Принято решение
event-gate-overridden = Переход при невыполненных требованиях
event-process-changed = Переведена на другую версию процесса
event-team-changed = Изменена команда
event-key-contact-changed = Изменён ключевой контакт
event-competitor-changed = Изменён конкурент
event-concession-changed = Уступка записана
event-document-changed = Изменён документ
event-minutes-changed = Протокол составлен
event-minutes-sent = Протокол отправлен
event-material-shown = Материал показан
event-activity-planned = Активность запланирована
event-activity-changed = Активность изменена
event-activity-done = Активность выполнена
event-activity-cancelled = Активность отменена
event-file-added = Файл добавлен
event-file-removed = Файл удалён
event-proposal-changed = Предложение изменено
event-proposal-submitted = Предложение отправлено на согласование
event-visa-asked = Запрошена виза
event-visa-voided = Виза аннулирована: изменился документ
event-visa-given = Виза проставлена
event-proposal-sent = Предложение отправлено клиенту
event-proposal-decided = Клиент ответил на предложение
event-stage-advanced-from = { $from } → { $to }
event-stage-taken-back-from = Переход отменён: { $from } → { $to }
event-stage-returned-from = Возврат: { $from } → { $to }
event-stage-entered = Стадия «{ $to }»
event-closed-as = Закрыта: { $outcome }
event-reopened-in = Снова в работе: { $to }
actor-system = Etalon
via-import = импорт
