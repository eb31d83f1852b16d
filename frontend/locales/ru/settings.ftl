# Настройки.
settings-sections = Разделы настроек
settings-profile = Профиль
settings-people = Сотрудники
settings-departments = Отделы
settings-products = Продукты
settings-rates = Курсы валют

field-role = Роль
field-language = Язык
field-time-zone = Часовой пояс
field-current-password = Текущий пароль
field-new-password = Новый пароль
field-active = Состояние
field-manager-id = Свой руководитель
field-share-deals = Общие сделки
field-parent-department = Вышестоящий отдел
field-series = Серия
field-price = Цена по прайсу
field-currency = Валюта
field-base-currency = Валюта

password-title = Пароль
password-change = Сменить пароль
password-changed = Пароль изменён. Все остальные сеансы завершены.
password-help = Не короче десяти знаков. Несколько не связанных между собой слов легко запомнить.

sessions-title = Где вы вошли
sessions-text = Завершите сеанс, которого не узнаёте, и после этого смените пароль.
session-current = Этот сеанс
session-used = Активность: { $when }
session-unknown = Неизвестное устройство
session-end = Выйти: { $device }
session-ended = Сеанс завершён
sign-out-everywhere = Выйти везде
sign-out-everywhere-text = Завершатся все сеансы, и этот тоже. Войти можно будет снова по паролю.
sign-out-everywhere-confirm = Выйти везде

people-search = Имя или почта
people-none-title = Никого не найдено
people-none-text = Никто не подходит под все фильтры.
people-count = { $count ->
    [one] { $shown } сотрудник
    [few] { $shown } сотрудника
   *[many] { $shown } сотрудников
}
person-add = Добавить сотрудника
person-new = Новый сотрудник
person-edit = Сотрудник
person-added = { $name } — в списке сотрудников
person-active = Работает
person-inactive = Отключён
person-active-help = Отключённый сотрудник не может войти. Его сделки и история остаются.
person-activate = Включить
person-deactivate = Отключить
person-activated = { $name } снова может войти
person-deactivated = { $name } больше не может войти
person-no-email = Нет почты — войти нельзя
person-no-password = пароль не задан
person-email-help = По ней сотрудник входит.
person-manager-help = Только если это не руководитель отдела.
person-password-keep = Оставьте пустым, чтобы не менять. Новый пароль завершит сеансы сотрудника.
person-password-none = Без пароля войти нельзя. Не короче десяти знаков.

departments-empty-title = Отделов пока нет
departments-empty-text = От отделов зависит, кто какие сделки видит: руководитель — всё ниже себя, менеджер — то, чем делится его отдел.
department-add = Добавить отдел
department-new = Новый отдел
department-added = Отдел «{ $name }» добавлен
department-add-below = Добавить подотдел
department-edit = Переименовать или переместить
department-remove = Удалить
department-removed = Отдел «{ $name }» удалён
department-in-use = В отделе «{ $name }» ещё есть люди, сделки или подотделы. Сначала перенесите их.
department-share = Отдел «{ $name }»: общие сделки
department-shares = Менеджеры отдела теперь видят сделки друг друга
department-shares-not = Менеджеры отдела теперь видят только свои сделки
department-parent-help = Пусто — отдел верхнего уровня.
department-share-help = Менеджеры отдела видят сделки друг друга.
column-people = Людей

products-search = Название, артикул или серия
products-none-title = Ничего не найдено
products-none-text = Ни один продукт не подходит под все фильтры.
products-empty-title = Продуктов пока нет
products-empty-text = Назовите то, что вы продаёте: по продуктам сделки различаются и складываются.
product-add = Добавить продукт
product-new = Новый продукт
product-edit = Продукт
product-added = Продукт «{ $name }» добавлен
product-active = Продаётся
product-inactive = Не продаётся
product-active-help = Продукт, который не продаётся, остаётся в своих сделках, но в новых его не выбрать.
product-unit-help = Например: шт., ч, м²
product-cost-help = Во сколько единица обходится нам; клиент этого не видит
product-activate = Вернуть в продажу
product-deactivate = Снять с продажи
product-remove = Удалить
product-removed = Продукт «{ $name }» удалён
product-in-use = Продукт «{ $name }» есть в сделках и останется. Его можно снять с продажи.

rates-today = Сегодня
rates-today-text = Сколько { $base } стоит единица валюты. По этим курсам пересчитываются открытые сделки.
rates-published = Опубликованные курсы
rates-empty-title = Курсов пока нет
rates-empty-text = Загрузите файл Европейского центрального банка или добавьте курс вручную. До этого складываются только суммы в вашей валюте.
rates-none-title = Здесь курсов нет
rates-none-text = Для этой валюты и этого дня ничего не опубликовано.
rates-every-currency = Все
rates-on = На дату
rates-import = Загрузить файл ЕЦБ
rates-imported = Курсы загружены
rates-import-span = С { $first } по { $last }
rates-import-skipped = Столбцы пропущены, потому что этих валют больше нет: { $names }
rates-created = Новых
rates-updated = Изменено
rates-unchanged = Без изменений
rates-missing = Дней без курса
rates-revalued = { $count ->
    [0] Пересчитывать открытые сделки не пришлось.
    [one] Пересчитана { $shown } открытая сделка.
    [few] Пересчитаны { $shown } открытые сделки.
   *[many] Пересчитано { $shown } открытых сделок.
}
rate-base = Основная валюта
rate-manual = Вручную
rate-quote = 1 { $base } = { $rate } { $currency }
rate-add = Добавить курс
rate-added = Курс добавлен
rate-new = Новый курс
rate-help = Например, 1,0472
rate-on-help = Действует до следующего опубликованного курса.
column-rate = Курс
column-rate-on = Дата
column-rate-source = Источник
field-rate = Курс
field-rate-on = День
field-rate-base = Единица валюты
field-rate-currency = Стоит в валюте
field-base = Валюта
kilobytes = КБ
megabytes = МБ
