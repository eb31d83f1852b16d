//! Headers of the exports of the usual systems, in English and Russian, the surest first.

use etalon_domain::import::{ImportField, ImportKind};

/// Fields and the headers that mean them, separated by `|`.
type Synonyms = &'static [(ImportField, &'static str)];

use ImportField as F;

pub(super) const fn of_kind(kind: ImportKind) -> Synonyms {
    match kind {
        ImportKind::People => PEOPLE,
        ImportKind::Products => PRODUCTS,
        ImportKind::Accounts => ACCOUNTS,
        ImportKind::Contacts => CONTACTS,
        ImportKind::Leads => LEADS,
        ImportKind::Deals => DEALS,
        ImportKind::Unknown => &[],
    }
}

const PEOPLE: Synonyms = &[
    (
        F::ExternalId,
        "user id | employee id | record id | id | ID пользователя | ID сотрудника | \
         Табельный номер",
    ),
    (
        F::Name,
        "sales agent | name | full name | user | user name | employee | agent | salesperson | \
         sales rep | ФИО | Имя | Сотрудник | Менеджер | Пользователь | Продавец",
    ),
    (F::FirstName, "first name | given name"),
    (F::LastName, "last name | surname | family name | Фамилия"),
    (
        F::Email,
        "email | e-mail | email address | login | Почта | Электронная почта | Эл. почта | Логин",
    ),
    (
        F::Role,
        "role | user role | profile | job title | title | position | Роль | Должность | Права",
    ),
    (
        F::Active,
        "active | is active | enabled | status | Активен | Статус | Активность",
    ),
    (
        F::Manager,
        "manager | manager name | head | supervisor | team lead | reports to | Руководитель | \
         Начальник | Директор",
    ),
    (
        F::ManagerExternalId,
        "manager id | head id | reports to id | ID руководителя",
    ),
    (
        F::Department,
        "department | regional office | office | region | team | group | division | Отдел | \
         Подразделение | Департамент | Группа | Офис | Регион | Филиал",
    ),
];

const PRODUCTS: Synonyms = &[
    (
        F::ExternalId,
        "product id | record id | id | sku | product code | code | article | ID товара | \
         Артикул | Код | Код товара",
    ),
    (
        F::Name,
        "product | product name | name | title | item | Товар | Название | Наименование | \
         Название товара | Продукт | Номенклатура",
    ),
    (
        F::Category,
        "series | category | product family | family | group | product line | Категория | \
         Серия | Раздел | Группа | Вид номенклатуры",
    ),
    (
        F::Price,
        "sales price | price | list price | unit price | Цена | Цена продажи | Стоимость",
    ),
    (F::Currency, "currency | currency code | Валюта"),
    (
        F::Active,
        "active | is active | Активен | Активность | Активный",
    ),
];

const ACCOUNTS: Synonyms = &[
    (
        F::ExternalId,
        "account id | company id | organization id | record id | id | ID компании | ID клиента | \
         ID контрагента | ИД",
    ),
    (
        F::Name,
        "account | account name | company name | organization name | organization - name | \
         name | company | organization | customer | client | Название компании | Компания | \
         Название | Наименование | Организация | Контрагент | Клиент",
    ),
    (
        F::AccountKind,
        "account type | company type | kind | type | relationship | Тип компании | Тип | \
         Тип клиента | Тип контрагента",
    ),
    (
        F::TaxNumber,
        "tax number | tax id | vat number | vat id | vat | inn | ИНН | УНП | БИН",
    ),
    (
        F::Industry,
        "industry | sector | branch | Отрасль | Сфера деятельности | Сфера | Индустрия",
    ),
    (
        F::Website,
        "website | web site | site | url | domain | company domain name | Сайт | Веб-сайт | Web",
    ),
    (
        F::Phone,
        "phone | phone number | main phone | telephone | work phone | Телефон | Рабочий телефон",
    ),
    (
        F::Email,
        "email | e-mail | email address | Почта | Электронная почта | Рабочий e-mail | \
         Рабочий email",
    ),
    (
        F::Country,
        "country | country/region | office location | location | billing country | \
         billing country/region | Страна | Расположение",
    ),
    (
        F::City,
        "city | town | billing city | Город | Населенный пункт",
    ),
    (
        F::Address,
        "address | street address | billing street | billing address | street | \
         organization - address | Адрес | Юридический адрес | Фактический адрес",
    ),
    (
        F::Employees,
        "employees | number of employees | no of employees | headcount | staff | Сотрудники | \
         Число сотрудников | Количество сотрудников | Кол-во сотрудников",
    ),
    (
        F::AnnualRevenue,
        "revenue | annual revenue | turnover | Выручка | Годовая выручка | Годовой оборот | \
         Оборот",
    ),
    (
        F::Currency,
        "currency | currency code | account currency | revenue currency | Валюта",
    ),
    (
        F::FoundedYear,
        "year established | founded | year founded | founded year | established | \
         Год основания | Основана",
    ),
    (
        F::Parent,
        "subsidiary of | parent account | parent company | parent | parent organization | \
         Головная компания | Материнская компания | Холдинг",
    ),
    (
        F::ParentExternalId,
        "parent account id | parent id | parent company id | ID головной компании",
    ),
    (
        F::Owner,
        "owner | account owner | company owner | organization - owner | responsible | \
         assigned to | Ответственный | Менеджер",
    ),
    (
        F::OwnerExternalId,
        "owner id | responsible id | manager id | responsible user id | assigned by id | \
         ID ответственного",
    ),
    (
        F::Description,
        "description | notes | comment | comments | about us | Описание | Комментарий | \
         Примечание | Заметки",
    ),
    (
        F::CreatedAt,
        "created at | create date | created date | created | date created | creation date | \
         organization created | Дата создания | Создан | Создана",
    ),
    (
        F::UpdatedAt,
        "updated at | last modified date | modified | updated | last updated | update time | \
         Дата изменения | Дата редактирования | Изменен | Изменена",
    ),
];

