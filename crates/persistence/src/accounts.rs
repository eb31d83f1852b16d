//! Accounts: one shared base that everybody who signs in sees.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use etalon_domain::account::{Account, AccountDraft, AccountFilter, AccountSort};
use etalon_domain::error::{ErrorCode, FieldError, validate};
use etalon_domain::event::{EventKind, diff, initial};
use etalon_domain::id::{AccountId, ImportId, UserId};
use etalon_domain::page::{Page, Sort, Totals};
use etalon_domain::policy::{Actor, Reach, may_delete_base, may_edit_base};
use etalon_domain::record::{Origin, RecordCommand};
use etalon_domain::text::{non_empty, normalize_name};
use etalon_domain::time::{from_naive, to_naive};

use crate::connection::Tx;
use crate::context::{Context, new_id};
use crate::deals::row::{fold_lines, money, search_text as deal_search_text};
use crate::error::Result;
use crate::page::{decode, encode, keyset, limit};
use crate::portable::{backend, search, search_in};
use crate::record::{name_change, note, refuse_invalid, refuse_stale};
use crate::schema::{accounts, contacts, deals, users};
use crate::timeline::Entity;

use alias::parents;

mod alias {
    use crate::schema::accounts;

    diesel::alias!(accounts as parents: Parents);
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = accounts, treat_none_as_null = true)]
struct Values {
    id: String,
    name: String,
    name_key: String,
    search_text: String,
    kind: String,
    tax_number: Option<String>,
    industry: Option<String>,
    website: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    country: Option<String>,
    city: Option<String>,
    address: Option<String>,
    employees: Option<i64>,
    annual_revenue: Option<i64>,
    annual_revenue_currency: Option<String>,
    founded_year: Option<i32>,
    parent_id: Option<String>,
    owner_id: Option<String>,
    description: Option<String>,
    external_id: Option<String>,
    import_id: Option<String>,
    deleted_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    created_by: Option<String>,
    updated_at: NaiveDateTime,
    updated_by: Option<String>,
}

#[derive(Queryable)]
struct Row {
    values: Values,
    owner_name: Option<String>,
    parent_name: Option<String>,
}

macro_rules! joined {
    () => {
        accounts::table
            .left_join(users::table.on(users::id.nullable().eq(accounts::owner_id)))
            .left_join(
                parents.on(parents
                    .field(accounts::id)
                    .nullable()
                    .eq(accounts::parent_id)),
            )
            .select((
                Values::as_select(),
                users::name.nullable(),
                parents.field(accounts::name).nullable(),
            ))
            .into_boxed()
    };
}

impl Row {
    fn into_account(self) -> Result<Account> {
        let v = self.values;
        Ok(Account {
            id: AccountId::new(v.id),
            name: v.name,
            kind: v.kind.parse()?,
            tax_number: v.tax_number,
            industry: v.industry,
            website: v.website,
            phone: v.phone,
            email: v.email,
            country: v.country,
            city: v.city,
            address: v.address,
            employees: v.employees,
            annual_revenue: money(v.annual_revenue, v.annual_revenue_currency)?,
            founded_year: v.founded_year,
            parent_id: v.parent_id.map(AccountId::new),
            parent_name: self.parent_name,
            owner_id: v.owner_id.map(UserId::new),
            owner_name: self.owner_name,
            description: v.description,
            open_deals: 0,
            external_id: v.external_id,
            import_id: v.import_id.map(ImportId::new),
            deleted_at: v.deleted_at.map(from_naive),
            version: v.version,
            created_at: from_naive(v.created_at),
            updated_at: from_naive(v.updated_at),
        })
    }
}

