use etalon_domain::endpoint::{GetProcessVersion, ListProcesses};
use etalon_domain::id::ProcessVersionId;
use etalon_domain::process::NeedType;
use leptos::prelude::*;

use crate::i18n::{language, t};
use crate::query::use_query;
use crate::ui::Choice;

/// The types of need of a process; none until the server has answered.
#[derive(Clone, Copy)]
pub struct NeedTypes(Memo<Vec<NeedType>>);

/// The types of need of the process that a deal follows.
pub fn use_need_types_of(version: &ProcessVersionId) -> NeedTypes {
    let id = version.to_string();
    read(Memo::new(move |_| Some(id.clone())))
}

/// The types of need that leads and new deals may have: those of the usual process.
pub fn use_need_types() -> NeedTypes {
    let processes = use_query(|| Some(ListProcesses {}));
    let version = Memo::new(move |_| {
        let all = processes.data.get()?.items;
        let usual = all.into_iter().find(|process| process.is_default)?;
        Some(usual.current_version_id?.to_string())
    });
    read(version)
}

fn read(version: Memo<Option<String>>) -> NeedTypes {
    let found = use_query(move || Some(GetProcessVersion { id: version.get()? }));
    NeedTypes(Memo::new(move |_| {
        let version = found.data.get();
        version
            .map(|version| version.definition.need_types)
            .unwrap_or_default()
    }))
}

impl NeedTypes {
    /// The name of a type by its code; a code that is none stays as it is. Tracked.
    pub fn name_of(&self, code: &str) -> String {
        self.0.with(|all| {
            let known = all.iter().find(|each| each.code.eq_ignore_ascii_case(code));
            known.map_or_else(|| code.to_owned(), name)
        })
    }

    /// All types to choose from, none, and `present` when it is none of them.
    pub fn choices(&self, present: Signal<String>) -> Signal<Vec<Choice>> {
        let all = self.0;
        // What was typed before there were types stays to be chosen.
        let first = present.get_untracked();
        Signal::derive(move || {
            let mut choices = vec![Choice::new("", t("not-set"))];
            all.with(|all| {
                let known = all
                    .iter()
                    .map(|each| Choice::new(each.code.clone(), name(each)));
                choices.extend(known);
                let is_known = all.iter().any(|each| each.code == first);
                if !first.is_empty() && !is_known {
                    choices.push(Choice::new(first.clone(), first.clone()));
                }
            });
            choices
        })
    }
}

fn name(each: &NeedType) -> String {
    each.name.in_language(language()).to_owned()
}
