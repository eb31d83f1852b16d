# Контакты.
contact-create = Создать контакт
contact-created = Контакт «{ $name }» создан
contact-deleted = Контакт «{ $name }» в корзине
contact-restored = Контакт «{ $name }» восстановлен
contacts-search = Имя, должность, почта, телефон, компания
contacts-none-title = Ничего не найдено
contacts-none-text = Ни один контакт не подходит под все фильтры.
contacts-empty-title = Контактов пока нет
contacts-empty-text = Люди, которым вы продаёте: кто они, где работают и как с ними связаться.
contacts-count = { $count ->
    [one] { $shown } контакт
    [few] { $shown } контакта
   *[many] { $shown } контактов
}
contact-work = Сделки и история
contact-facts = О человеке
contact-reach = Как связаться
contact-record = Запись

field-person-name = Имя
field-position = Должность
