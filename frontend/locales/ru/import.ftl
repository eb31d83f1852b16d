# Импорт.
import-drop = Перетащите сюда файлы прежней системы
import-drop-hint = CSV со сделками, клиентами, контактами, продуктами или сотрудниками, до 100 МБ. Можно несколько сразу и в любом порядке.
import-choose = Выбрать файлы
import-upload = Загрузка
import-sending = Отправляем { $names }
import-reading = Читаем { $names }
import-too-large = Вместе файлы больше 100 МБ. Отправьте их по частям.
import-forbidden-title = Импорт доступен руководителям и администраторам
import-forbidden-text = Попросите кого-нибудь из них загрузить данные: они появятся и в ваших списках.
imports-past = Прошлые импорты
imports-empty-title = Ещё ничего не загружали
imports-empty-text = Отдайте файлы выше. Ничего не запишется, пока вы не увидите, что получится.

column-files = Файлы
column-result = Итог
column-by = Кто
column-when = Когда
column-rows = Строк
column-row = Строка
column-remarks = Замечания
column-kind = Что
column-created = Новых
column-updated-rows = Изменено
column-unchanged = Без изменений
column-superseded = Заменено
column-failed = Не принято
column-header = Столбец
column-samples = Первые значения
column-target = Станет полем
column-format = Как записано
column-severity = Важность
column-message = Что не так
column-value = Значение
column-file = Файл

rows-count = { $count ->
    [one] { $shown } строка
    [few] { $shown } строки
   *[many] { $shown } строк
}
import-created-count = { $count ->
    [one] { $shown } новая
    [few] { $shown } новых
   *[many] { $shown } новых
}
import-updated-count = { $count ->
    [one] { $shown } изменена
    [few] { $shown } изменены
   *[many] { $shown } изменено
}
import-failed-count = { $count ->
    [one] { $shown } не принята
    [few] { $shown } не приняты
   *[many] { $shown } не принято
}

import-status-draft = Черновик
import-status-queued = Ждёт
import-status-running = Идёт
import-status-checked = Проверен
import-status-done = Загружен
import-status-failed = Остановлен

import-kind-people = Сотрудники
import-kind-products = Продукты
import-kind-accounts = Клиенты
import-kind-contacts = Контакты
import-kind-leads = Лиды
import-kind-deals = Сделки
import-kind-unknown = Не загружать
import-record-department = отделы
import-record-person = сотрудники
import-record-product = продукты
import-record-account = клиенты
import-record-contact = контакты
import-record-deal = сделки

import-setup = Как понимать файлы
import-file-kind = Что в строках
import-encoding = Кодировка
import-delimiter = Разделитель ячеек
import-delimiter-comma = Запятая
import-delimiter-semicolon = Точка с запятой
import-delimiter-tab = Табуляция
import-delimiter-pipe = Вертикальная черта
import-left-out = Этот файл не загружается. Чтобы загрузить, выберите, что в его строках.
import-columns = Столбцы
import-column-skip = Не загружать
import-target-of = Чем станет столбец «{ $column }»
import-ambiguous = Проверьте
import-ambiguous-help = Значения можно прочитать по-разному. Проверьте, как они записаны.
import-decimal-mark = Десятичный знак
import-decimal-point = 1,234.56
import-decimal-comma = 1 234,56
import-scale = Единица
import-scale-1 = единицы
import-scale-1000 = тысячи
import-scale-1000000 = миллионы
import-date-order = Порядок в датах
import-date-dmy = день.месяц.год
import-date-mdy = месяц/день/год
import-date-ymd = год-месяц-день
import-preview = Первые строки — так они запишутся

import-options = Параметры
import-source = Прежняя система
import-pass-gates = Сделки, которые уже есть, можно продвигать без выполнения требований процесса
import-pass-gates-help = Только там, где вы вправе пропускать требования: в истории останется, чего не хватало. Иначе о таких строках будет сообщено как об ошибках.
import-source-help = По этому имени и идентификатору записи находятся снова: повторный импорт изменит их, а не удвоит. Если оставить csv, загруженное вами снова найдёте только вы; если систем несколько, дайте имя каждой.
import-currency-help = Для сумм, где валюта не указана.
import-currency-base = Основная валюта ({ $base })
import-parent-department = Новые отделы — внутри
import-parent-department-help = Пусто — на верхнем уровне или внутри вашего отдела.
import-default-owner = Записи без ответственного получает
import-default-owner-help = Пусто — такие строки попадут в замечания.
import-create-missing = Создавать то, что в строках только названо
import-stages = Стадии
import-stage-value = В файлах
import-stage-unknown = Неизвестна, строки — в замечания
import-stage-of = Стадия для «{ $value }»

import-more-files = { $count ->
    [one] и ещё { $shown } файл
    [few] и ещё { $shown } файла
   *[many] и ещё { $shown } файлов
}
import-check = Проверить
import-run = Загрузить
import-run-again = Загрузить снова
import-discard = Выбросить
import-discarded = Импорт выброшен
import-not-discarded = Он уже записал данные и останется в списке.
import-progress = Ход импорта
import-queued = Ждёт своей очереди
import-checking = Проверяем: { $done } из { $total } строк
import-running = Загружаем: { $done } из { $total } строк
import-stopped = Импорт остановился
import-stopped-internal = Сбой на сервере. Загруженное до него осталось; запустите импорт снова, чтобы принять остальное.
import-stopped-forbidden = Тому, кто передал файлы, импорт больше не разрешён.
import-done-again = Эти файлы загружены. После изменений их можно загрузить снова: известные записи изменятся, а не удвоятся.

