//! No text is missing in any language.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use etalon_domain::activity::{ActivityKind, ActivityStatus};
use etalon_domain::analytics::{
    FunnelMode, LeaderKind, LeaderMeasure, Preset, RowsPart, RowsReport, Step,
};
use etalon_domain::auth::DemoRole;
use etalon_domain::deal::{DealCategory, DealStatus, DealType, ForecastCategory};
use etalon_domain::error::{ErrorCode, FieldCode};
use etalon_domain::event::EventKind;
use etalon_domain::key_contact::DecisionRole;
use etalon_domain::lead::{BantItem, BantState, DisqualifyReason, LeadStatus, MatchReason};
use etalon_domain::material::{MaterialStatus, SuggestionReason};
use etalon_domain::notification::NotificationKind;
use etalon_domain::process::{DifferenceKind, REQUIRED_FIELDS, StepKind};
use etalon_domain::proposal::{ProposalChannel, ProposalStatus};
use etalon_domain::user::Role;
use etalon_domain::visa::VisaState;

fn files(below: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(below).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn texts(language: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for file in files(&root().join("locales").join(language), "ftl") {
        for line in fs::read_to_string(&file).unwrap().lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase())
                && let Some((id, _)) = line.split_once('=')
            {
                let is_new = ids.insert(id.trim().to_owned());
                assert!(
                    is_new,
                    "{} is there twice, also in {}",
                    id.trim(),
                    file.display()
                );
            }
        }
    }
    ids
}

#[test]
fn both_languages_have_the_same_texts() {
    let (english, russian) = (texts("en"), texts("ru"));
    let only: Vec<_> = english.symmetric_difference(&russian).collect();
    assert!(only.is_empty(), "in one language only: {only:?}");
}

#[test]
fn every_text_can_be_read() {
    for language in ["en", "ru"] {
        for file in files(&root().join("locales").join(language), "ftl") {
            let source = fs::read_to_string(&file).unwrap();
            let read = fluent_bundle::FluentResource::try_new(source);
            let errors = read.err().map(|(_, errors)| errors);
            assert_eq!(errors, None, "{}", file.display());
        }
    }
}

#[test]
fn every_text_that_the_sources_name_exists() {
    let known = texts("en");
    let mut missing = BTreeSet::new();
    for file in files(&root().join("src"), "rs") {
        let source = fs::read_to_string(&file).unwrap();
        for call in ["t(\"", "t_with(\"", "t_count(\""] {
            for (at, _) in source.match_indices(call) {
                let before = source[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let rest = &source[at + call.len()..];
                let id = rest.split('"').next().unwrap_or_default();
                let is_id = id
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
                if is_id && !id.is_empty() && !known.contains(id) {
                    missing.insert(format!("{id} ({})", file.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no such text: {missing:?}");
}

#[test]
fn every_word_of_the_domain_has_a_name() {
    let known = texts("en");
    let mut missing = Vec::new();
    let mut expect = |prefix: &str, words: Vec<&str>| {
        for word in words {
            let id = format!("{prefix}-{}", word.replace('_', "-"));
            if !known.contains(&id) {
                missing.push(id);
            }
        }
    };
    expect("error", ErrorCode::ALL.iter().map(|c| c.as_str()).collect());
    expect(
        "field-error",
        FieldCode::ALL.iter().map(|c| c.as_str()).collect(),
    );
    expect(
        "status",
        DealStatus::ALL.iter().map(|c| c.as_str()).collect(),
    );
    expect(
        "deal-type",
        DealType::ALL.iter().map(|c| c.as_str()).collect(),
    );
    expect(
        "category",
        DealCategory::ALL.iter().map(|c| c.as_str()).collect(),
    );
    expect(
        "forecast",
        ForecastCategory::ALL.iter().map(|c| c.as_str()).collect(),
    );
    expect("event", EventKind::ALL.iter().map(|c| c.as_str()).collect());
    expect(
        "my-day-ask",
        BantItem::ALL.iter().map(|i| i.as_str()).collect(),
    );
    expect(
        "activity-status",
        ActivityStatus::ALL.iter().map(|s| s.as_str()).collect(),
    );
    expect(
        "notification",
        NotificationKind::ALL.iter().map(|k| k.as_str()).collect(),
    );
    expect(
        "activity-kind",
        ActivityKind::ALL.iter().map(|k| k.as_str()).collect(),
    );
    expect("role", Role::ALL.iter().map(|c| c.as_str()).collect());
    expect(
        "demo-role",
        DemoRole::ALL.iter().map(|c| c.as_str()).collect(),
    );
    macro_rules! all {
        ($($prefix:literal => $words:ty),+ $(,)?) => { $(
            expect($prefix, <$words>::ALL.iter().map(|c| c.as_str()).collect());
        )+ };
    }
    all! {
        "lead-status" => LeadStatus,
        "bant" => BantItem,
        "bant-question" => BantItem,
        "bant-state" => BantState,
        "decision-role" => DecisionRole,
        "disqualify" => DisqualifyReason,
        "match" => MatchReason,
        "process-step-kind" => StepKind,
        "process-step-about" => StepKind,
        "process-difference-stage" => DifferenceKind,
        "process-difference-step" => DifferenceKind,
        "material-status" => MaterialStatus,
        "fits" => SuggestionReason,
        "preset" => Preset,
        "report" => RowsReport,
        "rows-part" => RowsPart,
        "step" => Step,
        "funnel-mode" => FunnelMode,
        "funnel-title" => FunnelMode,
        "funnel-definition" => FunnelMode,
        "leaders" => LeaderMeasure,
        "leaders-by" => LeaderKind,
    }
    expect(
        "proposal-status",
        ProposalStatus::ALL.iter().map(|c| c.as_str()).collect(),
    );
    expect(
        "visa-state",
        VisaState::ALL.iter().map(|c| c.as_str()).collect(),
    );
    expect(
        "channel",
        ProposalChannel::ALL.iter().map(|c| c.as_str()).collect(),
    );
    expect("field", REQUIRED_FIELDS.to_vec());
    let fields = etalon_domain::deal::expected_fields(i32::MAX);
    expect("field", fields.into_iter().map(|(name, _)| name).collect());
    assert!(missing.is_empty(), "no such text: {missing:?}");
}
