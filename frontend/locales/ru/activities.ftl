# Активности, календарь, «Мой день», уведомления.
activity-kind-call = Звонок
activity-kind-meeting = Встреча
activity-kind-task = Задача
activity-kind-email = Письмо
activity-status-planned = Запланирована
activity-status-done = Выполнена
activity-status-cancelled = Отменена
nav-my-day = Мой день
nav-calendar = Календарь
nav-notifications = Уведомления
tab-activities = Активности
create-activity = Новая активность
activity-log = Записать звонок
activity-plan = Запланировать
activity-planned = Запланировано: «{ $name }»
activity-done = Выполнено: «{ $name }»
activity-done-at = Выполнено { $when }
activity-cancelled = Отменено: «{ $name }»
activity-reopened = Снова в плане: «{ $name }»
activity-moved = Перенесено: «{ $name }»
activity-complete = Выполнено
activity-complete-this = Отметить «{ $name }» как выполненную
activity-cancel = Отменить
activity-reopen = Вернуть в план
activity-tomorrow = Перенести на завтра
activity-next-week = Перенести на неделю
activity-by-process = Процесс
activity-overdue = Просрочена
activity-day = День
activity-time = Время
remind-never = Не напоминать
remind-at-start = В момент начала
remind-15 = За 15 минут
remind-60 = За час
remind-1440 = За день
remind-before = За { $minutes } мин
my-day-overdue = Просрочено
my-day-today = Сегодня
my-day-done = Выполнено
my-day-upcoming = Ближайшие семь дней
my-day-visas = Ждут вашего решения
my-day-visa-by = Запросил(а) { $name }
my-day-guided = Следующие шаги по сделкам
my-day-deals = Продажи, ждущие шага
my-day-leads = Лиды в работе
my-day-ask-budget = Узнать бюджет
my-day-ask-authority = Узнать, кто решает
my-day-ask-need = Узнать потребность
my-day-ask-timing = Узнать, когда решат
my-day-more = { $count ->
    [one] и ещё { $shown }
    [few] и ещё { $shown }
   *[other] и ещё { $shown }
}
my-day-empty-title = Ничего не запланировано
my-day-empty-text = Здесь появится всё, что запланировано на день; просроченное — первым.
deal-next-activity = Следующая активность
deal-activities-planned = Запланировано
deal-activities-empty-title = Ничего не запланировано
deal-activities-empty-text = Запланируйте следующий звонок или встречу или запишите только что прошедший разговор.
notifications-empty-title = Уведомлений нет
notifications-empty-text = Здесь появятся напоминания и то, что для вас запланировали коллеги.
notifications-read-all = Прочитать все
notifications-unread = { $count ->
    [0] Уведомления
    [one] Уведомления: { $shown } новое
    [few] Уведомления: { $shown } новых
   *[other] Уведомления: { $shown } новых
}
notification-unread = Новое
notification-read = Прочитано
notification-reminder = Напоминание
notification-activities-overdue = { $count ->
    [one] Просрочена { $shown } активность
    [few] Просрочены { $shown } активности
   *[other] Просрочено { $shown } активностей
}
notification-step-overdue = Просрочен шаг
notification-activity-assigned = Запланировано для вас
notification-lead-new = Новый лид
notification-lead-returned = Лид вернулся в работу
notification-lead-converted = Лид стал продажей
notification-deal-assigned = Вам передана продажа
notification-team-joined = Вы в команде продажи
notification-tactic-review = Пора пересмотреть тактику
notification-minutes-due = Отправьте протокол встречи
notification-visa-wanted = Нужна ваша виза
notification-visa-decided = Решение по вашему документу
notification-proposal-expiring = Заканчивается срок предложения
notification-deal-won = Продажа выиграна
snooze-hour = Напомнить через час
snooze-day = Напомнить завтра
calendar-day = День
calendar-week = Неделя
calendar-month = Месяц
calendar-views = Виды календаря
calendar-today = Сегодня
calendar-before = Раньше
calendar-after = Позже
calendar-plan = Запланировать: { $when }
calendar-count = { $count ->
    [one] { $shown } активность
    [few] { $shown } активности
   *[other] { $shown } активностей
}
calendar-more = { $count ->
    [one] ещё { $shown }
    [few] ещё { $shown }
   *[other] ещё { $shown }
}
calendar-cut = { $count ->
    [one] Показана только { $shown } первая
    [few] Показаны только { $shown } первые
   *[other] Показаны только первые { $shown }
}
settings-notifications = Уведомления и календарь
mail-wanted = Присылать уведомления по почте
mail-off = На этом сервере отправка писем ещё не настроена.
calendar-link = Ссылка на календарь
calendar-link-help = Подпишитесь на неё в своём календаре. Кто знает ссылку, видит ваши активности.
calendar-link-make = Создать ссылку
calendar-link-renew = Обновить
calendar-link-remove = Удалить
