# Процессы продаж: версии, черновик следующей и процесс одной сделки.
settings-processes = Процессы продаж
processes-text = Процесс ведёт сделку от стадии к стадии. Опубликованная версия не меняется: сделки идут по своей, пока их не переведут.
processes-empty-title = Процессов продаж нет
processes-empty-text = Процесс говорит, что делать на каждой стадии и что нужно, чтобы идти дальше.
process-add = Создать процесс
process-new = Новый процесс
process-new-text = Сначала это черновик со стадиями процесса, который вы копируете. Сделки пойдут по нему после публикации.
process-copy-of = Копия
process-copy-help = Стадии, шаги и тексты переносятся.
process-added = Процесс «{ $name }» создан
process-actions = Действия: { $name }
process-open = Открыть
process-default = Для новых сделок
process-make-default = Для новых сделок
process-default-done = Новые сделки пойдут по процессу «{ $name }»
process-not-found = Такого процесса нет, или его единственный черновик удалён.
process-unnamed = Без названия
process-gone = больше нет
process-column-published = Опубликован
process-column-version = Версия
process-column-draft = Черновик
process-column-deals = Открытые сделки
process-deals-older = { $shown } в прежних версиях
process-never-published = Ещё не опубликован
process-version = Версия { $number }
process-published-by = { $when }, { $name }
process-shipped = Входит в поставку
process-in-use = Действует
process-draft = Черновик

# Страница процесса.
process-views = Виды процесса
process-view-stages = Стадии и шаги
process-view-preview = Как увидит менеджер
process-view-changes = Изменения
process-view-versions = Версии
process-fixed = Опубликованные версии не меняются.
process-draft-text = До публикации по нему никто не работает.
process-draft-begin = Начать следующую версию
process-draft-open = Открыть черновик
process-draft-there = Кто-то уже начал черновик. Теперь показан он.
process-draft-save = Сохранить черновик
process-draft-saved = Черновик сохранён
process-draft-discard = Удалить черновик
process-draft-discarded = Черновик удалён
process-delete-title = Удалить процесс?
process-delete-text = Он ни разу не публиковался. Вместе с черновиком исчезнет весь процесс.
process-delete = Удалить процесс
process-deleted = Процесс удалён
process-stages = Стадии
process-all-stages = Все стадии
process-steps-count = { $count ->
    [0] нет шагов
    [one] { $shown } шаг
    [few] { $shown } шага
   *[many] { $shown } шагов
}
process-wrong = Исправить: { $shown }
process-troubles = { $count ->
    [one] Публикации мешает { $shown } ошибка
    [few] Публикации мешают { $shown } ошибки
   *[many] Публикации мешают { $shown } ошибок
}
process-up = Выше: { $name }
process-down = Ниже: { $name }
process-moved-to = { $name } — теперь номер { $place }
process-remove-named = Удалить: { $name }
process-removed = Удалено: { $name }
process-code = Код для программ:
process-code-help = Код для программ, один и тот же во всех версиях

process-whole = О процессе
process-override-help = Указав причину, они пропускают сделку дальше, хотя требования не выполнены: руководители — в своих отделах, менеджеры — в сделках, которые могут менять.
process-needs-text = От вида потребности в сделке зависит, какие вопросы задаются.
process-need-add = Добавить вид потребности
process-need-new = Новый вид потребности

process-stage-add = Добавить стадию
process-stage-new = Новая стадия
process-stage-remove = Удалить стадию
process-rotting-help = Через сколько дней без контакта сделка помечается. Пусто — никогда.
process-to-leave = Чтобы выйти из стадии
process-to-leave-text = Нужно выполнить все обязательные шаги и заполнить эти поля сделки.
process-limited = Только в некоторые стадии
process-limited-help = Иначе отсюда сделку можно перевести в любую стадию.
process-any-stage = В любую стадию
process-no-stage = Никуда: сделку можно только закрыть