/// A page of the accounts that the filter selects; the number of open deals counts those that the
/// reader may see.
///
/// # Errors
/// `invalid_fields` when a filter is not valid, or the database cannot be read.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, filter: &AccountFilter) -> Result<Page<Account>> {
    let wanted = limit(filter.limit)?;
    let sort = filter.sort.unwrap_or(Sort {
        field: AccountSort::Name,
        descending: false,
    });
    let order = sort.to_string();
    let cursor = filter.cursor.as_deref();
    let found = search(backend(tx.conn), "accounts", "seq", filter.q.as_deref());
    macro_rules! narrow {
        ($query:expr) => {{
            let mut query = $query;
            query = if filter.deleted == Some(true) {
                query.filter(accounts::deleted_at.is_not_null())
            } else {
                query.filter(accounts::deleted_at.is_null())
            };
            if !filter.kind.is_empty() {
                let kinds: Vec<&str> = filter.kind.0.iter().map(|k| k.as_str()).collect();
                query = query.filter(accounts::kind.eq_any(kinds));
            }
            if !filter.industry.is_empty() {
                query = query.filter(accounts::industry.eq_any(filter.industry.0.clone()));
            }
            if !filter.owner_id.is_empty() {
                let ids: Vec<&str> = filter.owner_id.0.iter().map(|id| id.as_str()).collect();
                query = query.filter(accounts::owner_id.eq_any(ids));
            }
            if let Some(parent) = &filter.parent_id {
                query = query.filter(accounts::parent_id.eq(parent.as_str()));
            }
            if let Some(import) = &filter.import_id {
                query = query.filter(accounts::import_id.eq(import.as_str()));
            }
            search_in!(query, &found)
        }};
    }
    macro_rules! by {
        ($type:ty, $column:expr, $value:expr) => {{
            let cursor = decode::<$type>(&order, cursor)?;
            let mut rows: Vec<Row> = keyset!(
                tx.conn,
                narrow!(joined!()),
                $column,
                accounts::id,
                cursor,
                sort.descending,
                wanted + 1
            );
            let more = rows.len() > wanted;
            rows.truncate(wanted);
            let value: fn(&Row) -> Option<$type> = $value;
            let next = rows
                .last()
                .filter(|_| more)
                .map(|row| encode(&order, value(row).as_ref(), &row.values.id));
            (rows, next)
        }};
    }
    let (rows, next_cursor) = match sort.field {
        AccountSort::Name => {
            by!(String, accounts::search_text, |r| Some(
                r.values.search_text.clone()
            ))
        }
        AccountSort::Industry => by!(String, accounts::industry, |r| r.values.industry.clone()),
        AccountSort::Country => by!(String, accounts::country, |r| r.values.country.clone()),
        AccountSort::Employees => by!(i64, accounts::employees, |r| r.values.employees),
        AccountSort::CreatedAt => {
            by!(NaiveDateTime, accounts::created_at, |r| Some(
                r.values.created_at
            ))
        }
        AccountSort::UpdatedAt => {
            by!(NaiveDateTime, accounts::updated_at, |r| Some(
                r.values.updated_at
            ))
        }
    };
    let totals = if filter.totals == Some(true) {
        let query = accounts::table
            .select(diesel::dsl::count_star())
            .into_boxed();
        Some(Totals {
            count: narrow!(query).first(tx.conn)?,
            amount: None,
            weighted: None,
            unconverted: 0,
            stages: Vec::new(),
        })
    } else {
        None
    };
    let mut items = rows
        .into_iter()
        .map(Row::into_account)
        .collect::<Result<Vec<_>>>()?;
    count_open_deals(tx, actor, &mut items)?;
    Ok(Page {
        items,
        next_cursor,
        totals,
    })
}

/// An account that is not in the bin.
///
/// # Errors
/// `not_found`.
pub fn get(tx: &mut Tx<'_>, actor: &Actor, id: &AccountId) -> Result<Account> {
    let account = load(tx, id)?
        .filter(|account| account.deleted_at.is_none())
        .ok_or(ErrorCode::NotFound)?;
    let mut items = vec![account];
    count_open_deals(tx, actor, &mut items)?;
    items.pop().ok_or_else(|| ErrorCode::NotFound.into())
}

