//! The address of the page as state: what it says after the question mark, and how to change it.

use etalon_domain::endpoint::{decode_component, encode_component};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// The decoded pairs of a query string.
pub fn pairs_of(search: &str) -> Vec<(String, String)> {
    search
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode_component(name), decode_component(value))
        })
        .collect()
}

/// The decoded pairs of the present address. Tracked.
pub fn use_pairs() -> Memo<Vec<(String, String)>> {
    let search = use_location().search;
    Memo::new(move |_| pairs_of(&search.get()))
}

/// The value of one name in the present address; `None` when it is not there. Tracked.
pub fn use_value(name: &'static str) -> Memo<Option<String>> {
    let pairs = use_pairs();
    Memo::new(move |_| pairs.with(|pairs| value_of(pairs, name).map(str::to_owned)))
}

/// What the address chooses under a name; the usual when it says nothing or nothing that is known.
pub fn use_choice<T>(name: &'static str, usual: T) -> Memo<T>
where
    T: std::str::FromStr + Copy + PartialEq + Send + Sync + 'static,
{
    let text = use_value(name);
    Memo::new(move |_| {
        let chosen = text.with(|text| text.as_deref()?.parse().ok());
        chosen.unwrap_or(usual)
    })
}

/// The value of a name among pairs.
pub fn value_of<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let pair = pairs.iter().find(|(known, _)| known == name)?;
    Some(&pair.1)
}

/// The present path with some values of its query string changed; `None` removes one.
pub fn href_with(
    path: &str,
    pairs: &[(String, String)],
    changes: &[(&str, Option<&str>)],
) -> String {
    let mut query = String::new();
    let mut add = |name: &str, value: &str| {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(&encode_component(name));
        query.push('=');
        query.push_str(&encode_component(value));
    };
    for (name, value) in pairs {
        if !changes.iter().any(|(changed, _)| changed == name) {
            add(name, value);
        }
    }
    for (name, value) in changes {
        if let Some(value) = value {
            add(name, value);
        }
    }
    format!("{path}{query}")
}

/// Goes to an address. `replace` leaves no step back.
#[derive(Clone, Copy)]
pub struct Go(Callback<(String, bool)>);

impl Go {
    /// Goes to an address, with a step back to this one.
    pub fn to(&self, href: impl Into<String>) {
        self.0.run((href.into(), false));
    }

    /// Puts another address in the place of this one.
    pub fn replace(&self, href: impl Into<String>) {
        self.0.run((href.into(), true));
    }
}

/// How to go to other addresses. To be called while a component is made.
pub fn use_go() -> Go {
    let navigate = use_navigate();
    Go(Callback::new(move |(href, replace): (String, bool)| {
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&href, options);
    }))
}

/// Changes values of the present address in place: for panels, tabs and filters that have their own
/// address.
#[derive(Clone, Copy)]
pub struct Changes {
    go: Go,
    path: Memo<String>,
    pairs: Memo<Vec<(String, String)>>,
}

impl Changes {
    /// The present address with changed values.
    pub fn href(&self, changes: &[(&str, Option<&str>)]) -> String {
        let pairs = self.pairs.get();
        href_with(&self.path.get(), &pairs, changes)
    }

    /// Goes to the present address with changed values.
    pub fn apply(&self, changes: &[(&str, Option<&str>)]) {
        let pairs = self.pairs.get_untracked();
        self.go
            .to(href_with(&self.path.get_untracked(), &pairs, changes));
    }
}

/// How to change the present address. To be called while a component is made.
pub fn use_changes() -> Changes {
    Changes {
        go: use_go(),
        path: use_location().pathname,
        pairs: use_pairs(),
    }
}