process-steps-text = В том порядке, в каком их видит менеджер. Alt и стрелка переставляют выбранный шаг.
process-steps-none = Шагов нет: менеджер видит только пояснение.
process-step-add = Добавить шаг
process-step-new = Новый шаг
process-mandatory = Обязательно
process-mandatory-help = Выйти из стадии можно, только когда шаг выполнен, или с указанием причины — тому, кому разрешены исключения.
process-due-help = После входа в стадию или после шага, указанного рядом. Пусто — без срока.
process-due = { $count ->
    [one] за { $shown } день
    [few] за { $shown } дня
   *[many] за { $shown } дней
}
process-due-at-once = в тот же день
process-due-after = { $count ->
    [one] через { $shown } день после предыдущего шага
    [few] через { $shown } дня после предыдущего шага
   *[many] через { $shown } дней после предыдущего шага
}
process-due-after-at-once = в день предыдущего шага
process-after-help = Появится, когда тот шаг выполнен.
process-after-nothing = Сразу
process-for-all-help = Ничего не выбрано — для всех сделок.
process-signed-help = Понадобятся подписанный файл и дата подписания.

process-field-name = Название
process-field-name-en = Название на английском
process-field-name-ru = Название на русском
process-field-code = Код
process-field-id = Код
process-field-guidance = Пояснение
process-field-guidance-en = Пояснение на английском
process-field-guidance-ru = Пояснение на русском
process-field-probability = Вероятность
process-field-forecast-category = Прогноз
process-field-rotting-days = Остывает через, дней
process-field-stages = Стадии
process-field-steps = Шаги
process-field-required-fields = Обязательные поля сделки
process-field-transitions = Куда можно перейти
process-field-need-types = Виды потребности
process-field-step-needs = Для видов потребности
process-field-override-roles = Кому разрешены исключения
process-field-kind = Вид
process-field-title = Заголовок
process-field-title-en = Заголовок на английском
process-field-title-ru = Заголовок на русском
process-field-hint = Подсказка
process-field-hint-en = Подсказка на английском
process-field-hint-ru = Подсказка на русском
process-field-due-days = Срок, дней
process-field-mandatory = Обязательный
process-field-deal-types = Для типов сделки
process-field-after = После шага
process-field-task = Планируется как
process-field-signed = С подписью

process-step-kind-task = Задача
process-step-kind-question = Вопрос
process-step-kind-decision = Решение
process-step-kind-material = Материал
process-step-kind-minutes = Протокол
process-step-kind-people = Ключевые контакты
process-step-kind-competitors = Конкуренты
process-step-kind-proposal = Предложение
process-step-kind-document = Документ
process-step-kind-visa = Виза
process-step-about-task = Становится активностью ответственного. Выполняется заново при каждом входе в стадию.
process-step-about-question = Ответ хранится с источником и степенью уверенности и остаётся, если сделка вернётся.
process-step-about-decision = Работать, отказаться или передать. Решается заново при каждом входе в стадию.
process-step-about-material = Выбирается материал из базы знаний. Заново при каждом входе в стадию.
process-step-about-minutes = Договорённости встречи, отправленные клиенту. Заново при каждом входе в стадию.
process-step-about-people = Известно, кто принимает решение, и с влиятельными противниками встречались. Предупреждение: с причиной можно идти дальше.
process-step-about-competitors = Каждый конкурент оценён или сказано, что конкурентов нет.
process-step-about-proposal = Предложение согласовано и отправлено.
process-step-about-document = Документ договора.
process-step-about-visa = Договор согласует руководитель ответственного.

# Что меняет черновик.
process-changes-first-title = Первая версия
process-changes-first-text = Ещё ничего не опубликовано, сравнивать не с чем.
process-changes-none-title = Изменений нет
process-changes-none-text = Черновик совпадает с действующей версией.
process-difference-whole = О процессе: { $fields }
process-difference-stage-order = Изменён порядок стадий
process-difference-step-order = Стадия «{ $stage }»: изменён порядок шагов
process-difference-stage-added = Новая стадия «{ $stage }»
process-difference-stage-removed = Удалена стадия «{ $stage }»
process-difference-stage-changed = Изменена стадия «{ $stage }»: { $fields }
process-difference-step-added = Стадия «{ $stage }»: новый шаг «{ $step }»
process-difference-step-removed = Стадия «{ $stage }»: удалён шаг «{ $step }»
process-difference-step-changed = Стадия «{ $stage }»: изменён шаг «{ $step }»: { $fields }

