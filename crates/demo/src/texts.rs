//! What the people of the demo write: products, titles of deals, needs, tactics and reasons, in the
//! language of the customer.

/// A text in English and in Russian.
pub(crate) type Pair = (&'static str, &'static str);

/// A product of the demo company.
pub(crate) struct Good {
    pub name: &'static str,
    pub sku: &'static str,
    pub category: &'static str,
    pub unit: &'static str,
    /// List price in whole US dollars.
    pub price: i64,
    /// Titles of deals about it; `{}` stands for the customer's city.
    pub titles: [Pair; 5],
}

#[rustfmt::skip]
pub(crate) const PRODUCTS: [Good; 8] = [
    Good { name: "Velmora SCADA", sku: "VS-100", category: "Control", unit: "license", price: 48_000, titles: [
        ("SCADA replacement, {} plant", "Замена SCADA, площадка {}"),
        ("Control room modernization", "Модернизация диспетчерской"),
        ("SCADA for the new furnace", "SCADA для новой печи"),
        ("Unified SCADA for three sites", "Единая SCADA для трёх площадок"),
        ("Migration from legacy HMI panels", "Переход со старых панелей оператора"),
    ] },
    Good { name: "Velmora Historian", sku: "VH-200", category: "Data", unit: "license", price: 26_000, titles: [
        ("Plant historian, 20,000 tags", "Архив технологических данных на 20 000 тегов"),
        ("Historian rollout, {}", "Внедрение архива данных, {}"),
        ("Process data archive for audits", "Архив техпроцесса для аудита"),
        ("Energy data collection", "Сбор данных об энергопотреблении"),
        ("Historian upgrade and cloud replica", "Обновление архива данных и копия в облаке"),
    ] },
    Good { name: "Velmora MES", sku: "VM-300", category: "Operations", unit: "license", price: 120_000, titles: [
        ("MES for the packaging hall", "MES для цеха упаковки"),
        ("Batch traceability, {}", "Прослеживаемость партий, {}"),
        ("MES pilot on line 2", "Пилот MES на линии № 2"),
        ("Production scheduling and OEE", "Планирование производства и OEE"),
        ("Electronic batch records", "Электронный журнал партий"),
    ] },
    Good { name: "Velmora Edge", sku: "VE-400", category: "Control", unit: "pcs", price: 9_500, titles: [
        ("Edge gateways for 40 pump stations", "Шлюзы для 40 насосных станций"),
        ("Machine connectivity, {}", "Подключение станков, {}"),
        ("Remote I/O and edge retrofit", "Замена удалённого ввода-вывода и шлюзов"),
        ("Gateways for mobile equipment", "Шлюзы для мобильной техники"),
        ("Edge nodes for the tank farm", "Шлюзы для резервуарного парка"),
    ] },
    Good { name: "Velmora Predict", sku: "VP-500", category: "Data", unit: "license", price: 64_000, titles: [
        ("Predictive maintenance for rolling mills", "Предиктивное обслуживание прокатных станов"),
        ("Vibration monitoring, {}", "Вибромониторинг, {}"),
        ("Predictive maintenance pilot", "Пилот предиктивного обслуживания"),
        ("Compressor failure forecasting", "Прогноз отказов компрессоров"),
        ("Condition monitoring of conveyors", "Контроль состояния конвейеров"),
    ] },
    Good { name: "Velmora Safety", sku: "VF-600", category: "Control", unit: "set", price: 38_000, titles: [
        ("Safety system for the boiler house", "Система ПАЗ для котельной"),
        ("SIL 2 upgrade, {}", "Модернизация до SIL 2, {}"),
        ("Gas detection and shutdown logic", "Газоанализ и логика останова"),
        ("Emergency shutdown replacement", "Замена системы аварийного останова"),
        ("Safety audit and retrofit", "Аудит и модернизация ПАЗ"),
    ] },
    Good { name: "Implementation services", sku: "SV-010", category: "Services", unit: "project", price: 15_000, titles: [
        ("Commissioning of line 4", "Пусконаладка линии № 4"),
        ("Engineering for the plant extension, {}", "Проектирование расширения завода, {}"),
        ("Recipe migration and operator training", "Перенос рецептур и обучение операторов"),
        ("Network segmentation project", "Сегментация технологической сети"),
        ("Digital plant concept study", "Концепция цифрового завода"),
    ] },
    Good { name: "Premium support", sku: "SV-020", category: "Services", unit: "year", price: 12_000, titles: [
        ("Support contract, three years", "Договор поддержки на три года"),
        ("24/7 support for the control room, {}", "Поддержка диспетчерской 24/7, {}"),
        ("Spare parts and on-site service", "Запчасти и выезд инженера"),
        ("Remote monitoring service", "Услуга удалённого мониторинга"),
        ("Support renewal and extension", "Продление и расширение поддержки"),
    ] },
];