const CONTACTS: Synonyms = &[
    (
        F::ExternalId,
        "contact id | person id | record id | id | ID контакта | ИД",
    ),
    (
        F::Name,
        "name | full name | contact name | contact | person - name | person | ФИО | \
         Полное имя контакта | Контакт | Полное имя | Наименование | Контактное лицо",
    ),
    (F::FirstName, "first name | given name | Имя"),
    (F::LastName, "last name | surname | family name | Фамилия"),
    (
        F::Account,
        "account name | account | company | company name | associated company | organization | \
         person - organization | customer | Компания | Компания контакта | Организация | \
         Контрагент | Клиент | Название компании",
    ),
    (
        F::AccountExternalId,
        "account id | company id | associated company id | associated company ids | \
         organization id | ID компании",
    ),
    (
        F::Position,
        "position | job title | title | function | Должность",
    ),
    (
        F::Email,
        "email | e-mail | email address | work email | person - email | person - email - work | \
         Рабочий e-mail | Рабочий email | Почта | Электронная почта | E-mail рабочий",
    ),
    (
        F::Phone,
        "phone | phone number | mobile | mobile phone | mobile phone number | work phone | \
         business phone | person - phone | person - phone - work | Рабочий телефон | Телефон | \
         Мобильный телефон | Мобильный",
    ),
    (
        F::Owner,
        "owner | contact owner | person - owner | responsible | assigned to | Ответственный | \
         Менеджер",
    ),
    (
        F::OwnerExternalId,
        "owner id | responsible id | manager id | responsible user id | assigned by id | \
         ID ответственного",
    ),
    (
        F::Description,
        "description | notes | comment | comments | Описание | Комментарий | Примечание | \
         Заметки",
    ),
    (
        F::CreatedAt,
        "created at | create date | created date | created | date created | creation date | \
         person created | Дата создания | Дата создания контакта | Создан",
    ),
    (
        F::UpdatedAt,
        "updated at | last modified date | modified | updated | last updated | update time | \
         Дата изменения | Дата редактирования | Изменен",
    ),
];

const LEADS: Synonyms = &[
    (F::ExternalId, "lead id | record id | id | ID лида | ИД"),
    (
        F::Title,
        "lead name | lead title | lead | title | subject | topic | interest | Название лида | Лид | \
         Название | Тема | Интерес",
    ),
    (
        F::Account,
        "company | company name | account | account name | organization | lead company | \
         Компания | Название компании | Организация | Контрагент",
    ),
    (
        F::AccountExternalId,
        "company id | account id | organization id | ID компании",
    ),
    (
        F::Name,
        "contact name | full name | person | contact | name | ФИО | Контактное лицо | Контакт | \
         Полное имя | Контактное лицо лида",
    ),
    (F::FirstName, "first name | given name | Имя"),
    (F::LastName, "last name | surname | family name | Фамилия"),
    (
        F::Email,
        "email | e-mail | email address | work email | lead email | Почта | Электронная почта | \
         Рабочий e-mail | Рабочий email | E-mail рабочий",
    ),
    (
        F::Phone,
        "phone | phone number | mobile | mobile phone | work phone | business phone | Телефон | \
         Рабочий телефон | Мобильный телефон | Мобильный",
    ),
    (
        F::TaxNumber,
        "tax number | tax id | vat number | vat id | inn | ИНН | УНП | БИН",
    ),
    (
        F::Source,
        "lead source | source | original source | origin | channel | Источник лида | Источник | \
         Канал",
    ),
    (
        F::Owner,
        "lead owner | owner | responsible | assigned to | sales rep | manager | Ответственный | \
         Менеджер | Ответственный менеджер | Владелец",
    ),
    (
        F::OwnerExternalId,
        "owner id | lead owner id | responsible id | assigned by id | user id | manager id | \
         ID ответственного | ID менеджера",
    ),
    (
        F::Budget,
        "budget | client budget | amount | expected amount | opportunity amount | Бюджет | \
         Бюджет клиента | Возможная сумма | Сумма",
    ),
    (F::Currency, "currency | currency code | Валюта"),
    (
        F::Need,
        "need | needs | requirement | requirements | product interest | Потребность | \
         Потребности | Запрос",
    ),
    (
        F::DecisionOn,
        "decision date | decision on | purchase date | purchase timeframe | Дата решения | \
         Срок решения | Дата покупки",
    ),
    (
        F::Description,
        "message | description | comment | comments | notes | Сообщение | Описание | Комментарий | \
         Примечание",
    ),
    (
        F::CreatedAt,
        "created at | create date | created date | created | date created | lead created | \
         Дата создания | Создан | Дата поступления",
    ),
    (
        F::UpdatedAt,
        "updated at | modified | last modified | last modified date | date modified | \
         Дата изменения | Изменен",
    ),
];

