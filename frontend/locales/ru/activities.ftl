# Активности, календарь, «Мой день», уведомления.
activity-kind-call = Звонок
activity-kind-meeting = Встреча
activity-kind-task = Задача
activity-kind-email = Письмо
