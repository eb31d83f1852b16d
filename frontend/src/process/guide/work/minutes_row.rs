use etalon_domain::process::{MinutesItem, Side};
use leptos::prelude::*;

use crate::i18n::{arguments, t, t_with, words};
use crate::ui::{Form, IconButton, icon};

/// One agreement: what, who, until when.
pub(super) fn row(form: Form<Vec<MinutesItem>>, at: usize) -> AnyView {
    let read = move |part: fn(&MinutesItem) -> String| {
        Memo::new(move |_| {
            form.draft
                .with(|items| items.get(at).map(part))
                .unwrap_or_default()
        })
    };
    let write = move |change: &dyn Fn(&mut MinutesItem)| {
        form.errors.set(Vec::new());
        form.draft.update(|items| {
            if let Some(item) = items.get_mut(at) {
                change(item);
            }
        });
    };
    let text = read(|item| item.text.clone());
    let side = read(|item| item.side.to_string());
    let due = read(|item| item.due_on.map(|day| day.to_string()).unwrap_or_default());
    let label = |id: &str| t_with(id, &arguments! { "number" => (at + 1) as i64 });
    let field = format!("items.{at}.text");
    let is_wrong = move || {
        let wrong = form
            .errors
            .with(|all| all.iter().any(|error| error.field == field));
        wrong.then_some("true")
    };
    let sides = Side::ALL
        .iter()
        .map(|each| {
            let value = each.as_str();
            view! {
                <option value=value selected=move || side.with(|side| side == value)>
                    {words::word("side", value)}
                </option>
            }
        })
        .collect_view();
    let remove = move |()| {
        form.draft.update(|items| {
            if at < items.len() {
                items.remove(at);
            }
        });
    };
    view! {
        <li class="minutes-item">
            <textarea
                id=format!("{}-{at}", form.id_of("items"))
                class="textarea"
                rows="1"
                aria-label=label("work-item-text")
                aria-invalid=is_wrong
                placeholder=t("work-item-placeholder")
                prop:value=move || text.get()
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    write(&move |item| item.text.clone_from(&typed));
                }
            ></textarea>
            <select
                class="select"
                aria-label=label("work-item-side")
                prop:value=move || side.get()
                on:change=move |event| {
                    if let Ok(side) = event_target_value(&event).parse::<Side>() {
                        write(&move |item| item.side = side);
                    }
                }
            >
                {sides}
            </select>
            <input
                type="date"
                class="input"
                aria-label=label("work-item-due")
                prop:value=move || due.get()
                on:change=move |event| {
                    let day = event_target_value(&event).parse().ok();
                    write(&move |item| item.due_on = day);
                }
            />
            <IconButton label=label("work-item-remove") on_press=remove>
                {icon!("x")}
            </IconButton>
        </li>
    }
    .into_any()
}
