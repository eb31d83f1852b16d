use etalon_domain::department::{Department, DepartmentDraft};
use etalon_domain::endpoint::{Create, Departments};
use etalon_domain::error::validate;
use leptos::prelude::*;

use super::departments::KINDS;
use crate::api;
use crate::i18n::{arguments, t, t_with};
use crate::query::invalidate;
use crate::records::{Edited, edit_form};
use crate::ui::{
    Checkbox, Form, FormPanel, FormPlace, PickerField, PickerSource, TextField, toast,
};

/// The dialog of a new department.
#[component]
pub(super) fn NewDepartment(
    /// The department above it.
    parent: Option<Department>,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(DepartmentDraft {
        parent_id: parent.as_ref().map(|parent| parent.id.clone()),
        ..DepartmentDraft::default()
    });
    let submit = move |()| {
        let send = |draft| api::call(Create::<Departments>(draft));
        form.submit(validate, send, move |department: Department| {
            invalidate(KINDS);
            let name = department.name;
            toast::done(t_with("department-added", &arguments! { "name" => name }));
            on_close.run(());
        });
    };
    let parent = parent.map(|parent| parent.name);
    view! {
        <FormPanel
            title=t("department-new")
            form
            submit=t("department-add")
            on_submit=submit
            on_close
            place=FormPlace::Panel
        >
            {fields(form, parent)}
        </FormPanel>
    }
    .into_any()
}

/// The panel that renames or moves a department.
#[component]
pub(super) fn DepartmentEditor(
    /// The department.
    department: Department,
    /// Name of the one above it.
    parent: Option<String>,
    /// Leaves.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let form = Form::new(DepartmentDraft::from(&department));
    let done = move |_| {
        invalidate(KINDS);
        toast::done(t("saved"));
        on_close.run(());
    };
    let id = department.id.to_string();
    let Edited { submit, dialog } =
        edit_form::<Departments>(form, id, department.version, validate, done);
    view! {
        <FormPanel title=department.name form submit=t("save") on_submit=submit on_close>
            {fields(form, parent)}
        </FormPanel>
        {dialog}
    }
    .into_any()
}

fn fields(form: Form<DepartmentDraft>, parent: Option<String>) -> AnyView {
    form.call("parent_id", "field-parent-department");
    let name = form.field(
        "name",
        |d: &DepartmentDraft| d.name.clone(),
        |d, v| d.name = v,
    );
    let parent_id = form.field(
        "parent_id",
        |d: &DepartmentDraft| d.parent_id.as_ref().map(ToString::to_string),
        |d, v| d.parent_id = v.map(Into::into),
    );
    let shares = form.field(
        "share_deals",
        |d: &DepartmentDraft| d.share_deals,
        |d, v| d.share_deals = v,
    );
    view! {
        <TextField bound=name label=t("field-name") required=true autofocus=true />
        <PickerField
            bound=parent_id
            label=t("field-parent-department")
            source=PickerSource::Departments
            name=parent
            help=t("department-parent-help")
        />
        <Checkbox bound=shares label=t("field-share-deals") help=t("department-share-help") />
    }
    .into_any()
}