const DEALS: Synonyms = &[
    (
        F::ExternalId,
        "opportunity id | deal id | deal - id | record id | id | opportunity number | \
         ID сделки | Номер сделки | ИД",
    ),
    (
        F::Title,
        "deal name | opportunity name | deal - title | deal title | title | name | opportunity | \
         deal | Название сделки | Сделка | Название | Наименование | Тема",
    ),
    (
        F::Stage,
        "deal stage | stage | stage id | stage name | opportunity stage | deal - stage | \
         sales stage | pipeline stage | Этап сделки | Этап | Стадия | Стадия сделки | \
         Статус сделки | status | deal - status | Статус",
    ),
    (
        F::Owner,
        "sales agent | deal owner | opportunity owner | owner | deal - owner | sales rep | \
         salesperson | agent | responsible | assigned to | manager | Ответственный | Менеджер | \
         Ответственный менеджер | Продавец | Владелец",
    ),
    (
        F::OwnerExternalId,
        "manager id | owner id | deal owner id | responsible id | responsible user id | \
         assigned by id | user id | ID ответственного | ID менеджера",
    ),
    (
        F::Account,
        "account | account name | company | company name | associated company | \
         primary associated company | organization | deal - organization | customer | client | \
         Компания | Клиент | Контрагент | Название компании | Заказчик | Организация",
    ),
    (
        F::AccountExternalId,
        "account id | company id | organization id | associated company id | \
         associated company ids | ID компании | ID клиента",
    ),
    (
        F::Contact,
        "contact | contact name | primary contact | associated contact | contact person | \
         deal - contact person | person | Основной контакт | Контакт | Контактное лицо | \
         Полное имя контакта",
    ),
    (
        F::ContactExternalId,
        "contact id | primary contact id | associated contact id | associated contact ids | \
         person id | ID контакта",
    ),
    (
        F::Product,
        "product | product name | item | Товар | Продукт | Продукция | Номенклатура",
    ),
    (
        F::ProductExternalId,
        "product id | sku | ID товара | Артикул",
    ),
    (
        F::Amount,
        "close value | amount | expected amount | deal - value | deal value | value | \
         deal amount | opportunity amount | sum | price | total | Сумма | Сумма сделки | \
         Бюджет | Бюджет сделки | Стоимость",
    ),
    (
        F::Currency,
        "currency | currency code | currency id | deal - currency | deal currency | \
         deal currency code | opportunity currency | Валюта | Валюта сделки",
    ),
    (F::Budget, "client budget | budget | Бюджет клиента"),
    (
        F::Probability,
        "probability | probability (%) | deal probability | deal - probability | \
         win probability | Вероятность | Вероятность, % | Вероятность сделки",
    ),
    (
        F::ExpectedCloseOn,
        "expected close date | deal - expected close date | expected close | \
         close date expected | forecast close date | Предполагаемая дата закрытия | \
         Ожидаемая дата закрытия | Плановая дата закрытия | Дата завершения (план)",
    ),
    (
        F::CreatedAt,
        "created at | create date | created date | created | date created | creation date | \
         deal created | deal - deal created | add time | Дата создания | Дата создания сделки | \
         Создана | Дата начала",
    ),
    (
        F::EngagedAt,
        "engage date | engaged at | engagement date | Дата начала работы",
    ),
    (
        F::UpdatedAt,
        "updated at | last modified date | modified | updated | last updated | \
         deal - update time | update time | Дата изменения | Дата редактирования | Изменена",
    ),
    (
        F::ClosedAt,
        "close date | closed at | closed date | won time | deal - won time | \
         deal - deal closed on | date closed | Дата закрытия | Дата завершения | Закрыта | \
         Фактическая дата закрытия",
    ),
    (
        F::CloseReason,
        "lost reason | deal - lost reason | close reason | closed lost reason | \
         closed won reason | loss reason | reason | Причина отказа | Причина закрытия | \
         Причина проигрыша",
    ),
    (
        F::Source,
        "source | lead source | deal source | original source | original source type | \
         deal - source | Источник | Источник сделки | Источник лида",
    ),
    (F::DealType, "deal type | sale type | Тип продажи"),
    (
        F::Category,
        "category | deal size | Категория | Размер сделки",
    ),
    (
        F::Need,
        "need | needs | requirement | description | next step | Потребность | Описание | \
         Комментарий",
    ),
    (F::DecisionOn, "decision date | decision on | Дата решения"),
];
