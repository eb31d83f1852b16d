# Сводка.
summary-groups = Группировать
summary-by-stage = Стадия
summary-by-owner = Ответственный
summary-by-department = Отдел
summary-by-account = Клиент
summary-by-product = Продукт
summary-by-quarter = Квартал
summary-count = Сделок
summary-won-sum = Выиграно
summary-won-count = Побед
summary-win-rate = Доля побед
summary-open-amount = В работе
summary-cycle-mean = Средний цикл, дн.
summary-cycle-median = Медианный цикл
summary-cycle-note = от создания до победы
summary-total-with-open = Все, вместе с открытыми
summary-of-closed = { $count ->
    [one] из { $shown } выигранной или проигранной
   *[other] из { $shown } выигранных и проигранных
}
summary-empty-title = Пока нечего считать
summary-empty-text = Как только появятся сделки, здесь будут их суммы, доля побед и цикл.
summary-all-time = Все сделки за всё время
days-unit = дн.
total = Итого

# Отчёты: рамка, период, строки.
analytics-reports = Отчёты
analytics-period = Период
analytics-now = На сейчас
analytics-as-of = На { $day }
analytics-as-of-day = На конец дня
analytics-as-of-help = Всё, что случилось позже этого дня, не учитывается — как будто ещё тот вечер.
rows-registry-today = Реестр покажет те же сделки такими, какие они сегодня, поэтому суммы могут отличаться.
leaders-seen-only = Учтены только те сделки и активности, которые вам видны.
analytics-definition = Что это значит
analytics-process = Процесс
report-pulse = Пульс
report-funnel = Воронка
report-forecast = Прогноз
report-targets = План
report-leaderboard = Рейтинг
report-dynamics = Динамика
report-results = Результаты
report-reasons = Причины
report-stalling = Застой
report-summary = Сводка
report-manager = Менеджер
report-win-rate = Доля побед
report-cycle = Цикл сделки
report-velocity = Открытые сделки
preset-this-week = Эта неделя
preset-last-week = Прошлая неделя
preset-this-month = Этот месяц
preset-last-month = Прошлый месяц
preset-this-quarter = Этот квартал
preset-last-quarter = Прошлый квартал
preset-next-quarter = Следующий квартал
preset-this-year = Этот год
preset-last-year = Прошлый год
preset-last-30-days = Последние 30 дней
preset-last-90-days = Последние 90 дней
preset-last-12-months = Последние 12 месяцев
quick-this-week = Неделя
quick-this-month = Месяц
quick-this-quarter = Квартал
quick-this-year = Год
steps = Шаг
step-week = Недели
step-month = Месяцы
step-quarter = Кварталы
weeks-ago = { $count ->
    [one] { $shown } неделю назад
    [few] { $shown } недели назад
   *[other] { $shown } недель назад
}
filter-rows = Из отчёта
filter-rows-help = Здесь ровно те сделки, из которых сложилось число в отчёте, с их нынешними суммами. Снимите фильтр, чтобы увидеть все открытые.
rows-none = За этим числом нет сделок.
rows-sum = Сумма
rows-registry = Открыть в реестре
rows-expected = ожид. { $day }
rows-part-all = все
rows-part-entered = Вошли
rows-part-advanced = Прошли дальше
rows-part-returned = Вернулись
rows-part-closed = Выиграно и проиграно
rows-part-remaining = Остались
rows-part-stayed = Завершённые пребывания
rows-part-reached = Дошли
rows-part-still-open = Ещё открыты
rows-part-skipped = Миновали
rows-part-rotting = Застоялись
rows-part-overdue = Просрочены
rows-part-commit = Уверенный
rows-part-weighted = Взвешенный
rows-part-open = Открытые
rows-part-created = Новые
rows-part-won = Выиграны
rows-part-lost = Проиграны
rows-part-rejected = Отклонены нами
rows-part-rerouted = Переданы
shares-title = По ответственным
shares-others = Остальные
share-of-sum = { $share } суммы
share-of-deals = { $share } сделок
chart-as-table = Показать таблицей
chart-as-picture = Показать графиком
chart-export = Выгрузить
chart-png = Картинка (PNG)
chart-csv = Таблица (CSV)
win-rate = Доля побед
win-rate-definition = Выиграно ÷ (выиграно + проиграно) — по числу сделок, закрытых за последние 12 месяцев. Отклонённые нами и переданные не учитываются.
interval = 95 % интервал
interval-range = Интервал
interval-definition = Когда сделок мало, доля говорит немного: с уверенностью 95 % истинная лежит в этом интервале (Уилсон). Если интервалы перекрываются, разница не доказана.
mean = В среднем
p90 = 9 из 10 за
by-owner = По сотрудникам
by-department = По отделам

