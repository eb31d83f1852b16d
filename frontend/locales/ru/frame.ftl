# Рамка, вход и слова, общие для всех экранов.
skip-to-content = К содержанию
sections = Разделы
you-are-here = Вы здесь
nav-deals = Сделки
nav-accounts = Клиенты
nav-contacts = Контакты
nav-analytics = Аналитика
nav-import = Импорт
nav-settings = Настройки
nav-more = Ещё
sidebar-fold = Свернуть
sidebar-unfold = Развернуть
search = Поиск
create = Создать
create-deal = Новая сделка
create-account = Новый клиент
create-contact = Новый контакт
me = Моё меню
me-profile = Профиль и настройки
sign-out = Выйти
language = Язык
theme-system = Как в системе
theme-light = Светлая тема
theme-dark = Тёмная тема
palette = Перейти
palette-open = Найти и перейти
palette-placeholder = Сделка, клиент, контакт или раздел
palette-go = Перейти
not-found-title = Здесь ничего нет
not-found-text = Такой страницы нет, или она вам не видна.
to-deals = К сделкам

sign-in = Войти
sign-in-title = Вход в Etalon
sign-in-demo = Демо-компания: выберите сотрудника
demo-role-sales-director = Директор по продажам: видит все сделки
demo-role-administrator = Администратор
demo-role-head-of-europe = Руководитель отдела Европы
demo-role-head-of-east = Руководитель отдела России и Центральной Азии
demo-role-manager-in-europe = Менеджер, Европа
demo-role-manager-in-east = Менеджер, Россия и Центральная Азия
demo-role-viewer = Наблюдатель: читает, ничего не меняет
sign-in-throttled = Слишком много попыток. Подождите минуту и попробуйте снова.
field-password = Пароль

undo = Отменить
dismiss = Скрыть
close = Закрыть
cancel = Отмена
save = Сохранить
saved = Сохранено
try-again = Повторить
loading = Загрузка
load-more = Показать ещё
not-set = Не указано
currency = валюта
request-id = Запрос
yes = Да
no = Нет
error-kept = Ничего не изменилось.
form-errors = { $count ->
    [one] Исправьте { $shown } поле
    [few] Исправьте { $shown } поля
   *[many] Исправьте { $shown } полей
}
leave-title = Выйти без сохранения?
leave-text = Введённое здесь пропадёт.
leave-confirm = Выйти
picker-search = Найти
picker-results = Найденное
picker-nothing = Ничего не найдено
picker-create = Создать «{ $name }»
filter-remove = Убрать фильтр «{ $name }»
days = { $count ->
    [one] { $shown } день
    [few] { $shown } дня
   *[many] { $shown } дней
}
days-short = { $shown } дн.
stage-skipped = пропущена
deals-count = { $count ->
    [one] { $shown } сделка
    [few] { $shown } сделки
   *[many] { $shown } сделок
}

role-admin = Администратор
role-head = Руководитель
role-manager = Менеджер
role-viewer = Наблюдатель