/// Where the demo company's leads and deals come from.
pub const SOURCES: [&str; 8] = [
    "Existing customer",
    "Website",
    "Trade fair",
    "Partner",
    "Referral",
    "Tender",
    "Cold call",
    "Webinar",
];

/// Kind of need and the need itself.
#[rustfmt::skip]
pub(crate) const NEEDS: [(&str, Pair); 7] = [
    ("modernization", ("The present system is out of support; spare parts are gone by the end of next year.", "Действующая система снята с поддержки, запчастей не будет уже со следующего года.")),
    ("cost_reduction", ("Unplanned stops cost about nine hours a month; they want early warning and one view of all alarms.", "Незапланированные простои — около девяти часов в месяц; нужны ранние предупреждения и единый экран аварий.")),
    ("modernization", ("The last audit asked for traceable records of every batch.", "Последний аудит потребовал прослеживаемых записей по каждой партии.")),
    ("new_project", ("A new line starts next spring and must report into the same control room.", "Весной пускают новую линию, она должна быть видна в той же диспетчерской.")),
    ("cost_reduction", ("Energy per ton is above the group's average; they need hourly data by unit.", "Расход энергии на тонну выше среднего по группе; нужны почасовые данные по агрегатам.")),
    ("service", ("Head office demands separated networks and named operator accounts.", "Головной офис требует разделения сетей и персональных учётных записей операторов.")),
    ("new_project", ("Three plants report in three ways; management wants one set of figures.", "Три площадки отчитываются по-разному; руководству нужны единые цифры.")),
];

#[rustfmt::skip]
pub(crate) const TACTICS: [Pair; 5] = [
    ("Win the chief engineer with a pilot on one line, then show the payback to finance.", "Убедить главного инженера пилотом на одной линии, затем показать окупаемость финансистам."),
    ("Keep the scope small, promise the date in writing, sell the extension next year.", "Держать объём небольшим, письменно гарантировать срок, расширение продать на следующий год."),
    ("Bring the reference customer to the final meeting; stay firm on price.", "Привести на финальную встречу референсного клиента, цену не снижать."),
    ("Offer support as part of the price; the competitor cannot be on site within a day.", "Включить поддержку в цену: конкурент не успевает приехать за сутки."),
    ("Work with the integrator they trust; leave the installation to him.", "Идти вместе с интегратором, которому доверяют, монтаж отдать ему."),
];
#[rustfmt::skip]
pub(crate) const STRENGTHS: [Pair; 4] = [
    ("Runs on their present controllers; two similar plants as references.", "Работает на их контроллерах; два похожих завода в референсах."),
    ("Fast delivery and engineers who speak the language.", "Быстрая поставка и инженеры, говорящие на языке заказчика."),
    ("Open interfaces; no licence per client.", "Открытые интерфейсы, нет лицензий на каждое рабочее место."),
    ("The pilot saved eleven per cent of energy.", "Пилот сэкономил одиннадцать процентов энергии."),
];
#[rustfmt::skip]
pub(crate) const WEAKNESSES: [Pair; 4] = [
    ("Higher price at the start; purchasing has a cheaper offer.", "Выше начальная цена, у закупок есть предложение дешевле."),
    ("No contact above the plant manager so far.", "Пока нет выхода выше директора завода."),
    ("Their IT prefers the group's standard.", "Их ИТ за стандарт группы."),
    ("Delivery depends on one subcontractor.", "Поставка зависит от одного субподрядчика."),
];

