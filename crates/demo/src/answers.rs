//! What the people of the demo enter in the steps of the process.

use crate::random::Random;
use crate::texts::Pair;

/// Result of a call or meeting that the process planned.
pub(crate) const CALLED: Pair = (
    "Talked for half an hour; they stay interested and named the next date.",
    "Поговорили полчаса: интерес сохраняется, следующая дата назначена.",
);
/// Why a deal is pursued.
pub(crate) const PURSUE: Pair = (
    "Fits our portfolio, and the budget is real.",
    "Подходит под наш портфель, бюджет реальный.",
);
/// What was shown.
pub(crate) const MATERIAL: Pair = (
    "The overview and the reference of a plant of the same size.",
    "Обзор решения и референс завода такого же размера.",
);
/// Where a document stands.
pub(crate) const DOCUMENT: Pair = (
    "Checked by the legal department, second draft.",
    "Проверено юристами, вторая редакция.",
);
/// Why a head lets a deal pass what is not met.
pub(crate) const OVERRIDE: Pair = (
    "The customer asked for figures at once; the rest follows this week.",
    "Клиент просит цифры сразу, остальное закроем на этой неделе.",
);
/// What was agreed at a presentation.
#[rustfmt::skip]
pub(crate) const AGREED: [Pair; 2] = [
    ("Send the list of signals and the network plan", "Прислать перечень сигналов и схему сети"),
    ("Prepare a pilot on one line with a fixed scope", "Подготовить пилот на одной линии с фиксированным объёмом"),
];
/// What was given, and what for.
#[rustfmt::skip]
pub(crate) const CONCESSIONS: [(Pair, Pair); 3] = [
    (("3 % discount", "Скидка 3 %"), ("Half of the price in advance", "Аванс 50 %")),
    (("Warranty of 24 months", "Гарантия 24 месяца"), ("A reference visit for other customers", "Референс-визиты других клиентов")),
    (("Training without charge", "Обучение бесплатно"), ("Signature before the end of the quarter", "Подпись до конца квартала")),
];

/// An answer to a question of the reference process.
pub(crate) fn answer_to(step: &str, random: &mut Random) -> &'static Pair {
    match ANSWERS.iter().find(|(id, _)| *id == step) {
        Some((_, answers)) => random.pick(answers),
        None => &CALLED,
    }
}

#[rustfmt::skip]
const ANSWERS: [(&str, [Pair; 2]); 14] = [
    ("fit_solution", [
        ("Yes, but for the interface to their laboratory system.", "Да, кроме обмена с их лабораторной системой."),
        ("Yes, with the standard modules.", "Да, стандартными модулями."),
    ]),
    ("fit_references", [
        ("Two plants of the same industry, one of them reachable.", "Два завода той же отрасли, на один можно съездить."),
        ("One, from last year.", "Один, прошлогодний."),
    ]),
    ("fit_resources", [
        ("Two engineers from the second month on.", "Два инженера со второго месяца."),
        ("Only with the partner.", "Только вместе с партнёром."),
    ]),
    ("current_situation", [
        ("Paper logs and a spreadsheet that one person understands.", "Бумажные журналы и таблица, в которой разбирается один человек."),
        ("An old system without support; operators write down the alarms.", "Старая система без поддержки, аварии операторы записывают вручную."),
    ]),
    ("problem_cost", [
        ("About nine hours of standstill a month.", "Около девяти часов простоя в месяц."),
        ("Two rejected batches a year and the work around them.", "Две забракованные партии в год и всё, что вокруг них."),
    ]),
    ("success_criteria", [
        ("Standstill below three hours, and one screen for both halls.", "Простой меньше трёх часов и единый экран на оба цеха."),
        ("A report for the audit in a minute instead of a day.", "Отчёт для аудита за минуту, а не за день."),
    ]),
    ("why_now", [
        ("The yearly stop is in spring; afterwards they wait another year.", "Весной плановый останов, иначе ждать ещё год."),
        ("The audit is announced for autumn.", "На осень назначен аудит."),
    ]),
    ("installed_base", [
        ("Controllers of 2009, panels without spare parts.", "Контроллеры 2009 года, панели без запчастей."),
        ("Two generations side by side; the older one goes first.", "Два поколения рядом, старшее меняют первым."),
    ]),
    ("downtime", [
        ("One weekend per line.", "Одни выходные на линию."),
        ("Eight hours at most.", "Не больше восьми часов."),
    ]),
    ("project_schedule", [
        ("Cabinets by March, commissioning in May.", "Шкафы к марту, пусконаладка в мае."),
        ("Start of the line in spring; software a month before.", "Пуск линии весной, программа за месяц до того."),
    ]),
    ("service_level", [
        ("Answer in an hour, on site within a day.", "Ответ за час, выезд в течение суток."),
        ("Working hours, spare parts on stock.", "В рабочее время, запчасти на складе."),
    ]),
    ("savings_goal", [
        ("Eight per cent of energy by the end of next year.", "Восемь процентов энергии к концу следующего года."),
        ("Half of the overtime at the packaging lines.", "Половину сверхурочных на упаковке."),
    ]),
    ("decision_process", [
        ("The technical board in the first week of the month, then the director.", "Технический совет в первую неделю месяца, затем директор."),
        ("Three offers, a visit to a reference, then purchasing.", "Три предложения, визит на референс, затем закупки."),
    ]),
    ("terms_agreed", [
        ("Thirty per cent with the order, the rest after acceptance.", "Тридцать процентов с заказом, остальное после приёмки."),
        ("Payment in three parts, warranty of two years.", "Оплата тремя частями, гарантия два года."),
    ]),
];
