//! The companies of the demo: customers, partners and competitors. All are invented.

use etalon_domain::account::AccountKind;
use etalon_domain::account::AccountKind::{Competitor, Customer, Partner};

/// A part of the world with its own sales department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    /// Europe.
    Europe,
    /// Russia and Central Asia.
    East,
    /// The Americas and Asia.
    Overseas,
}

/// How the names of people sound at a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    Germanic,
    Nordic,
    Romance,
    English,
    Japanese,
    Indian,
    Russian,
}

/// A company of the demo.
pub(crate) struct Company {
    pub name: &'static str,
    pub kind: AccountKind,
    pub country: &'static str,
    pub city: &'static str,
    pub industry: &'static str,
    pub domain: &'static str,
    pub employees: i64,
    pub founded: i32,
}

impl Company {
    /// The department that sells to it.
    pub(crate) fn region(&self) -> Region {
        match self.country {
            "Russia" | "Kazakhstan" | "Uzbekistan" | "Belarus" => Region::East,
            "United States" | "Canada" | "Chile" | "Brazil" | "Japan" | "Singapore" | "India"
            | "Australia" => Region::Overseas,
            _ => Region::Europe,
        }
    }

    /// The currency it pays in.
    pub(crate) fn currency(&self) -> &'static str {
        match self.country {
            "Germany" | "Belgium" | "France" | "Italy" | "Spain" | "Finland" | "Netherlands"
            | "Czech Republic" | "Denmark" => "EUR",
            "United Kingdom" => "GBP",
            "Japan" => "JPY",
            "Russia" | "Belarus" => "RUB",
            _ => "USD",
        }
    }

    /// How its people are called.
    pub(crate) fn tongue(&self) -> Tongue {
        match self.country {
            "Germany" | "Switzerland" | "Netherlands" | "Czech Republic" => Tongue::Germanic,
            "Denmark" | "Norway" | "Finland" => Tongue::Nordic,
            "Belgium" | "France" | "Italy" | "Spain" | "Chile" | "Brazil" => Tongue::Romance,
            "Japan" => Tongue::Japanese,
            "India" | "Singapore" => Tongue::Indian,
            "Russia" | "Kazakhstan" | "Uzbekistan" | "Belarus" => Tongue::Russian,
            _ => Tongue::English,
        }
    }
}

const fn company(
    name: &'static str,
    kind: AccountKind,
    place: (&'static str, &'static str),
    industry: &'static str,
    domain: &'static str,
    (employees, founded): (i64, i32),
) -> Company {
    Company {
        name,
        kind,
        country: place.0,
        city: place.1,
        industry,
        domain,
        employees,
        founded,
    }
}

const DE: &str = "Germany";
const FR: &str = "France";
const IT: &str = "Italy";
const ES: &str = "Spain";
const GB: &str = "United Kingdom";
const US: &str = "United States";
const JP: &str = "Japan";
const IN: &str = "India";
const RU: &str = "Russia";
const KZ: &str = "Kazakhstan";

const METALS: &str = "Metals";
const FOOD: &str = "Food and beverages";
const CHEMICALS: &str = "Chemicals";
const CEMENT: &str = "Building materials";
const WATER: &str = "Water utilities";
const MACHINES: &str = "Machinery";
const MINING: &str = "Mining";
const ENERGY: &str = "Energy";
const SHIPS: &str = "Shipbuilding";
const WOOD: &str = "Pulp, paper and wood";
const TEXTILES: &str = "Textiles";
const INTEGRATOR: &str = "System integration";
const AUTOMATION: &str = "Industrial automation";

