tab-guide = Шаги
tab-key-contacts = Ключевые контакты
tab-competitors = Конкуренты
tab-files = Файлы
guide-next = Следующий шаг
guide-mend = Исправить
guide-overdue = Просрочено
guide-look-at = Показать стадию
guide-visits = { $count ->
    [one] { $shown } заход
    [few] { $shown } захода
   *[other] { $shown } заходов
}
guide-closed = Сделка закрыта: { $status }. Здесь видно, что было сделано.
guide-other-stage = Открыта не та стадия, на которой сейчас сделка.
guide-back = К текущей стадии
guide-checklist = Чек-лист
guide-progress = Сделано { $done } из { $all }
guide-gate = Чтобы идти дальше
guide-met = Выполнено { $done } из { $all }
guide-all-met = Всё, что требует стадия, есть.
guide-met-count = { $count ->
    [one] { $shown } выполнено
    [few] { $shown } выполнены
   *[other] { $shown } выполнено
}
guide-held = Без этого дальше может пустить только руководитель или администратор.
guide-warned = Чтобы идти дальше без этого, нужно указать причину.
guide-may-pass = Вы можете идти дальше и так, указав причину.
guide-pass = Всё равно дальше
guide-unknown = Что ещё не известно о клиенте
guide-unknown-more = { $count ->
    [one] Показать ещё { $shown }
    [few] Показать ещё { $shown }
   *[other] Показать ещё { $shown }
}
step-mandatory = Без этого со стадии не уйти
step-waits = Сначала другой шаг.
step-pending = Ждёт решения
step-done-by = { $name }, { $when }
step-state-open = Не сделано
step-state-unsure = Неточно
step-state-waiting = Ещё не на очереди
step-state-done = Сделано
step-verb-task = Выполнить
step-verb-question = Ответить
step-verb-decision = Решить
step-verb-material = Выбрать
step-verb-minutes = К протоколу
step-verb-people = К участникам
step-verb-competitors = К конкурентам
step-verb-proposal = К предложению
step-verb-document = Приложить
step-verb-visa = К согласованию
