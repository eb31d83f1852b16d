use etalon_domain::deal::{Deal, DealCategory, DealDraft, DealType, ForecastCategory, Need};
use etalon_domain::endpoint::{Create, Deals, Replace};
use etalon_domain::error::{ErrorCode, validate};
use etalon_domain::id::{AccountId, ContactId, DepartmentId, ProductId, UserId};
use etalon_domain::policy;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::actions;
use super::conflict::{Conflict, ConflictDialog};
use crate::address::use_go;
use crate::api;
use crate::i18n::{arguments, t, t_with, words};
use crate::lazy::{Make, part};
use crate::process::{NeedTypes, use_need_types, use_need_types_of};
use crate::routes::paths;
use crate::session;
use crate::ui::{
    Bound, Choice, DateField, Form, FormPanel, MoneyField, NumberField, PickerField, PickerSource,
    SelectField, TextArea, TextField, dom, toast,
};

/// The panel of a new deal. Its code is fetched when it is first opened: the registry needs none of it.
#[component]
pub(super) fn DealPanel(
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    part(code(), on_close, move || on_close.run(()))
}

#[wasm_split(deal, wasm_split_path = ::leptos::wasm_split, fallible)]
fn code() -> Result<Make<Callback<()>>, SplitLoaderError> {
    Ok(new_deal)
}

fn new_deal(on_close: Callback<()>) -> AnyView {
    let me = session::me();
    let draft = DealDraft {
        owner_id: me.as_ref().map(|me| me.user.id.clone()),
        ..DealDraft::default()
    };
    let names = Names {
        owner: me.map(|me| me.user.name),
        ..Names::default()
    };
    let form = Form::new(draft);
    let go = use_go();
    let submit = move |()| {
        let send = |draft: DealDraft| api::call(Create::<Deals>(draft.normalized()));
        form.submit(check, send, move |deal: Deal| {
            actions::changed();
            toast::done(t_with("deal-created", &arguments! { "name" => deal.title }));
            go.replace(paths::deal(deal.id.as_str()));
        });
    };
    view! {
        <FormPanel title=t("create-deal") form submit=t("deal-create") on_submit=submit on_close>
            {fields(form, names, use_need_types(), true)}
        </FormPanel>
    }
    .into_any()
}

/// The panel that changes a deal. `focus` names the field to begin with.
#[component]
pub(super) fn DealEditor(
    /// The deal.
    deal: Deal,
    /// Name of the field to begin with.
    focus: String,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(DealDraft::from(&deal));
    let names = Names::of(&deal);
    let kinds = use_need_types_of(&deal.process_version_id);
    let title = t_with(
        "deal-edit-title",
        &arguments! { "number" => deal.number.clone() },
    );
    if !focus.is_empty() {
        let is_untyped = focus == "need" && deal.need.as_ref().is_some_and(|n| n.kind.is_none());
        let id = form.id_of(if is_untyped { "need.type" } else { &focus });
        request_animation_frame(move || {
            request_animation_frame(move || dom::focus(&id));
        });
    }
    let id = deal.id.to_string();
    let version = RwSignal::new(deal.version);
    let conflict = RwSignal::new(None::<Conflict<DealDraft>>);
    let base = DealDraft::from(&deal);
    let submit = Callback::new(move |()| {
        let id = id.clone();
        let send = move |draft: DealDraft| {
            api::call(Replace::<Deals> {
                id,
                version: Some(version.get_untracked()),
                draft: draft.normalized(),
            })
        };
        form.submit(check, send, move |_: Deal| {
            actions::changed();
            toast::done(t("saved"));
            on_close.run(());
        });
    });
    let deal_id = deal.id.to_string();
    Effect::new(move |_| {
        let is_stale = form
            .failure
            .with(|f| f.as_ref().is_some_and(|f| f.is(ErrorCode::StaleVersion)));
        if is_stale {
            let (id, base) = (deal_id.clone(), base.clone());
            leptos::task::spawn_local(async move {
                use etalon_domain::endpoint::GetRecord;
                if let Ok(theirs) = api::call(GetRecord::<Deals>::new(id)).await {
                    version.set(theirs.version);
                    let mine = form.draft.get_untracked();
                    let theirs = DealDraft::from(&theirs);
                    conflict.set(Some(Conflict::new(&base, &mine, &theirs)));
                }
            });
        }
    });
    view! {
        <FormPanel title form submit=t("save") on_submit=submit on_close>
            {fields(form, names, kinds, false)}
        </FormPanel>
        {move || {
            conflict
                .get()
                .map(|found| {
                    view! {
                        <ConflictDialog
                            conflict=found
                            on_choose=move |merged: DealDraft| {
                                conflict.set(None);
                                form.failure.set(None);
                                form.draft.set(merged);
                                submit.run(());
                            }
                            on_close=move |()| conflict.set(None)
                        />
                    }
                })
        }}
    }
}

