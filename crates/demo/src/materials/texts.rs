//! The texts of the knowledge base.

use etalon_domain::material::MaterialStatus;
use etalon_domain::material::MaterialStatus::{Archived, Draft, Published};

/// A material.
pub(super) struct Text {
    pub(super) language: &'static str,
    pub(super) title: &'static str,
    pub(super) summary: &'static str,
    pub(super) body: &'static str,
    pub(super) tags: &'static [&'static str],
    /// Positions in the list of products.
    pub(super) products: &'static [usize],
    pub(super) industries: &'static [&'static str],
    pub(super) needs: &'static [&'static str],
    /// What became of it.
    pub(super) state: MaterialStatus,
    /// What a second version added at its end.
    pub(super) addition: Option<&'static str>,
}

#[rustfmt::skip]
pub(super) const TEXTS: [Text; 14] = [
    Text { language: "en", title: "Replacing a control system without a shutdown", summary: "How Velmora SCADA runs beside the old system until the operators trust it.",
        body: "## The fear\n\nNobody wants to stop a furnace for a screen.\n\n## What we do\n\n1. Read the old system's signals in parallel, two weeks.\n2. Move one area at a time, at night, with a way back.\n3. Keep the old panels powered for a month.\n\n| Step | Days | Stop |\n|---|---|---|\n| Parallel run | 14 | none |\n| Area by area | 20 | none |\n| Old panels off | 1 | none |\n\n> Ask early who may say *go back*: it is usually the shift leader.",
        tags: &["migration", "presentation"], products: &[0], industries: &["Metals", "Chemicals"], needs: &["Replacement"], state: Published,
        addition: Some("## What it costs\n\nTwo engineers for five weeks. The parallel run is part of the price.") },
    Text { language: "ru", title: "Замена SCADA без останова производства", summary: "Как новая система работает рядом со старой, пока операторы ей не доверятся.",
        body: "## Чего боятся\n\nОстановить печь ради нового экрана не согласится никто.\n\n## Как мы работаем\n\n1. Две недели читаем сигналы старой системы параллельно.\n2. Переводим по одному участку, ночью, с возможностью вернуться.\n3. Ещё месяц держим старые панели под напряжением.\n\n> Заранее узнайте, кто может сказать «возвращаемся»: обычно это начальник смены.",
        tags: &["миграция", "презентация"], products: &[0], industries: &["Metals"], needs: &["Replacement"], state: Published, addition: None },
    Text { language: "en", title: "What an hour of downtime costs", summary: "A worksheet to fill in together with the plant manager.",
        body: "Fill it in **with** the customer, not for him.\n\n- Lost output per hour\n- Scrap at the restart\n- Overtime to catch up\n- Penalties of late delivery\n\nMultiply by the hours of last year. Then ask: *how many of them announced themselves days before?*",
        tags: &["worksheet", "value"], products: &[4], industries: &["Mining", "Building materials"], needs: &["Downtime", "Cost"], state: Published, addition: None },
    Text { language: "ru", title: "Сколько стоит час простоя", summary: "Расчётный лист, который заполняют вместе с директором завода.",
        body: "Заполняйте **вместе** с клиентом, а не за него.\n\n- Недовыпуск за час\n- Брак при пуске\n- Сверхурочные, чтобы догнать план\n- Штрафы за срыв поставки\n\nУмножьте на часы прошлого года и спросите: *о скольких остановах оборудование предупреждало за несколько дней?*",
        tags: &["расчёт", "ценность"], products: &[4], industries: &["Mining", "Metals"], needs: &["Downtime"], state: Published, addition: None },
    Text { language: "en", title: "Batch traceability in ninety days", summary: "A dairy passed its audit: the plan, the people, the result.",
        body: "## Situation\n\nPaper records, two people typing them every night.\n\n## Ninety days\n\n- **Days 1–20** one product, one line\n- **Days 21–60** recipes and labels\n- **Days 61–90** all lines, the auditor invited\n\n## Result\n\nA batch is traced in four minutes instead of two days.",
        tags: &["case study"], products: &[2], industries: &["Food and beverages", "Pharmaceuticals"], needs: &["Compliance"], state: Published, addition: None },
    Text { language: "ru", title: "Прослеживаемость партий за девяносто дней", summary: "Молочный завод прошёл аудит: план, люди, результат.",
        body: "## Было\n\nБумажные журналы, каждую ночь их переносили двое.\n\n## Девяносто дней\n\n- **1–20** один продукт, одна линия\n- **21–60** рецептуры и этикетки\n- **61–90** все линии, приглашён аудитор\n\n## Стало\n\nПартию находят за четыре минуты вместо двух дней.",
        tags: &["история клиента"], products: &[2], industries: &["Food and beverages"], needs: &["Compliance"], state: Published, addition: None },
    Text { language: "en", title: "Answers to “it is too expensive”", summary: "Five questions before any discount.",
        body: "1. Compared with what?\n2. Which part would you leave out?\n3. What does it cost to wait a year?\n4. Who else must agree to the figure?\n5. If the price were right, would we sign this month?\n\nA concession without something in return is remembered as the new list price.",
        tags: &["objections", "price"], products: &[], industries: &[], needs: &["Cost"], state: Published, addition: None },
    Text { language: "ru", title: "Ответы на «это дорого»", summary: "Пять вопросов до любой скидки.",
        body: "1. По сравнению с чем?\n2. От какой части вы готовы отказаться?\n3. Во что обойдётся ещё один год ожидания?\n4. Кто ещё согласует эту сумму?\n5. Если бы цена устроила, подписали бы в этом месяце?\n\nУступку без встречного шага клиент запоминает как новую цену.",
        tags: &["возражения", "цена"], products: &[], industries: &[], needs: &["Cost"], state: Published, addition: None },
    Text { language: "en", title: "Separated networks, named accounts", summary: "What head office asks about security, and what we answer.",
        body: "- Every operator signs in by name.\n- The control network opens no connection to the office.\n- Updates are signed and tested on a copy first.\n- Logs leave the plant one way.\n\nBring the network drawing: the security officer reads nothing else.",
        tags: &["security", "answers"], products: &[0, 3], industries: &["Energy", "Water utilities"], needs: &["Security"], state: Published, addition: None },
    Text { language: "en", title: "Three plants, one set of figures", summary: "A short tour of the historian for managers.",
        body: "Show three pictures and stop:\n\n1. Yesterday, all plants, one page.\n2. The line that lost most, and when.\n3. The same hour in the process data.\n\nThen let the manager ask for his own line.",
        tags: &["presentation", "demo script"], products: &[1], industries: &["Building materials"], needs: &["Visibility", "Growth"], state: Published, addition: None },
    Text { language: "ru", title: "Первая встреча: что выяснить", summary: "Список вопросов на сорок минут.",
        body: "- Что изменилось, что вы заговорили об этом сейчас?\n- Кто почувствует результат первым?\n- Кто подписывает и кто может остановить?\n- Что будет, если ничего не менять?\n- К какой дате нужно решение и почему к ней?\n\nВ конце договоритесь о следующем шаге с датой и отправьте протокол в тот же день.",
        tags: &["первая встреча"], products: &[], industries: &[], needs: &["Growth"], state: Published, addition: None },
    Text { language: "en", title: "What support really includes", summary: "Response times, people, and the limits, on one page.",
        body: "| Level | Answer | On site |\n|---|---|---|\n| Stop of production | 15 minutes | 8 hours |\n| Fault | 4 hours | 2 days |\n| Question | 1 day | – |\n\nNot included: changes of recipes, new screens, other vendors' devices.",
        tags: &["support", "fact sheet"], products: &[7], industries: &[], needs: &["Downtime"], state: Published, addition: None },
    Text { language: "en", title: "Price arguments of last year", summary: "Replaced by the answers to “it is too expensive”.",
        body: "Compare the licence per client, the days of commissioning and the support contract. The figures are those of last year.",
        tags: &["price"], products: &[], industries: &[], needs: &["Cost"], state: Archived, addition: None },
    Text { language: "ru", title: "Опросные листы службы безопасности", summary: "Готовые ответы, ещё не согласованы с разработкой.",
        body: "- Учётные записи: персональные, с журналом входов\n- Сеть: управление отделено от офиса\n- Обновления: подписаны, сначала на копии\n\nОстаётся уточнить сроки закрытия уязвимостей.",
        tags: &["безопасность", "ответы"], products: &[0, 3], industries: &["Energy"], needs: &["Security"], state: Draft, addition: None },
];