import-report = Загружено
import-report-text = Готово за { $seconds } с. Непринятые строки — ниже, с причиной.
import-report-dry = Проверено, ничего не записано
import-report-dry-text = Вот что сделал бы импорт сейчас.
import-also-created = Создано по упоминаниям в строках:
import-show-leads = Показать лиды
import-show-deals = Показать сделки
import-show-accounts = Показать клиентов
import-show-contacts = Показать контакты
import-show-people = Показать сотрудников

import-problems = Замечания
import-problems-all = Все
import-problems-errors = Не принято
import-problems-warnings = Принято с пробелами
import-problems-notes = К сведению
import-severity-error = Не принято
import-severity-warning = С пробелами
import-severity-note = К сведению
import-download-problems = Замечания в CSV
import-download-failed = Непринятые строки в CSV
import-download-failed-of = Непринятые строки: { $file }
import-no-problems-title = Таких замечаний нет
import-no-problems-text = Посмотрите остальные.
import-problem-times = { $sentence } (строк: { $count })

import-problem-empty-file = В файле нет строк
import-problem-unknown-kind = Не удалось понять, что в строках; файл не загружается
import-problem-undecodable-bytes = Часть символов не подходит к кодировке
import-problem-unclosed-quote = Кавычка открыта и не закрыта
import-problem-ragged-row = Ячеек больше или меньше, чем в заголовке
import-problem-empty-row = Строка пуста
import-problem-column-missing = Этот столбец нужен, но никуда не ведёт
import-problem-column-twice = Два столбца ведут в одно поле; берётся первый
import-problem-required = Нужно значение
import-problem-invalid-number = Не число
import-problem-invalid-date = Не дата или другой порядок
import-problem-out-of-range = Вне допустимых значений
import-problem-invalid-value = Такого значения у поля быть не может
import-problem-invalid-email = Не похоже на адрес почты
import-problem-too-long = Слишком длинно
import-problem-too-many-decimals = Больше знаков после запятой, чем у валюты
import-problem-unknown-currency = Такой валюты нет
import-problem-currency-assumed = Валюта не указана, взята валюта импорта
import-problem-unknown-stage = Неизвестная стадия — выберите для неё стадию выше
import-problem-zone-assumed = Часовой пояс не указан, взят пояс импорта
import-problem-close-date-missing = Закрыта, но дата не указана
import-problem-close-date-assumed = Закрыта без даты; взята дата последнего изменения
import-problem-close-date-expected = Ещё открыта; дата закрытия взята как ожидаемая
import-problem-duplicate-identifier = Взята другая строка с тем же идентификатором
import-problem-similar-name = В другом месте записано иначе; считаем одним и тем же
import-problem-unknown-reference = Такой записи нет
import-problem-ambiguous-reference = Подходит несколько записей
import-problem-owner-assumed = Ответственный неизвестен; взят указанный для импорта
import-problem-not-allowed = Вам нельзя изменять эту запись
import-problem-in-bin = Запись в корзине и там останется
import-problem-kept-person = Сотрудник может входить, импорт его не меняет
import-problem-refused = Правила не допускают эту строку

import-field-external-id = Идентификатор
import-field-name = Название или имя
import-field-first-name = Имя
import-field-last-name = Фамилия
import-field-email = Почта
import-field-phone = Телефон
import-field-role = Роль
import-field-active = Используется
import-field-manager = Руководитель
import-field-manager-external-id = Руководитель, по идентификатору
import-field-department = Отдел
import-field-category = Категория
import-field-price = Цена
import-field-currency = Валюта
import-field-account-kind = Роль клиента
import-field-industry = Отрасль
import-field-annual-revenue = Годовая выручка
import-field-employees = Сотрудников
import-field-founded-year = Год основания
import-field-country = Страна
import-field-city = Город
import-field-address = Адрес
import-field-website = Сайт
import-field-tax-number = ИНН
import-field-parent = Головная компания
import-field-parent-external-id = Головная компания, по идентификатору
import-field-description = Заметки
import-field-position = Должность
import-field-account = Клиент
import-field-account-external-id = Клиент, по идентификатору
import-field-contact = Контакт
import-field-contact-external-id = Контакт, по идентификатору
import-field-owner = Ответственный
import-field-owner-external-id = Ответственный, по идентификатору
import-field-product = Продукт
import-field-product-external-id = Продукт, по идентификатору
import-field-title = Название сделки
import-field-stage = Стадия
import-field-deal-type = Тип
import-field-source = Источник
import-field-budget = Бюджет
import-field-amount = Сумма
import-field-probability = Вероятность
import-field-expected-close-on = Ожидаемое закрытие
import-field-decision-on = Решение
import-field-created-at = Создание
import-field-engaged-at = Начало работы
import-field-updated-at = Последнее изменение
import-field-closed-at = Закрытие
import-field-close-reason = Причина закрытия
import-field-need = Потребность