fn check(draft: &DealDraft) -> Vec<etalon_domain::error::FieldError> {
    validate(&draft.clone().normalized())
}

/// The names of the records that a draft names by identifier.
#[derive(Clone, Default)]
struct Names {
    account: Option<String>,
    contact: Option<String>,
    owner: Option<String>,
    department: Option<String>,
    product: Option<String>,
}

impl Names {
    fn of(deal: &Deal) -> Self {
        Self {
            account: deal.account_name.clone(),
            contact: deal.contact_name.clone(),
            owner: Some(deal.owner_name.clone()),
            department: deal.department_name.clone(),
            product: deal.product_name.clone(),
        }
    }
}

fn fields(form: Form<DealDraft>, names: Names, kinds: NeedTypes, is_new: bool) -> AnyView {
    let title = form.field("title", |d: &DealDraft| d.title.clone(), |d, v| d.title = v);
    let account = id_field(
        form,
        "account_id",
        |d| d.account_id.as_ref().map(AccountId::to_string),
        |d, v| {
            d.account_id = v.map(AccountId::from);
        },
    );
    let contact = id_field(
        form,
        "contact_id",
        |d| d.contact_id.as_ref().map(ContactId::to_string),
        |d, v| {
            d.contact_id = v.map(ContactId::from);
        },
    );
    let product = id_field(
        form,
        "product_id",
        |d| d.product_id.as_ref().map(ProductId::to_string),
        |d, v| {
            d.product_id = v.map(ProductId::from);
        },
    );
    let of_account = account.get;
    let amount = form.field("amount", |d: &DealDraft| d.amount, |d, v| d.amount = v);
    let budget = form.field("budget", |d: &DealDraft| d.budget, |d, v| d.budget = v);
    let day =
        |name, get: fn(&DealDraft) -> Option<chrono::NaiveDate>, set| form.field(name, get, set);
    let expected = day(
        "expected_close_on",
        |d| d.expected_close_on,
        |d, v| d.expected_close_on = v,
    );
    let next_step = day(
        "next_step_on",
        |d| d.next_step_on,
        |d, v| d.next_step_on = v,
    );
    let source = form.optional_text("source", |d| &d.source, |d, v| d.source = v);
    view! {
        <TextField bound=title label=t("field-title") help=t("deal-title-help") required=true autofocus=is_new />
        <PickerField bound=account label=t("field-account-id") source=PickerSource::Accounts name=names.account.clone() />
        <PickerField bound=contact label=t("field-contact-id") source=PickerSource::Contacts(of_account) name=names.contact.clone() />
        <div class="form-pair">
            <MoneyField bound=amount label=t("field-amount") />
            <DateField bound=expected label=t("field-expected-close-on") />
        </div>
        <div class="form-pair">
            <DateField bound=next_step label=t("field-next-step-on") />
            <TextField bound=source label=t("field-source") />
        </div>
        <PickerField bound=product label=t("field-product-id") source=PickerSource::Products name=names.product.clone() />
        {ownership(form, &names)}
        {qualification(form)}
        <MoneyField bound=budget label=t("field-budget") />
        {need(form, kinds)}
        {tactic(form)}
    }
    .into_any()
}

fn id_field(
    form: Form<DealDraft>,
    name: &'static str,
    get: fn(&DealDraft) -> Option<String>,
    set: fn(&mut DealDraft, Option<String>),
) -> Bound<Option<String>> {
    form.field(name, get, set)
}

/// Owner and department, for those who may give deals to others.
fn ownership(form: Form<DealDraft>, names: &Names) -> Option<AnyView> {
    session::may(policy::may_reassign).then(|| {
        let owner = id_field(form, "owner_id", |d| d.owner_id.as_ref().map(UserId::to_string), |d, v| {
            d.owner_id = v.map(UserId::from);
        });
        let department = id_field(
            form,
            "department_id",
            |d| d.department_id.as_ref().map(DepartmentId::to_string),
            |d, v| d.department_id = v.map(DepartmentId::from),
        );
        view! {
            <div class="form-pair">
                <PickerField bound=owner label=t("field-owner-id") source=PickerSource::Users name=names.owner.clone() />
                <PickerField bound=department label=t("field-department-id") source=PickerSource::Departments name=names.department.clone() />
            </div>
        }
        .into_any()
    })
}

