# Сводка.
summary-groups = Группировать
summary-by-stage = Стадия
summary-by-owner = Ответственный
summary-by-department = Отдел
summary-by-account = Клиент
summary-by-product = Продукт
summary-by-quarter = Квартал
summary-count = Сделок
summary-won-sum = Выиграно
summary-won-count = Побед
summary-win-rate = Доля побед
summary-open-amount = В работе
summary-cycle-mean = Средний цикл, дн.
summary-cycle-median = Медианный цикл
summary-cycle-note = от создания до победы
summary-total-with-open = Все, вместе с открытыми
summary-of-closed = { $count ->
    [one] из { $shown } выигранной или проигранной
   *[other] из { $shown } выигранных и проигранных
}
summary-empty-title = Пока нечего считать
summary-empty-text = Как только появятся сделки, здесь будут их суммы, доля побед и цикл.
days-unit = дн.
total = Итого
