//! To what a column of a file can lead.

use super::ImportKind;

text_enum! {
    /// A field that a column fills. Fields of related records (`account`, `owner`) hold a name;
    /// those that end in `_external_id` hold an identifier of the source system.
    pub enum ImportField {
        /// Identifier in the source system.
        ExternalId = "external_id",
        /// Name.
        Name = "name",
        /// First name, when the name is in two columns.
        FirstName = "first_name",
        /// Last name, when the name is in two columns.
        LastName = "last_name",
        /// E-mail address.
        Email = "email",
        /// Phone.
        Phone = "phone",
        /// What a person may do.
        Role = "role",
        /// Whether a person or a product is in use.
        Active = "active",
        /// Head of a person.
        Manager = "manager",
        /// Head of a person, by identifier.
        ManagerExternalId = "manager_external_id",
        /// Department of a person.
        Department = "department",
        /// Series of a product, or size class of a deal.
        Category = "category",
        /// List price of a product.
        Price = "price",
        /// Currency of the amounts of the row.
        Currency = "currency",
        /// What an account is to us.
        AccountKind = "account_kind",
        /// Branch of business.
        Industry = "industry",
        /// Revenue of a year.
        AnnualRevenue = "annual_revenue",
        /// Number of employees.
        Employees = "employees",
        /// Year of foundation.
        FoundedYear = "founded_year",
        /// Country.
        Country = "country",
        /// City.
        City = "city",
        /// Postal address.
        Address = "address",
        /// Web site.
        Website = "website",
        /// Tax number.
        TaxNumber = "tax_number",
        /// Company that an account belongs to.
        Parent = "parent",
        /// Company that an account belongs to, by identifier.
        ParentExternalId = "parent_external_id",
        /// Notes.
        Description = "description",
        /// Position of a contact.
        Position = "position",
        /// Company of a contact or a deal.
        Account = "account",
        /// Company of a contact or a deal, by identifier.
        AccountExternalId = "account_external_id",
        /// Main contact of a deal.
        Contact = "contact",
        /// Main contact of a deal, by identifier.
        ContactExternalId = "contact_external_id",
        /// Owner.
        Owner = "owner",
        /// Owner, by identifier.
        OwnerExternalId = "owner_external_id",
        /// Product of a deal.
        Product = "product",
        /// Product of a deal, by identifier.
        ProductExternalId = "product_external_id",
        /// Title of a deal.
        Title = "title",
        /// Stage of a deal.
        Stage = "stage",
        /// Direct or through a partner.
        DealType = "deal_type",
        /// Where a deal comes from.
        Source = "source",
        /// What the client can spend.
        Budget = "budget",
        /// Sum of a deal.
        Amount = "amount",
        /// Probability in percent.
        Probability = "probability",
        /// Expected close date.
        ExpectedCloseOn = "expected_close_on",
        /// When the purchase is decided.
        DecisionOn = "decision_on",
        /// When the record was created.
        CreatedAt = "created_at",
        /// When work with the client began: creation, and entry into the needs analysis.
        EngagedAt = "engaged_at",
        /// When the record was last changed; decides between two rows with one identifier.
        UpdatedAt = "updated_at",
        /// When a deal was won or lost.
        ClosedAt = "closed_at",
        /// Why a deal was won or lost.
        CloseReason = "close_reason",
        /// What the client needs.
        Need = "need",
    }
}

impl ImportField {
    /// Whether its cells are amounts or other numbers, so that a decimal mark matters.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Price
                | Self::AnnualRevenue
                | Self::Employees
                | Self::FoundedYear
                | Self::Budget
                | Self::Amount
                | Self::Probability
        )
    }

    /// Whether its cells are amounts of money, so that a scale (thousands, millions) matters.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            Self::Price | Self::AnnualRevenue | Self::Budget | Self::Amount
        )
    }

    /// Whether its cells are dates, so that their order matters.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(
            self,
            Self::ExpectedCloseOn
                | Self::DecisionOn
                | Self::CreatedAt
                | Self::EngagedAt
                | Self::UpdatedAt
                | Self::ClosedAt
        )
    }
}

pub(super) const fn of_kind(kind: ImportKind) -> &'static [ImportField] {
    use ImportField as F;
    match kind {
        ImportKind::People => &[
            F::ExternalId,
            F::Name,
            F::FirstName,
            F::LastName,
            F::Email,
            F::Role,
            F::Active,
            F::Manager,
            F::ManagerExternalId,
            F::Department,
        ],
        ImportKind::Products => &[
            F::ExternalId,
            F::Name,
            F::Category,
            F::Price,
            F::Currency,
            F::Active,
        ],
        ImportKind::Accounts => &[
            F::ExternalId,
            F::Name,
            F::AccountKind,
            F::TaxNumber,
            F::Industry,
            F::Website,
            F::Phone,
            F::Email,
            F::Country,
            F::City,
            F::Address,
            F::Employees,
            F::AnnualRevenue,
            F::Currency,
            F::FoundedYear,
            F::Parent,
            F::ParentExternalId,
            F::Owner,
            F::OwnerExternalId,
            F::Description,
            F::CreatedAt,
            F::UpdatedAt,
        ],
        ImportKind::Contacts => &[
            F::ExternalId,
            F::Name,
            F::FirstName,
            F::LastName,
            F::Account,
            F::AccountExternalId,
            F::Position,
            F::Email,
            F::Phone,
            F::Owner,
            F::OwnerExternalId,
            F::Description,
            F::CreatedAt,
            F::UpdatedAt,
        ],
        ImportKind::Deals => &[
            F::ExternalId,
            F::Title,
            F::Stage,
            F::Owner,
            F::OwnerExternalId,
            F::Account,
            F::AccountExternalId,
            F::Contact,
            F::ContactExternalId,
            F::Product,
            F::ProductExternalId,
            F::Amount,
            F::Currency,
            F::Budget,
            F::Probability,
            F::ExpectedCloseOn,
            F::CreatedAt,
            F::EngagedAt,
            F::UpdatedAt,
            F::ClosedAt,
            F::CloseReason,
            F::Source,
            F::DealType,
            F::Category,
            F::Need,
            F::DecisionOn,
        ],
        ImportKind::Leads => &[
            F::ExternalId,
            F::Title,
            F::Account,
            F::AccountExternalId,
            F::Name,
            F::FirstName,
            F::LastName,
            F::Email,
            F::Phone,
            F::TaxNumber,
            F::Source,
            F::Owner,
            F::OwnerExternalId,
            F::Budget,
            F::Currency,
            F::Need,
            F::DecisionOn,
            F::Description,
            F::CreatedAt,
            F::UpdatedAt,
        ],
        ImportKind::Unknown => &[],
    }
}
