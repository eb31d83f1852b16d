use etalon_domain::endpoint::ListPosts;
use etalon_domain::page::PageQuery;
use etalon_domain::post::Post;
use leptos::prelude::*;

use crate::i18n::{arguments, format, t, t_with};
use crate::query::use_pages;
use crate::ui::{Button, Money, icon};

/// How many wins are shown before more are asked for.
const FIRST: u32 = 5;

/// What was won lately, by whom; for everybody to read. Nothing while there is none.
pub(super) fn wins() -> AnyView {
    let pages = use_pages(|cursor, _| ListPosts {
        query: PageQuery {
            limit: Some(FIRST),
            cursor,
        },
    });
    let has_any = move || pages.items.with(|items| !items.is_empty());
    view! {
        <Show when=has_any>
            <section class="card-box" aria-labelledby="wins-title">
                <h2 id="wins-title">{t("wins")}</h2>
                <ul class="wins">
                    <For
                        each=move || pages.items.get()
                        key=|post| post.id.clone()
                        children=|post| row(post)
                    />
                </ul>
                <Show when=move || pages.next.with(Option::is_some)>
                    <Button busy=pages.loading on_press=move |()| pages.more()>
                        {t("wins-more")}
                    </Button>
                </Show>
            </section>
        </Show>
    }
    .into_any()
}

fn row(post: Post) -> AnyView {
    let win = post.win;
    let under: Vec<_> = [
        Some(win.owner.name),
        win.account,
        win.beaten
            .map(|name| t_with("win-beaten", &arguments! { "name" => name })),
        Some(format::near_instant(post.created_at)),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <li class="win">
            {icon!("trophy")}
            <div class="min-w-0 flex-1">
                <p class="font-medium">{win.title}</p>
                <p class="text-soft">{under.join(" · ")}</p>
            </div>
            {win.amount.map(|value| view! { <Money value compact=true /> })}
        </li>
    }
    .into_any()
}