/// The account with this identifier of another system, or else with this normalized name, that is
/// not in the bin. For imports.
///
/// # Errors
/// When the database cannot be read.
pub fn find(tx: &mut Tx<'_>, external_id: Option<&str>, name: &str) -> Result<Option<Account>> {
    let mut found: Option<String> = None;
    if let Some(external_id) = external_id {
        found = accounts::table
            .filter(accounts::external_id.eq(external_id))
            .select(accounts::id)
            .first(tx.conn)
            .optional()?;
    }
    if found.is_none() {
        found = accounts::table
            .filter(accounts::name_key.eq(normalize_name(name)))
            .filter(accounts::deleted_at.is_null())
            .order(accounts::seq)
            .select(accounts::id)
            .first(tx.conn)
            .optional()?;
    }
    match found {
        Some(id) => load(tx, &AccountId::new(id)),
        None => Ok(None),
    }
}

fn load(tx: &mut Tx<'_>, id: &AccountId) -> Result<Option<Account>> {
    joined!()
        .filter(accounts::id.eq(id.as_str()))
        .first::<Row>(tx.conn)
        .optional()?
        .map(Row::into_account)
        .transpose()
}

fn count_open_deals(tx: &mut Tx<'_>, actor: &Actor, items: &mut [Account]) -> Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = items.iter().map(|a| a.id.as_str()).collect();
    let mut query = deals::table
        .group_by(deals::account_id)
        .select((deals::account_id, diesel::dsl::count_star()))
        .filter(deals::account_id.eq_any(ids))
        .filter(deals::status.eq("open"))
        .filter(deals::deleted_at.is_null())
        .into_boxed();
    let own = deals::owner_id.eq(actor.user_id.as_str());
    match &actor.reach {
        Reach::All => {}
        Reach::Own => query = query.filter(own),
        Reach::Departments { departments } => {
            let visible: Vec<&str> = departments.iter().map(|d| d.as_str()).collect();
            query = query.filter(own.nullable().or(deals::department_id.eq_any(visible)));
        }
    }
    let counts: Vec<(Option<String>, i64)> = query.load(tx.conn)?;
    for item in items {
        let found = counts
            .iter()
            .find(|(id, _)| id.as_deref() == Some(item.id.as_str()));
        item.open_deals = found.map_or(0, |(_, count)| *count);
    }
    Ok(())
}

/// Carries out a command on an account: the only function that writes one.
///
/// # Errors
/// `not_found`, `forbidden`, `stale_version`, invalid fields, or that the database failed.
pub fn execute(
    tx: &mut Tx<'_>,
    context: &Context,
    id: Option<&AccountId>,
    expected_version: Option<i64>,
    command: &RecordCommand<AccountDraft>,
) -> Result<Account> {
    if let RecordCommand::Create { draft, origin } = command {
        return create(tx, context, draft, origin.as_ref());
    }
    let current = match id {
        Some(id) => load(tx, id)?,
        None => None,
    };
    let current = current.ok_or(ErrorCode::NotFound)?;
    if current.deleted_at.is_some() && !matches!(command, RecordCommand::Restore) {
        return Err(ErrorCode::NotFound.into());
    }
    let allowed = match command {
        RecordCommand::Delete | RecordCommand::Restore => {
            may_delete_base(&context.actor, current.owner_id.as_ref())
        }
        _ => may_edit_base(&context.actor),
    };
    if !allowed {
        return Err(ErrorCode::Forbidden.into());
    }
    refuse_stale(current.version, expected_version)?;
    match command {
        RecordCommand::Create { .. } => Err(ErrorCode::Internal.into()),
        RecordCommand::Edit(draft) => edit(tx, context, &current, draft),
        RecordCommand::Delete => mark(
            tx,
            context,
            &current,
            Some(to_naive(context.now)),
            EventKind::Deleted,
        ),
        RecordCommand::Restore if current.deleted_at.is_none() => Err(ErrorCode::NotDeleted.into()),
        RecordCommand::Restore => mark(tx, context, &current, None, EventKind::Restored),
    }
}

