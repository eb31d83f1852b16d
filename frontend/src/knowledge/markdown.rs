//! Markdown as elements of the page. Nothing of a text becomes markup of its own: HTML stays text,
//! and links lead to web pages and mailboxes only.

use leptos::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag};

/// How deep elements may lie in each other; what lies deeper is text only.
const DEEPEST: usize = 24;

/// Where an element lies.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    in_table_head: bool,
}

/// A text in Markdown. Its headings begin below the title of the page.
pub(super) fn markdown(text: &str) -> AnyView {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut events = Parser::new_ext(text, options);
    let place = Place {
        depth: 0,
        in_table_head: false,
    };
    view! { <div class="prose-text">{inner(&mut events, place)}</div> }.into_any()
}

/// What lies before the end of the present element.
fn inner<'a>(events: &mut dyn Iterator<Item = Event<'a>>, place: Place) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut left_out = 0_usize;
    while let Some(event) = events.next() {
        views.push(match event {
            Event::End(_) if left_out > 0 => {
                left_out -= 1;
                continue;
            }
            Event::End(_) => break,
            Event::Start(_) if place.depth >= DEEPEST => {
                left_out += 1;
                continue;
            }
            Event::Start(tag) => element(tag, events, place),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                text.into_string().into_any()
            }
            Event::Code(text) => view! { <code>{text.into_string()}</code> }.into_any(),
            Event::SoftBreak => " ".into_any(),
            Event::HardBreak => view! { <br /> }.into_any(),
            Event::Rule => view! { <hr /> }.into_any(),
            Event::TaskListMarker(done) => if done { "☑ " } else { "☐ " }.into_any(),
            _ => continue,
        });
    }
    views
}

fn element<'a>(tag: Tag<'a>, events: &mut dyn Iterator<Item = Event<'a>>, place: Place) -> AnyView {
    let below = Place {
        depth: place.depth + 1,
        in_table_head: place.in_table_head || matches!(tag, Tag::TableHead),
    };
    let children = inner(events, below);
    match tag {
        Tag::Heading { level, .. } => match level {
            HeadingLevel::H1 => view! { <h2>{children}</h2> }.into_any(),
            HeadingLevel::H2 => view! { <h3>{children}</h3> }.into_any(),
            _ => view! { <h4>{children}</h4> }.into_any(),
        },
        Tag::BlockQuote(_) => view! { <blockquote>{children}</blockquote> }.into_any(),
        Tag::CodeBlock(_) => view! {
            <pre tabindex="0">
                <code>{children}</code>
            </pre>
        }
        .into_any(),
        Tag::List(None) => view! { <ul>{children}</ul> }.into_any(),
        Tag::List(Some(start)) => view! { <ol start=start.to_string()>{children}</ol> }.into_any(),
        Tag::Item => view! { <li>{children}</li> }.into_any(),
        Tag::Emphasis => view! { <em>{children}</em> }.into_any(),
        Tag::Strong => view! { <strong>{children}</strong> }.into_any(),
        Tag::Strikethrough => view! { <s>{children}</s> }.into_any(),
        Tag::Table(_) => view! {
            <div class="prose-table" tabindex="0">
                <table>{children}</table>
            </div>
        }
        .into_any(),
        Tag::TableHead => view! { <thead><tr>{children}</tr></thead> }.into_any(),
        Tag::TableRow => view! { <tr>{children}</tr> }.into_any(),
        Tag::TableCell if place.in_table_head => {
            view! { <th scope="col">{children}</th> }.into_any()
        }
        Tag::TableCell => view! { <td>{children}</td> }.into_any(),
        Tag::Link {
            link_type,
            dest_url,
            ..
        } => link(&address(link_type, &dest_url), children),
        // An image is only linked: it would tell its server who reads.
        Tag::Image { dest_url, .. } => link(&dest_url, children),
        _ => view! { <p>{children}</p> }.into_any(),
    }
}

fn address(kind: LinkType, destination: &str) -> String {
    match kind {
        LinkType::Email => format!("mailto:{destination}"),
        _ => destination.to_owned(),
    }
}

/// A link; without a text of its own it shows where it leads.
fn link(address: &str, children: Vec<AnyView>) -> AnyView {
    if !is_safe(address) {
        return view! { <span>{children}</span> }.into_any();
    }
    let shown = if children.is_empty() {
        address.to_owned().into_any()
    } else {
        children.into_any()
    };
    view! {
        <a href=address.to_owned() target="_blank" rel="noopener noreferrer nofollow">
            {shown}
        </a>
    }
    .into_any()
}

/// Whether a link leads to a web page or a mailbox. Other schemes could act, and relative addresses
/// would lead into the app.
fn is_safe(address: &str) -> bool {
    let scheme = address
        .split_once(':')
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::LinkType;

    use super::{address, is_safe};

    #[test]
    fn links_lead_to_pages_and_mailboxes_only() {
        for good in [
            "https://example.com/a:b",
            "HTTP://example.com",
            "mailto:a@b.c",
        ] {
            assert!(is_safe(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " javascript:x",
            "data:text/html,x",
            "/deals",
            "vbscript:x",
            "",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
    }

    #[test]
    fn a_bare_mailbox_is_written_to() {
        assert_eq!(address(LinkType::Email, "a@b.c"), "mailto:a@b.c");
        assert_eq!(address(LinkType::Inline, "/deals"), "/deals");
    }
}