#[rustfmt::skip]
pub(crate) const COMPANIES: &[Company] = &[
    company("Brennhof Stahl GmbH", Customer, (DE, "Duisburg"), METALS, "brennhof-stahl.example", (6400, 1911)),
    company("Nordkai Logistik AG", Customer, (DE, "Hamburg"), "Logistics", "nordkai.example", (2100, 1968)),
    company("Altmark Chemie GmbH", Customer, (DE, "Magdeburg"), CHEMICALS, "altmark-chemie.example", (3300, 1923)),
    company("Falkenried Brauerei", Customer, (DE, "Kassel"), FOOD, "falkenried.example", (540, 1874)),
    company("Moravské Trubky a.s.", Customer, ("Czech Republic", "Ostrava"), METALS, "moravske-trubky.example", (1800, 1951)),
    company("Ardenne Verre SA", Customer, ("Belgium", "Liège"), CEMENT, "ardenne-verre.example", (920, 1936)),
    company("Laiterie du Val Clair", Customer, (FR, "Rennes"), FOOD, "valclair.example", (760, 1962)),
    company("Cimenterie Garonne", Customer, (FR, "Toulouse"), CEMENT, "cimenterie-garonne.example", (480, 1929)),
    company("Rivamare Pharma S.p.A.", Customer, (IT, "Bologna"), "Pharmaceuticals", "rivamare.example", (2600, 1957)),
    company("Officine Bellandi", Customer, (IT, "Brescia"), MACHINES, "bellandi.example", (410, 1948)),
    company("Cerámica Levantina S.L.", Customer, (ES, "Castellón"), CEMENT, "levantina.example", (690, 1971)),
    company("Aguas del Tormes", Customer, (ES, "Salamanca"), WATER, "aguas-tormes.example", (350, 1988)),
    company("Skagerrak Offshore A/S", Customer, ("Denmark", "Esbjerg"), "Oil and gas", "skagerrak-offshore.example", (1250, 1979)),
    company("Lysefjell Energi AS", Customer, ("Norway", "Stavanger"), ENERGY, "lysefjell.example", (870, 1994)),
    company("Kaltio Paper Oy", Customer, ("Finland", "Tampere"), WOOD, "kaltio.example", (1500, 1903)),
    company("Waalstroom Water B.V.", Customer, ("Netherlands", "Nijmegen"), WATER, "waalstroom.example", (430, 1990)),
    company("Pennine Foods Ltd", Customer, (GB, "Leeds"), FOOD, "pennine-foods.example", (1900, 1954)),
    company("Tamar Valley Dairies", Customer, (GB, "Plymouth"), FOOD, "tamardairies.example", (320, 1976)),
    company("Clydebridge Shipyards plc", Customer, (GB, "Glasgow"), SHIPS, "clydebridge.example", (4100, 1889)),
    company("Marmara Polimer A.Ş.", Customer, ("Turkey", "Bursa"), CHEMICALS, "marmara-polimer.example", (780, 1985)),
    company("Great Basin Mining Co.", Customer, (US, "Reno"), MINING, "greatbasin-mining.example", (3700, 1946)),
    company("Prairie Star Foods, Inc.", Customer, (US, "Omaha"), FOOD, "prairiestar.example", (5200, 1938)),
    company("Harborlight Packaging LLC", Customer, (US, "Baltimore"), "Packaging", "harborlight.example", (640, 1999)),
    company("Calder Ridge Cement", Customer, (US, "Chattanooga"), CEMENT, "calderridge.example", (890, 1927)),
    company("Tri-Rivers Water Authority", Customer, (US, "Pittsburgh"), WATER, "tririvers.example", (510, 1952)),
    company("Maple Fork Lumber Ltd", Customer, ("Canada", "Prince George"), WOOD, "maplefork.example", (1100, 1960)),
    company("Minera Alto Salar", Customer, ("Chile", "Antofagasta"), MINING, "altosalar.example", (2900, 1983)),
    company("Usina Boa Serra S.A.", Customer, ("Brazil", "Ribeirão Preto"), FOOD, "boaserra.example", (4600, 1949)),
    company("Hoshikawa Seiki K.K.", Customer, (JP, "Nagoya"), MACHINES, "hoshikawa-seiki.example", (3100, 1939)),
    company("Minato Chemical Co., Ltd.", Customer, (JP, "Kobe"), CHEMICALS, "minato-chemical.example", (1700, 1953)),
    company("Aoba Foods K.K.", Customer, (JP, "Sendai"), FOOD, "aobafoods.example", (950, 1966)),
    company("Tanjong Polymers Pte Ltd", Customer, ("Singapore", "Singapore"), CHEMICALS, "tanjong-polymers.example", (620, 2001)),
    company("Sundara Textiles Ltd", Customer, (IN, "Coimbatore"), TEXTILES, "sundara.example", (7800, 1958)),
    company("Western Ghats Power", Customer, (IN, "Pune"), ENERGY, "wgpower.example", (2400, 1997)),
    company("Coolabah Minerals Pty Ltd", Customer, ("Australia", "Perth"), MINING, "coolabah.example", (1350, 1992)),
    company("АО «Каменногорский металлургический завод»", Customer, (RU, "Магнитогорск"), METALS, "kmz-metal.example", (5900, 1934)),
    company("ООО «Волжские полимеры»", Customer, (RU, "Казань"), CHEMICALS, "volgapolymer.example", (2200, 1964)),
    company("АО «Сибирский цементник»", Customer, (RU, "Новокузнецк"), CEMENT, "sibcementnik.example", (1400, 1957)),
    company("ООО «Молочный край»", Customer, (RU, "Вологда"), FOOD, "molkray.example", (860, 1998)),
    company("ООО «Верфь Янтарный берег»", Customer, (RU, "Калининград"), SHIPS, "yantar-verf.example", (1650, 1947)),
    company("ООО «Енисейлеспром»", Customer, (RU, "Красноярск"), WOOD, "eniseyles.example", (1200, 1981)),
    company("АО «Тёплая сеть»", Customer, (RU, "Ярославль"), ENERGY, "teplaya-set.example", (970, 1995)),
    company("АО «Водоканал Заречный»", Customer, (RU, "Пенза"), WATER, "vk-zarechny.example", (560, 1993)),
    company("ООО «Рудник Золотая Долина»", Customer, (RU, "Магадан"), MINING, "zoldolina.example", (2050, 2004)),
    company("АО «Химпром Прикамье»", Customer, (RU, "Пермь"), CHEMICALS, "himprikamye.example", (2800, 1941)),
    company("ООО «Кондитерская фабрика „Ёлка“»", Customer, (RU, "Тула"), FOOD, "yolka-sweets.example", (430, 1972)),
    company("АО «Приволжские моторы»", Customer, (RU, "Самара"), MACHINES, "pvmotor.example", (3900, 1943)),
    company("ООО «Донские элеваторы»", Customer, (RU, "Ростов-на-Дону"), FOOD, "donelevator.example", (740, 2002)),
    company("ПАО «Северная энергия»", Customer, (RU, "Архангельск"), ENERGY, "sevenergy.example", (3100, 1996)),
    company("ТОО «Алатау Цемент»", Customer, (KZ, "Алматы"), CEMENT, "alatau-cement.example", (680, 2006)),
    company("ТОО «Тобол Агро»", Customer, (KZ, "Костанай"), FOOD, "tobol-agro.example", (1150, 2000)),
    company("ООО «Самарканд Текстиль»", Customer, ("Uzbekistan", "Самарканд"), TEXTILES, "samtextile.example", (2700, 1987)),
    company("ОАО «Полесье Сахар»", Customer, ("Belarus", "Пинск"), FOOD, "polesie-sugar.example", (590, 1963)),
    company("Helvion Integration AG", Partner, ("Switzerland", "Zürich"), INTEGRATOR, "helvion.example", (140, 2009)),
    company("Stackline Systems LLC", Partner, (US, "Houston"), INTEGRATOR, "stackline.example", (230, 2005)),
    company("Kumo Engineering K.K.", Partner, (JP, "Osaka"), INTEGRATOR, "kumo-eng.example", (95, 2011)),
    company("ООО «СистемаПлюс Интеграция»", Partner, (RU, "Москва"), INTEGRATOR, "sysplus-int.example", (180, 2008)),
    company("ТОО «Степь Автоматика»", Partner, (KZ, "Астана"), INTEGRATOR, "steppe-auto.example", (70, 2014)),
    company("Ordant Automation SE", Competitor, (DE, "Stuttgart"), AUTOMATION, "ordant.example", (12_000, 1967)),
    company("Fluxware Industrial Inc.", Competitor, (US, "Austin"), AUTOMATION, "fluxware.example", (2600, 2003)),
    company("Presidium Controls Ltd", Competitor, (GB, "Reading"), AUTOMATION, "presidium.example", (900, 1991)),
    company("ООО «Контур Автоматизации»", Competitor, (RU, "Москва"), AUTOMATION, "kontur-avto.example", (450, 2001)),
    company("АО «ПромЛогика»", Competitor, (RU, "Санкт-Петербург"), AUTOMATION, "promlogika.example", (780, 1994)),
];