# Воронка.
funnel-mode = Что считать
funnel-mode-snapshot = Срез
funnel-mode-flow = Поток
funnel-mode-cohort = Когорта
funnel-title-snapshot = Сделки на стадиях
funnel-title-flow = Вошли в стадию за период
funnel-title-cohort = Дошли до стадии
funnel-count-flow = Вошли
funnel-count-cohort = Дошли
funnel-definition-snapshot = Срез: сделки, которые находятся на каждой стадии в конце выбранного дня. Период влияет только на полноту воронки. В строке «Выиграна» — все победы к этому дню.
funnel-definition-flow = Поток: сделки, которые вошли в стадию за период (каждая один раз), и что с ними стало к его концу: прошли дальше, вернулись, закрыты без победы, остались. В сумме это все вошедшие. Переход дальше = прошли дальше ÷ вошли. Пропущенная стадия не считается пройденной.
funnel-definition-cohort = Когорта: только сделки, созданные за период, и как далеко они продвинулись. Дошедшая до поздней стадии считается дошедшей и до ранних; сколько сделок миновали стадию, показано рядом. Доли не превышают 100 %.
funnel-won-ever = за всё время
funnel-measure = Что на графике
funnel-deals = Сделки
funnel-weighted = Взвеш. сумма
funnel-table = Воронка в цифрах
funnel-open = В работе
funnel-weighted-note = с учётом вероятности
funnel-rotting = Застоялись
funnel-rotting-note = без касаний дольше, чем допускает стадия
funnel-average-age = Средний возраст, дн.
funnel-summary-stage = { $stage }: { $count }, { $amount }
funnel-empty-title = Здесь нет сделок
funnel-empty-text = Ни одна видимая вам сделка не подходит под этот период и фильтры. Возьмите период длиннее или снимите фильтры.
flow-closed = Закрыты без победы
flow-conversion = Переход дальше
flow-average-days = На стадии, дн.
flow-entered-first = Вошли в первую стадию
cohort-created = Создано
cohort-won = Уже выиграно
cohort-won-note = от созданных
cohort-open-note = исход ещё впереди
cohort-from-previous = От предыдущей
cohort-from-first = От первой
compare = Сравнить
compare-by = Что сравнивать
compare-by-owner = Сотрудники
compare-by-department = Отделы
compare-by-period = Периоды
compare-help = От двух до четырёх воронок рядом, в одном масштабе.
compare-add-days = Добавить эти дни
compare-end = Закончить сравнение
fullness = Полнота воронки
fullness-definition = Сумма открытых сделок с закрытием в этом периоде ÷ сколько ещё не хватает до плана. Нужная полнота = 1 ÷ доля побед за 12 месяцев: при доле 25 % в работе должно быть вчетверо больше, чем не хватает. Без плана или когда он выполнен, полнота не определена.
fullness-required = нужно { $required }
fullness-enough = достаточно
fullness-short = мало
fullness-win-rate = Доля побед, 12 мес.
fullness-win-rate-note = выиграно ÷ (выиграно + проиграно)
fullness-title = Хватает ли сделок в работе
fullness-no-target = На этот период нет плана, поэтому полнота не определена. План задаётся на вкладке «План».
fullness-met = План этого периода выполнен.
target-own = Это ваш личный план: в него идут только ваши сделки, а видные вам сделки коллег — нет.
fullness-missing = Осталось выиграть
fullness-open = В работе с закрытием в периоде
shortfall = Не хватает
shortfall-definition = Сколько нужно добавить, если остаток плана закрывать только этой стадией: (план − выиграно) ÷ вероятность победы со стадии − сколько на ней открыто. Вероятность — выиграно ÷ (выиграно + проиграно) среди сделок, закрытых за 12 месяцев и побывавших на стадии.
shortfall-open = Открыто на стадии
shortfall-probability = Побед отсюда