fn qualification(form: Form<DealDraft>) -> AnyView {
    let kind = form.field(
        "deal_type",
        |d: &DealDraft| d.deal_type.unwrap_or(DealType::Direct).to_string(),
        |d, v| d.deal_type = v.parse().ok(),
    );
    let category = form.field(
        "category",
        |d: &DealDraft| d.category.map(|c| c.to_string()).unwrap_or_default(),
        |d, v| d.category = v.parse().ok(),
    );
    let probability = form.field(
        "probability",
        |d: &DealDraft| d.probability.map(i64::from),
        |d, v| d.probability = v.map(|n| i32::try_from(n).unwrap_or(i32::MAX)),
    );
    let forecast = form.field(
        "forecast_category",
        |d: &DealDraft| {
            d.forecast_category
                .map(|c| c.to_string())
                .unwrap_or_default()
        },
        |d, v| d.forecast_category = v.parse().ok(),
    );
    let decision = form.field(
        "decision_on",
        |d: &DealDraft| d.decision_on,
        |d, v| d.decision_on = v,
    );
    let types: Vec<Choice> = choices(DealType::ALL, words::deal_type, None);
    let sizes = choices(DealCategory::ALL, words::category, Some("not-set"));
    let lines = choices(
        ForecastCategory::ALL,
        words::forecast,
        Some("follows-stage"),
    );
    view! {
        <div class="form-pair">
            <SelectField bound=kind label=t("field-deal-type") choices=types />
            <SelectField bound=category label=t("field-category") choices=sizes />
        </div>
        <div class="form-pair">
            <NumberField bound=probability label=t("field-probability") unit="%" help=t("probability-help") />
            <SelectField bound=forecast label=t("field-forecast-category") choices=lines />
        </div>
        <DateField bound=decision label=t("field-decision-on") help=t("decision-help") />
    }
    .into_any()
}

fn choices<T: Copy + ToString>(
    all: &[T],
    name: fn(T) -> String,
    none: Option<&str>,
) -> Vec<Choice> {
    let none = none.map(|id| Choice::new("", t(id)));
    let rest = all
        .iter()
        .map(|each| Choice::new(each.to_string(), name(*each)));
    none.into_iter().chain(rest).collect()
}

fn need(form: Form<DealDraft>, kinds: NeedTypes) -> AnyView {
    let kind = form.field(
        "need.type",
        |d: &DealDraft| {
            d.need
                .as_ref()
                .and_then(|n| n.kind.clone())
                .unwrap_or_default()
        },
        |d, v| d.need.get_or_insert_with(Need::default).kind = Some(v).filter(|v| !v.is_empty()),
    );
    let text = form.field(
        "need",
        |d: &DealDraft| d.need.as_ref().map(|n| n.text.clone()).unwrap_or_default(),
        |d, v| d.need.get_or_insert_with(Need::default).text = v,
    );
    let kinds = kinds.choices(kind.get);
    view! {
        <SelectField bound=kind label=t("field-need-type") choices=kinds />
        <TextArea bound=text label=t("field-need") help=t("need-help") />
    }
    .into_any()
}

fn tactic(form: Form<DealDraft>) -> AnyView {
    let tactic = form.optional_text("tactic", |d| &d.tactic, |d, v| d.tactic = v);
    let strengths = form.optional_text(
        "own_strengths",
        |d| &d.own_strengths,
        |d, v| d.own_strengths = v,
    );
    let weaknesses = form.optional_text(
        "own_weaknesses",
        |d| &d.own_weaknesses,
        |d, v| d.own_weaknesses = v,
    );
    let review = form.field(
        "tactic_review_on",
        |d: &DealDraft| d.tactic_review_on,
        |d, v| d.tactic_review_on = v,
    );
    view! {
        <TextArea bound=tactic label=t("field-tactic") help=t("tactic-help") />
        <div class="form-pair">
            <TextArea bound=strengths label=t("field-own-strengths") />
            <TextArea bound=weaknesses label=t("field-own-weaknesses") />
        </div>
        <DateField bound=review label=t("field-tactic-review-on") />
    }
    .into_any()
}
