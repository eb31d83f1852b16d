# Рабочие места шагов сделки.
work-by = { $name }, { $when }
work-done = Сделано
work-mark-done = Отметить сделанным
work-result = Что получилось
work-result-help = Необязательно: одно-два предложения для истории
work-open-activity = Открыть задачу
work-reopen = Открыть снова
work-reopened = Шаг снова открыт
work-change = Изменить
work-clear-up = Уточнить
work-no-answer = Ответа пока нет.
work-said-by = Источник: { $name }
work-who-said = Кто сказал
work-save-answer = Сохранить ответ
work-answered = Ответ сохранён
work-unsure-help = Неточный ответ пока засчитан, а уточнить его поставлена задача.
confidence-sure = Точно
confidence-unsure = Неточно
work-other-material = Показывали другое
work-what-shown = Что и кому показывали
work-to-people = К ключевым контактам
work-to-competitors = К конкурентам
work-to-proposals = К предложениям
work-people-count = { $count ->
    [one] Назван { $shown } человек.
    [few] Названы { $shown } человека.
   *[other] Названо { $shown } человек.
}
work-competitors-count = { $count ->
    [one] Назван { $shown } конкурент.
    [few] Названы { $shown } конкурента.
   *[other] Названо { $shown } конкурентов.
}
work-proposals-count = { $count ->
    [one] Есть { $shown } предложение.
    [few] Есть { $shown } предложения.
   *[other] Есть { $shown } предложений.
}
work-no-competitor = Конкурентов нет
work-nobody = Конкурентов нет.
work-not-sent = Ещё не отправлен
work-minutes-help = Пока протокол не отправлен, у сделки стоит отметка. После отправки наши обещания станут задачами.
work-minutes-of = Протокол: { $deal }
work-minutes-sent = Протокол отмечен отправленным
work-sent-at = Отправлен { $when }
work-add-ours = Наше обещание
work-add-theirs = Обещание клиента
work-mark-sent = Отметить отправленным
work-save-draft = Сохранить черновик
work-copy = Скопировать текст
work-copied = Протокол скопирован
work-item-text = Договорённость { $number }
work-item-placeholder = О чём договорились
work-item-side = Кто выполняет договорённость { $number }
work-item-due = Срок договорённости { $number }
work-item-remove = Убрать договорённость { $number }
side-ours = Мы
side-theirs = Клиент
work-no-file = Без файла
work-document-ready = Документ готов
work-signed-on = Подписан { $day }
work-ask-visa = Запросить визу
work-ask-visa-again = Запросить снова
work-visa-outdated = После запроса документ изменился. Запросите визу снова.
work-visa-asked = Виза запрошена
work-document-help = Либо файл, либо заметка о том, где лежит документ.
work-visa-waits = Решение принимает: { $names }.
work-visa-void = После этого документ изменился, и виза больше не действует.
work-visa-given = Согласовано
work-visa-refused = Отклонено
work-give-visa = Согласовать
work-refuse-visa = Отклонить
work-lead = Лид
work-lead-score = оценка { $score } из 100
work-lead-override = Почему взяли без всех ответов
work-won-before = Выиграно с этим клиентом
work-lost-before = Проиграно с этим клиентом
work-competitors = Конкуренты
work-team = Кто помогает
work-team-role = Роль: { $name }
work-ends-deal = Сделка будет закрыта.
work-decided = Решение принято
pursuit-pursue = Беремся
pursuit-reject = Отказываемся
pursuit-reroute = Передаём
pursuit-done-pursue = Беремся
pursuit-done-reject = Отказались
pursuit-done-reroute = Передали
