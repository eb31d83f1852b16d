//! Stages as other systems name them.

use std::collections::{BTreeMap, HashMap};

use etalon_domain::stage::{Stage, Stages};
use etalon_domain::text::normalize_name;

/// Usual names of stages, normalized, by the code of ours: those of the default pipelines of the
/// common systems and what companies make of them.
const SYNONYMS: [(&str, &[&str]); 11] = [
    (
        "potential",
        &[
            "prospecting",
            "prospect",
            "new",
            "newdeal",
            "newlead",
            "leadin",
            "lead",
            "open",
            "qualification",
            "qualify",
            "qualified",
            "qualifiedtobuy",
            "unsorted",
            "incoming",
            "новая",
            "новый",
            "новаязаявка",
            "новаясделка",
            "новыйлид",
            "неразобранное",
            "первичныйконтакт",
            "заявка",
            "квалификация",
            "лид",
            "потенциал",
        ],
    ),
    (
        "needs",
        &[
            "engaging",
            "engaged",
            "discovery",
            "needs",
            "needsanalysis",
            "needsassessment",
            "contactmade",
            "contacted",
            "valueproposition",
            "analysis",
            "выявлениепотребностей",
            "анализпотребностей",
            "потребности",
            "контактустановлен",
            "взятовработу",
        ],
    ),
    (
        "presentation",
        &[
            "presentation",
            "demo",
            "demoscheduled",
            "demonstration",
            "meetingscheduled",
            "appointmentscheduled",
            "presentationscheduled",
            "meeting",
            "презентация",
            "демо",
            "демонстрация",
            "встреча",
            "встречаназначена",
        ],
    ),
    (
        "key_contacts",
        &[
            "keycontacts",
            "decisionmaker",
            "decisionmakers",
            "iddecisionmakers",
            "decisionmakerboughtin",
            "perceptionanalysis",
            "лпр",
            "выходналпр",
            "ключевыеконтакты",
            "принимаютрешение",
        ],
    ),
    (
        "proposal",
        &[
            "proposal",
            "proposalmade",
            "proposalsent",
            "proposalpricequote",
            "quote",
            "quotesent",
            "pricequote",
            "calculation",
            "offer",
            "кп",
            "кпотправлено",
            "предложение",
            "коммерческоепредложение",
            "предложениеотправлено",
            "расчет",
            "подготовкакп",
        ],
    ),
    (
        "negotiation",
        &[
            "negotiation",
            "negotiations",
            "negotiationreview",
            "negotiationsstarted",
            "negotiating",
            "переговоры",
            "согласование",
            "согласованиеусловий",
        ],
    ),
    (
        "contracting",
        &[
            "contracting",
            "contract",
            "contractsent",
            "contractsigning",
            "legal",
            "договор",
            "контракт",
            "контрактация",
            "согласованиедоговора",
            "подписаниедоговора",
            "договорнаподписании",
        ],
    ),
    (
        "won",
        &[
            "won",
            "closedwon",
            "closewon",
            "dealwon",
            "win",
            "success",
            "successful",
            "успешно",
            "победа",
            "выиграна",
            "выиграно",
            "успешнореализовано",
            "сделкауспешна",
            "успешнозавершена",
            "продажа",
            "реализовано",
        ],
    ),
    (
        "lost",
        &[
            "lost",
            "closedlost",
            "closelost",
            "deallost",
            "lose",
            "fail",
            "failed",
            "проиграно",
            "проиграна",
            "проигрыш",
            "закрытоинереализовано",
            "сделкапровалена",
            "провал",
            "нереализовано",
            "отказклиента",
        ],
    ),
    (
        "rejected",
        &[
            "rejected",
            "disqualified",
            "nogo",
            "rejectedbyus",
            "отказотучастия",
            "отклоненанами",
            "дисквалифицирована",
        ],
    ),
    (
        "rerouted",
        &[
            "rerouted",
            "transferred",
            "handedover",
            "передана",
            "передано",
        ],
    ),
];

/// Finds the stage that a text means.
#[derive(Clone, Debug)]
pub struct StageNames {
    stages: Stages,
    codes: HashMap<String, String>,
}