process-stale-title = Черновик сохранил кто-то другой
process-stale-text = Его изменили, пока вы работали. Ваши правки ещё целы: возьмите чужую версию или сохраните вместо неё свою.
process-stale-changes = { $count ->
    [0] Ваша версия совпадает с чужой.
    [one] Ваша версия отличается в { $shown } месте:
   *[other] Ваша версия отличается в { $shown } местах:
}
process-stale-take = Взять чужую
process-stale-keep = Сохранить мою

# Как увидит менеджер.
process-preview-text = Что видит менеджер на каждой стадии, когда сделка только что в неё вошла.
process-sample-no-need = Неизвестен
process-seen-due = до { $day }
process-seen-after = появится после «{ $name }»
process-seen-exit = Чтобы идти дальше
process-seen-free = Ничего не требуется: сделка может идти дальше в любой момент.

# Публикация и сделки в работе.
process-publish = Опубликовать
process-publish-title = Опубликовать версию { $number }
process-publish-text = С этого момента новые сделки пойдут по этой версии, и она больше не изменится.
process-publish-stay = { $count ->
    [one] { $shown } открытая сделка останется в своей версии. Её можно перевести потом.
    [few] { $shown } открытые сделки останутся в своих версиях. Их можно перевести потом.
   *[many] { $shown } открытых сделок останутся в своих версиях. Их можно перевести потом.
}
process-publish-changes = Что изменится
process-publish-same = Отличий от действующей версии нет.
process-published = { $version } действует
process-versions-text = Новые сделки идут по последней опубликованной версии. Сделки в работе остаются в своей, пока их не переведут.
process-move-here = Перевести сделки сюда
process-move-title = Перевести сделки на версию { $number }
process-move-fresh-title = Версия { $number } действует. Перевести сделки в работе?
process-move-text = Все открытые сделки, идущие по другим версиям этого процесса, продолжатся в этой, каждая на своей стадии. Сделанное сохранится.
process-move-none = Все открытые сделки уже идут по этой версии.
process-move-plain = Продолжатся на той же стадии.
process-move-asked = Продолжатся на той же стадии. Теперь обязательно, и без этого сделка не пойдёт дальше: { $asked }
process-move-gone = Такой стадии в этой версии нет. Сделки останутся в своей версии; на странице каждой можно выбрать стадию.
process-move-not = Не сейчас
process-move-deals = { $count ->
    [one] Перевести { $shown } сделку
    [few] Перевести { $shown } сделки
   *[many] Перевести { $shown } сделок
}
process-moved = { $count ->
    [0] Ни одна сделка не переведена.
    [one] По версии { $number } теперь идёт { $shown } сделка.
    [few] По версии { $number } теперь идут { $shown } сделки.
   *[many] По версии { $number } теперь идут { $shown } сделок.
}
process-moved-left = { $count ->
    [one] { $shown } сделка осталась в своей версии: её стадии в новой нет.
    [few] { $shown } сделки остались в своей версии: их стадий в новой нет.
   *[many] { $shown } сделок остались в своей версии: их стадий в новой нет.
}

# Процесс одной сделки.
process-of-deal = Процесс
process-follow = Перевести на версию { $number }
process-follow-title = Перевести сделку на версию { $number }
process-follow-text = Сделка продолжится по более новой версии. Сделанное сохранится.
process-follow-same = На текущей стадии для этой сделки ничего не изменится.
process-follow-held = Теперь задержит сделку
process-follow-added = Новые шаги на этой стадии
process-follow-removed = Больше нет на этой стадии
process-follow-gone = Текущей стадии в этой версии нет. Выберите, где сделка продолжится.
process-follow-choose = Выберите стадию
process-follow-pass-help = Нужна, если по пути чего-то не хватает. Причина останется в истории.
process-follow-held-help = Так далеко сделка пойдёт, только если выполнено всё, что требуется по пути.
process-followed = Сделка идёт по версии { $number }
