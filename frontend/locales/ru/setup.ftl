# Первый запуск.
setup-title = Настройка Etalon
setup-text = Вы создаёте компанию и становитесь её администратором. Всё, кроме валюты, можно изменить позже.
setup-group-company = Компания
setup-group-you = Вы
setup-company = Название компании
setup-currency = Валюта всех итогов
setup-currency-help = Сделки могут быть в любой валюте, итоги пересчитываются в эту.
setup-name = Ваше имя
setup-submit = Создать и войти
setup-no-token-title = Ссылка неполная
setup-no-token-text = Ссылку для первого запуска сервер пишет в свой журнал. Откройте её целиком.