# Пульс продаж.
pulse-updated = Обновлено в { $time }
pulse-offline = , сейчас не обновить
pulse-wall = На экран
pulse-funnel = Воронка сейчас
pulse-weeks = Новые, выигранные и проигранные по неделям
pulse-won-before = Прошлый период
pulse-change = { $change } к прошлому периоду
pulse-change-so-far = { $change } { $count ->
    [1] к первому дню:
   *[other] к первым { $shown } дн.:
}
pulse-before-definition = Выиграно за период той же длины прямо перед этим. Пока период идёт, он сравнивается со столькими же первыми днями прошлого.
pulse-so-far = { $count ->
    [1] За первый день:
   *[other] За первые { $shown } дн.:
}
wall-change-so-far = { $change } к тем же дням ранее
pulse-overdue = Просрочены
pulse-rotting = Застоялись
pulse-top = Крупнейшие к закрытию
pulse-top-empty = В этом периоде закрытий не ожидается.
pulse-all = Все
pulse-leaders = Лидеры
pulse-no-wins = Побед в этом периоде пока нет.
pulse-changes = За сутки
pulse-changes-empty = За сутки ничего не изменилось.
pulse-in-period = за период
activities-done = Активностей выполнено
activities-planned = Активностей впереди
activities-overdue = Активностей просрочено
activities-counted = Активности
activities-none-behind = За этим числом нет активностей.
pulse-until-period-end = до конца периода
wall-full = На весь экран
wall-leave = Закрыть экран
wall-of-target = { $share } от { $target }
wall-of-target-own = { $share } от { $target }, свои сделки
wall-changes-count = { $count ->
    [one] { $shown } изменение за сутки
    [few] { $shown } изменения за сутки
   *[other] { $shown } изменений за сутки
}

# Прогноз.
forecast-closed = Выиграно
forecast-commit-line = Уверенный
forecast-weighted = Взвешенный
forecast-open = Открыто
forecast-target = План
forecast-attainment = Выполнение
forecast-of-target = плана
forecast-no-target = План не задан
forecast-target-met = план выполнен
forecast-left = осталось { $amount }
forecast-by-month = Прогноз по месяцам
forecast-by-quarter = Прогноз по кварталам
forecast-history = Каким был прогноз
forecast-history-definition = Прогноз на тот же период, каким он был в конце того дня: с тогдашними суммами, вероятностями, датами и категориями сделок.
forecast-definition = Выиграно — победы за период. Уверенный — победы и открытые сделки категории «Уверенно» с закрытием в нём. Взвешенный — победы и суммы всех открытых сделок с закрытием в нём, умноженные на вероятность.
forecast-summary = Выиграно { $closed }, уверенный { $commit }, взвешенный { $weighted }, план { $target }.
forecast-history-summary = { $ago } взвешенный прогноз был { $before }, сейчас { $now }.

# План.
targets-who = Сотрудник или отдел
targets-definition = Сколько нужно выиграть за месяц, в базовой валюте. План, введённый для отдела, действует на весь отдел; где он не введён, складываются планы его людей и нижних отделов (показаны серым).
targets-of-period = { $period }: { $sum }
targets-rolled-up = Сложено из планов людей и нижних отделов
targets-copy = Скопировать на следующие месяцы
targets-copied = Скопировано на следующие месяцы
targets-keys = Стрелки — переход, цифра или Enter — ввод, Enter — сохранить, Esc — отменить, Ctrl → — скопировать дальше
targets-not-a-number = Введите число, например { $example }
targets-changed = { $name }: сейчас { $theirs }, у вас было { $mine }.
targets-changed-at = Изменено { $when }
targets-keep-mine = Сохранить моё
targets-keep-theirs = Оставить чужое
targets-saving = Сохраняется
targets-year-before = Предыдущий год
targets-year-after = Следующий год
targets-empty-title = План пока задавать некому
targets-empty-text = План ставят людям и отделам. Добавьте их в настройках или уберите фильтры.