#[rustfmt::skip]
pub(crate) const WON: [Pair; 5] = [
    ("The pilot met every target; delivery before the summer shutdown.", "Пилот достиг всех целей, поставка до летнего останова."),
    ("Best fit with the controllers already installed.", "Лучшая совместимость с установленными контроллерами."),
    ("References from the same industry convinced the board.", "Правление убедили референсы из той же отрасли."),
    ("Price agreed after the support was included.", "Договорились о цене, включив поддержку."),
    ("Extension of the frame contract.", "Расширение рамочного договора."),
];
#[rustfmt::skip]
pub(crate) const LOST: [Pair; 6] = [
    ("Competitor was a fifth cheaper.", "Конкурент предложил на пятую часть дешевле."),
    ("The group chose its standard supplier.", "Группа выбрала своего постоянного поставщика."),
    ("Budget cut, project stopped.", "Бюджет урезан, проект остановлен."),
    ("Decision postponed by two years.", "Решение отложено на два года."),
    ("Missing certificate for the hazardous area.", "Не хватило сертификата для взрывоопасной зоны."),
    ("We came late: the specification was written around another product.", "Поздно вошли: техзадание написано под другой продукт."),
];
#[rustfmt::skip]
pub(crate) const REJECTED: [Pair; 3] = [
    ("Outside our scope: civil works only.", "Не наш профиль: только строительные работы."),
    ("Terms of payment we cannot accept.", "Неприемлемые условия оплаты."),
    ("No budget and no date; not worth the effort now.", "Нет ни бюджета, ни срока — сейчас не стоит усилий."),
];
pub(crate) const REROUTED: [Pair; 2] = [
    (
        "Too small for us; the partner serves this customer.",
        "Слишком мало для нас, этого клиента ведёт партнёр.",
    ),
    (
        "Local installation needed; handed to the integrator.",
        "Нужен местный монтаж, передано интегратору.",
    ),
];
pub(crate) const RETURNS: [Pair; 3] = [
    (
        "New plant manager, the needs are discussed anew.",
        "Новый директор завода, потребности обсуждаем заново.",
    ),
    (
        "Scope changed, the proposal must be redone.",
        "Изменился объём, предложение переделываем.",
    ),
    (
        "Decision maker left; contacts to be found again.",
        "Ушёл человек, принимающий решение; ищем контакты заново.",
    ),
];
pub(crate) const REOPENED: [Pair; 2] = [
    (
        "The customer came back: the other supplier missed the date.",
        "Клиент вернулся: другой поставщик сорвал срок.",
    ),
    (
        "Budget was released after all.",
        "Бюджет всё-таки выделили.",
    ),
];

/// What stands before the lines of an offer.
#[rustfmt::skip]
pub(crate) const INTRODUCTIONS: [Pair; 3] = [
    ("Thank you for the visit to your plant. Below is our offer for the scope that we agreed on.", "Благодарим за встречу на вашей площадке. Ниже — предложение по согласованному объёму."),
    ("As discussed, we offer the system together with commissioning by our engineers.", "Как и договаривались, предлагаем систему вместе с пусконаладкой силами наших инженеров."),
    ("This offer follows your request and the results of the survey.", "Предложение подготовлено по вашему запросу и итогам обследования."),
];
/// What stands after them.
#[rustfmt::skip]
pub(crate) const TERMS: [Pair; 3] = [
    ("Delivery within eight weeks. Payment: 40 % with the order, 60 % within 30 days of acceptance.", "Поставка в течение восьми недель. Оплата: 40 % аванс, 60 % в течение 30 дней после приёмки."),
    ("Delivery by the date of the planned shutdown. Payment within 30 days. Warranty: 24 months.", "Поставка к дате планового останова. Оплата в течение 30 дней. Гарантия — 24 месяца."),
    ("Prices hold for the whole scope. Travel is included. Warranty: 12 months.", "Цены действительны при заказе всего объёма. Командировки включены. Гарантия — 12 месяцев."),
];
/// Work that goes with a product, and its unit.
#[rustfmt::skip]
pub(crate) const SERVICES: [(Pair, Pair); 3] = [
    (("Commissioning on site", "Пусконаладка на площадке"), ("days", "дн.")),
    (("Engineering and configuration", "Проектирование и настройка"), ("days", "дн.")),
    (("Training of operators", "Обучение операторов"), ("days", "дн.")),
];
/// Why a head did not approve an offer.
#[rustfmt::skip]
pub(crate) const REFUSALS: [Pair; 3] = [
    ("The discount is above what we give without a frame contract. Take it back or sell support with it.", "Скидка выше той, что даём без рамочного договора. Снизьте её или добавьте поддержку."),
    ("Commissioning is too short for this site, add days.", "Для такой площадки на пусконаладку заложено мало времени, добавьте дни."),
    ("The terms of payment need 40 % with the order.", "В условиях оплаты нужен аванс 40 %."),
];

/// The text in one of the languages.
pub(crate) const fn told(pair: &Pair, in_russian: bool) -> &'static str {
    if in_russian { pair.1 } else { pair.0 }
}