impl StageNames {
    /// Knows, from weak to strong: the usual names, the names and codes of the stages of the process,
    /// and the mapping by hand. Usual names and mappings lead only to stages that the process has.
    #[must_use]
    pub fn new(stages: Stages, by_hand: &BTreeMap<String, String>) -> Self {
        let mut codes = HashMap::new();
        let known = |code: &str| stages.get(code).is_some();
        for (code, names) in SYNONYMS {
            if known(code) {
                codes.extend(names.iter().map(|n| ((*n).to_owned(), code.to_owned())));
            }
        }
        for stage in stages.all() {
            for name in [&stage.name_en, &stage.name_ru, &stage.code] {
                codes.insert(normalize_name(name), stage.code.clone());
            }
        }
        for (name, code) in by_hand {
            if known(code) {
                codes.insert(normalize_name(name), code.clone());
            }
        }
        Self { stages, codes }
    }

    /// The code of the stage that a text means.
    #[must_use]
    pub fn code(&self, text: &str) -> Option<&str> {
        let name = normalize_name(text);
        self.codes.get(&name).map(String::as_str)
    }

    /// Whether deals in a stage are in work.
    #[must_use]
    pub fn is_open(&self, code: &str) -> bool {
        self.stages.get(code).is_some_and(Stage::is_open)
    }

    /// The code of the stage in which deals begin.
    #[must_use]
    pub fn first(&self) -> &str {
        self.stages.first().map_or("", |stage| &stage.code)
    }

    /// The code of the stage in which work with a client begins: the second of the process.
    #[must_use]
    pub fn engaged(&self) -> Option<&str> {
        self.stages.open().nth(1).map(|stage| stage.code.as_str())
    }

    /// The stages of the process.
    #[must_use]
    pub fn stages(&self) -> &Stages {
        &self.stages
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use etalon_domain::stage::reference;

    #[test]
    fn usual_names_lead_to_our_stages() {
        let names = StageNames::new(reference(), &BTreeMap::new());
        for (text, code) in [
            ("Prospecting", "potential"),
            ("Engaging", "needs"),
            ("Closed Won", "won"),
            ("closedlost", "lost"),
            ("Proposal/Price Quote", "proposal"),
            ("Id. Decision Makers", "key_contacts"),
            ("КП отправлено", "proposal"),
            ("Успешно реализовано", "won"),
            ("Контрактация", "contracting"),
            ("key_contacts", "key_contacts"),
        ] {
            assert_eq!(names.code(text), Some(code), "{text}");
        }
        assert_eq!(names.code("On the moon"), None);
    }

    #[test]
    fn work_begins_in_the_second_stage_of_any_process() {
        let engaged = |stages: Vec<Stage>| {
            let names = StageNames::new(Stages::new(stages), &BTreeMap::new());
            names.engaged().map(str::to_owned)
        };
        let all = reference().all().to_vec();
        assert_eq!(engaged(all.clone()).as_deref(), Some("needs"));
        let mut other = all.clone();
        other.retain(|stage| stage.code != "needs");
        assert_eq!(engaged(other).as_deref(), Some("presentation"));
        assert_eq!(engaged(vec![all[0].clone()]), None);
    }

    #[test]
    fn a_mapping_by_hand_wins_and_must_lead_somewhere() {
        let by_hand = BTreeMap::from([
            ("On the moon".to_owned(), "contracting".to_owned()),
            ("Engaging".to_owned(), "presentation".to_owned()),
            ("Nowhere".to_owned(), "no_such_stage".to_owned()),
        ]);
        let names = StageNames::new(reference(), &by_hand);
        assert_eq!(names.code("ON THE MOON"), Some("contracting"));
        assert_eq!(names.code("engaging"), Some("presentation"));
        assert_eq!(names.code("Nowhere"), None);
    }

    #[test]
    fn every_usual_name_is_normalized_and_stands_once() {
        let mut seen = std::collections::HashSet::new();
        for name in SYNONYMS.iter().flat_map(|(_, names)| *names) {
            assert_eq!(*name, normalize_name(name));
            assert!(seen.insert(*name), "{name}");
        }
    }
}