# Рейтинг и карточка менеджера.
leaders-measure = По чему
leaders-won-amount = Выиграно
leaders-wins = Победы
leaders-activities = Активности
leaders-attainment = Выполнение плана
leaders-by = Кого сравнивать
leaders-by-person = Сотрудники
leaders-by-department = Отделы
leaders-new = В прошлом периоде не было
leaders-up = Выше на { $steps }, было место { $before }
leaders-down = Ниже на { $steps }, было место { $before }
leaders-same = Место { $before }, как и было
leaders-empty-title = Здесь пока никого
leaders-empty-text = Первая победа или активность за период откроют рейтинг.
manager-conversion = Переход по стадиям
manager-conversion-definition = Прошли дальше ÷ вошли — среди сделок, вошедших в стадию за период; рядом то же по всему отделу.
manager-pace = Переход и скорость по стадиям
manager-own = Свой
manager-days = Дней на стадии
manager-lost = проиграно { $count }
manager-p90 = 9 из 10 — за { $days } дн.
cycle-median = Медианный цикл, дн.
cycle-definition = Полных дней от создания сделки до победы: половина сделок заняла не больше.
results-by = Разрез
results-by-owner = По сотрудникам
results-by-department = По отделам
results-by-source = По источникам
results-by-category = По размеру
results-by-product = По продуктам
results-by-industry = По отраслям
results-rate-definition = Выиграно ÷ (выиграно + проиграно), по числу сделок, закрытых за период. Когда сделок мало, доля говорит немного: истинная лежит в интервале с уверенностью 95 % (Уилсон).
results-by-value = Доля побед по сумме
results-by-value-note = по суммам, а не по числу
results-apart-definition = Сделки, от которых отказались мы или которые передали другим: ни в какую долю побед не входят.
results-cycle-lost = Медиана до проигрыша, дн.
results-velocity = Скорость продаж в день
results-velocity-note = в темпе периода
results-velocity-definition = Открытые сделки × доля побед × средняя сумма победы ÷ средний цикл в днях: сколько выигрывается в день, если всё идёт как в этот период.
results-open-note = в работе на этот день
results-average-won = Средняя победа
results-mean-cycle = средний цикл { $days } дн.
results-none = За этот период сделки не закрывались.

# Динамика, причины, застой.
dynamics-counts = Новые, выигранные и проигранные
dynamics-open = Открытая сумма на конец
dynamics-open-deals = Открыто на конец
dynamics-summary = Новых { $created }, выиграно { $won }, проиграно { $lost }.
dynamics-open-summary = С { $first } до { $last }.
dynamics-empty-text = За этот период ничего не создано, не выиграно и не проиграно. Возьмите период длиннее.
reasons-lost = Почему проиграли
reasons-rejected = Почему отклонили
reasons-summary = Чаще всего: { $reason }, { $share }.
reasons-others = { $count ->
    [one] ещё { $shown } причина
    [few] ещё { $shown } причины
   *[many] ещё { $shown } причин
}
reasons-empty-title = Ничего не закрыто
reasons-empty-text = Когда в этом периоде закроются сделки, здесь будут причины, источники и конкуренты.
sources-title = Доля побед по источникам
competitors-title = Доля побед против конкурентов
competitors-lost-to-it = ему проиграно { $count }
stalling-title = Где сделки застаиваются
stalling-definition = Сделка застоялась, если её никто не касался дольше, чем допускает стадия.
stalling-share = Доля
stalling-days = В среднем без касаний, дн.
stalling-since = Без касаний с
stalling-longest = Дольше всего без внимания
stalling-untouched = Без касаний
stalling-summary = Больше всего на стадии «{ $stage }»: { $count } из { $of }.
stalling-empty-title = Ничего не застоялось
stalling-empty-text = Каждой открытой сделки касались в срок, который допускает её стадия.