fn create(
    tx: &mut Tx<'_>,
    context: &Context,
    draft: &AccountDraft,
    origin: Option<&Origin>,
) -> Result<Account> {
    if !may_edit_base(&context.actor) {
        return Err(ErrorCode::Forbidden.into());
    }
    let draft = normalized(draft);
    check(tx, None, &draft)?;
    let by = Some(context.actor.user_id.as_str().to_owned());
    let values = Values {
        id: new_id(),
        external_id: origin.and_then(|o| o.external_id.clone()),
        import_id: origin.map(|o| o.import_id.as_str().to_owned()),
        version: 1,
        created_at: to_naive(context.now),
        created_by: by.clone(),
        updated_at: to_naive(context.now),
        updated_by: by,
        ..values_of(&draft)
    };
    diesel::insert_into(accounts::table)
        .values(&values)
        .execute(tx.conn)?;
    let account = load(tx, &AccountId::new(values.id))?.ok_or(ErrorCode::Internal)?;
    let mut changes = initial(&draft);
    name_change(
        &mut changes,
        "parent_id",
        None,
        account.parent_name.as_deref(),
    );
    name_change(
        &mut changes,
        "owner_id",
        None,
        account.owner_name.as_deref(),
    );
    note(
        tx.conn,
        context,
        Entity::Account,
        account.id.as_str(),
        EventKind::Created,
        &changes,
    )?;
    Ok(account)
}

fn edit(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Account,
    draft: &AccountDraft,
) -> Result<Account> {
    let draft = normalized(draft);
    check(tx, Some(current), &draft)?;
    let before = AccountDraft::from(current);
    let mut changes = diff(&before, &draft);
    if changes.is_empty() {
        return Ok(current.clone());
    }
    let values = Values {
        id: current.id.as_str().into(),
        external_id: current.external_id.clone(),
        import_id: current.import_id.as_ref().map(|id| id.as_str().into()),
        version: current.version + 1,
        created_at: to_naive(current.created_at),
        updated_at: to_naive(context.now),
        updated_by: Some(context.actor.user_id.as_str().into()),
        created_by: accounts::table
            .filter(accounts::id.eq(current.id.as_str()))
            .select(accounts::created_by)
            .first(tx.conn)?,
        ..values_of(&draft)
    };
    let row = accounts::table
        .filter(accounts::id.eq(current.id.as_str()))
        .filter(accounts::version.eq(current.version));
    if diesel::update(row).set(&values).execute(tx.conn)? == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    if current.name != draft.name {
        rename_in_search(tx, &current.id, &draft.name)?;
    }
    let account = load(tx, &current.id)?.ok_or(ErrorCode::Internal)?;
    name_change(
        &mut changes,
        "parent_id",
        current.parent_name.as_deref(),
        account.parent_name.as_deref(),
    );
    name_change(
        &mut changes,
        "owner_id",
        current.owner_name.as_deref(),
        account.owner_name.as_deref(),
    );
    note(
        tx.conn,
        context,
        Entity::Account,
        account.id.as_str(),
        EventKind::Updated,
        &changes,
    )?;
    Ok(account)
}

fn mark(
    tx: &mut Tx<'_>,
    context: &Context,
    current: &Account,
    deleted_at: Option<NaiveDateTime>,
    kind: EventKind,
) -> Result<Account> {
    let row = accounts::table
        .filter(accounts::id.eq(current.id.as_str()))
        .filter(accounts::version.eq(current.version));
    let changed = diesel::update(row)
        .set((
            accounts::deleted_at.eq(deleted_at),
            accounts::version.eq(current.version + 1),
            accounts::updated_at.eq(to_naive(context.now)),
            accounts::updated_by.eq(Some(context.actor.user_id.as_str())),
        ))
        .execute(tx.conn)?;
    if changed == 0 {
        return Err(ErrorCode::StaleVersion.into());
    }
    note(
        tx.conn,
        context,
        Entity::Account,
        current.id.as_str(),
        kind,
        &[],
    )?;
    load(tx, &current.id)?.ok_or_else(|| ErrorCode::Internal.into())
}

