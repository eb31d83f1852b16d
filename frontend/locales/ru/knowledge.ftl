# База знаний и файлы.
nav-knowledge = База знаний
create-material = Новый материал
materials-search = Слова, метки, продукты
materials-count = { $count ->
    [one] { $shown } материал
    [few] { $shown } материала
   *[many] { $shown } материалов
}
materials-none-title = Ничего не найдено
materials-none-text = Сократите запрос или уберите фильтр.
materials-empty-title = База знаний пуста
materials-empty-text = Запишите то, что помогает продавать: истории клиентов, ответы на возражения, презентации.
sort-by = Порядок
sort-best = Сначала подходящие
sort-newest = Сначала новые
sort-title = По названию
sort-used = По применению

# Материал
material-work = Материал
material-text = Текст
material-text-help = Markdown: # заголовок, **жирный**, - список, [ссылка](https://…)
material-about-help = По продуктам, отраслям и потребностям материал предлагается в сделках.
material-no-text = Текста пока нет.
material-preview = Предпросмотр
material-preview-empty = Здесь текст появится таким, каким его увидят читатели.
material-facts = О материале
material-usage = Применение в сделках
material-last-used = Последний показ
material-number = Версия
material-published-at = Впервые опубликован
material-publish = Опубликовать
material-publish-changes = Опубликовать изменения
material-save-draft = Сохранить черновик
material-published = Опубликовано
material-archive = В архив
material-was-archived = Материал в архиве
material-deleted = «{ $title }» в корзине
material-restored = «{ $title }» снова на месте
material-status-draft = Черновик
material-status-published = Опубликован
material-status-archived = В архиве
material-unused = Ещё не показывали
material-used = Показан в { $deals }, { $won }
material-used-deals = { $count ->
    [one] { $shown } сделке
   *[other] { $shown } сделках
}
material-used-won = выиграно { $shown }
material-files = { $count ->
    [one] { $shown } файл
    [few] { $shown } файла
   *[many] { $shown } файлов
}
tab-versions = Версии
material-newest = последняя
material-no-versions-title = Версий пока нет
material-no-versions-text = При каждой публикации текст сохраняется здесь.
material-old = Вы читаете версию { $version } ({ $told }), это не последняя.
material-to-newest = Читать последнюю
material-again = Сделать последней

# Материалы сделки
deal-materials = Материалы
deal-materials-all = Материалы сделки
deal-materials-empty-title = Материалов пока нет
deal-materials-empty-text = Выберите, что показать клиенту. Здесь сохранится, что и кому показали.
deal-materials-fit = Подойдут к сделке
materials-choose = Выбрать материалы
materials-done = Готово
material-open = Открыть в базе знаний
material-choose = Выбрать
material-choose-named = Выбрать «{ $title }»
material-chosen = Выбран
material-mark-shown = Отметить показ
material-note = Записать
material-noted = Показ записан
material-was-shown = Показан { $at }
material-was-shown-to = Показан { $at }: { $to }
material-newer = Версия { $number }, сейчас уже { $newest }
material-fits = Подходит: { $reasons }
fits-product = продукт
fits-need = потребность
fits-industry = отрасль
fits-won = помог выиграть
fits-language = язык

# Поля
item-remove = Убрать { $name }
words-add = Введите и нажмите Enter
field-summary = Кратко
field-body = Длина текста
field-tags = Метки
field-products = Продукты
field-product-ids = Продукты
field-industries = Отрасли
field-need-types = Типы потребностей
field-author = Автор
field-material-id = Материал
field-material = Материал
field-materials = Материалы
field-contacts = Кому показан
field-shown-at = Когда показан
language-en = английский
language-ru = русский
language-de = немецкий
language-fr = французский
language-es = испанский
language-it = итальянский
language-pt = португальский
language-pl = польский
language-tr = турецкий
language-kk = казахский
language-uz = узбекский
language-zh = китайский

# Файлы
files = Файлы
files-drop = Перетащите файлы сюда
files-drop-hint = Любой тип. Файл с тем же именем станет новой версией.
files-choose = Выбрать файлы
files-sending = Отправляется { $name }
files-waiting = { $count ->
    [one] ещё { $shown } файл в очереди
    [few] ещё { $shown } файла в очереди
   *[many] ещё { $shown } файлов в очереди
}
files-upload = Загрузка
files-empty-title = Файлов пока нет
files-empty-text = Добавьте первый выше.
files-empty-read = Здесь появятся добавленные файлы.
file-added = Файл { $name } добавлен
file-added-version = Файл { $name } добавлен, версия { $version }
file-removed = Файл { $name } удалён
file-restored = Файл { $name } восстановлен
file-too-large = Файл { $name } больше, чем принимает сервер
file-not-added = Файл { $name } не добавлен. { $reason }
file-download = Скачать { $name }
file-version = Версия { $version }
file-versions = { $count ->
    [one] { $shown } версия
    [few] { $shown } версии
   *[many] { $shown } версий
}
column-size = Размер
bytes-b = { $size } Б
bytes-kb = { $size } КБ
bytes-mb = { $size } МБ
bytes-gb = { $size } ГБ
