# Клиенты и общее для списков и страниц записей.
account-kind-customer = Заказчик
account-kind-partner = Партнёр
account-kind-competitor = Конкурент
account-create = Создать клиента
account-created = Клиент «{ $name }» создан
account-deleted = Клиент «{ $name }» в корзине
account-restored = Клиент «{ $name }» восстановлен
accounts-search = Название, ИНН, сайт, телефон, город
accounts-none-title = Ничего не найдено
accounts-none-text = Ни один клиент не подходит под все фильтры.
accounts-empty-title = Клиентов пока нет
accounts-empty-text = Здесь собираются компании — заказчики, партнёры, конкуренты — вместе с их сделками и людьми.
accounts-count = { $count ->
    [one] { $shown } клиент
    [few] { $shown } клиента
   *[many] { $shown } клиентов
}
account-work = Сделки, люди и история
account-facts = О компании
account-reach = Как связаться
account-company = Компания
account-record = Запись
account-contacts-empty-title = Пока никого
account-contacts-empty-text = Добавьте людей, с которыми вы общаетесь в этой компании.

column-open-deals = Открытые сделки
column-updated = Изменение
fact-created-at = Создано
fact-updated-at = Изменено
record-deals-empty-title = Сделок нет
record-deals-empty-text = Их ещё не было, или они вам не видны.
open-in-registry = Открыть в реестре
bin-empty-title = Корзина пуста
bin-empty-text = Удалённое попадает сюда, и его можно восстановить.
filter-words-help = Несколько значений — через запятую

field-kind = Роль
field-industry = Отрасль
field-parent-id = Головная компания
field-description = Заметки
field-phone = Телефон
field-website = Сайт
field-country = Страна
field-city = Город
field-address = Адрес
field-tax-number = ИНН
field-employees = Сотрудников
field-founded-year = Год основания
field-annual-revenue = Годовая выручка