/// Writes the new name into the search texts of the account's deals and contacts.
fn rename_in_search(tx: &mut Tx<'_>, id: &AccountId, name: &str) -> Result<()> {
    let found: Vec<(i64, String)> = deals::table
        .filter(deals::account_id.eq(id.as_str()))
        .select((deals::number, deals::title))
        .load(tx.conn)?;
    for (number, title) in found {
        diesel::update(deals::table.filter(deals::number.eq(number)))
            .set(deals::search_text.eq(deal_search_text(&title, Some(name))))
            .execute(tx.conn)?;
    }
    let found: Vec<String> = contacts::table
        .filter(contacts::account_id.eq(id.as_str()))
        .select(contacts::id)
        .load(tx.conn)?;
    for contact in found {
        crate::contacts::refresh_search(tx, &contact, Some(name))?;
    }
    Ok(())
}

fn check(tx: &mut Tx<'_>, current: Option<&Account>, draft: &AccountDraft) -> Result<()> {
    let mut errors = validate(draft);
    if let Some(parent) = &draft.parent_id
        && current.is_none_or(|c| c.parent_id.as_ref() != Some(parent))
    {
        let found = load(tx, parent)?.filter(|a| a.deleted_at.is_none());
        if found.is_none() || current.is_some_and(|c| c.id == *parent) {
            errors.push(FieldError::unknown("parent_id"));
        }
    }
    if let Some(owner) = &draft.owner_id
        && current.is_none_or(|c| c.owner_id.as_ref() != Some(owner))
        && !crate::users::exists(tx, owner)?
    {
        errors.push(FieldError::unknown("owner_id"));
    }
    refuse_invalid(errors)
}

fn normalized(draft: &AccountDraft) -> AccountDraft {
    let d = draft.clone();
    AccountDraft {
        name: d.name.trim().to_owned(),
        tax_number: non_empty(d.tax_number),
        industry: non_empty(d.industry),
        website: non_empty(d.website),
        phone: non_empty(d.phone),
        email: non_empty(d.email),
        country: non_empty(d.country),
        city: non_empty(d.city),
        address: non_empty(d.address),
        description: non_empty(d.description),
        ..d
    }
}

fn values_of(draft: &AccountDraft) -> Values {
    let parts = [
        &draft.tax_number,
        &draft.website,
        &draft.phone,
        &draft.email,
        &draft.city,
    ];
    let mut words = vec![draft.name.as_str()];
    words.extend(parts.into_iter().flatten().map(String::as_str));
    Values {
        id: String::new(),
        name: draft.name.clone(),
        name_key: normalize_name(&draft.name),
        search_text: fold_lines(&words),
        kind: draft.kind.as_str().into(),
        tax_number: draft.tax_number.clone(),
        industry: draft.industry.clone(),
        website: draft.website.clone(),
        phone: draft.phone.clone(),
        email: draft.email.clone(),
        country: draft.country.clone(),
        city: draft.city.clone(),
        address: draft.address.clone(),
        employees: draft.employees,
        annual_revenue: draft.annual_revenue.map(|m| m.minor),
        annual_revenue_currency: draft.annual_revenue.map(|m| m.currency.code().into()),
        founded_year: draft.founded_year,
        parent_id: draft.parent_id.as_ref().map(|id| id.as_str().into()),
        owner_id: draft.owner_id.as_ref().map(|id| id.as_str().into()),
        description: draft.description.clone(),
        external_id: None,
        import_id: None,
        deleted_at: None,
        version: 0,
        created_at: NaiveDateTime::default(),
        created_by: None,
        updated_at: NaiveDateTime::default(),
        updated_by: None,
    }
}
