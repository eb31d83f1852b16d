//! What e-mails say, in the reader's language.

use chrono::{DateTime, NaiveDate, Utc};
use etalon_domain::notification::{Notification, NotificationKind, NotificationSubject};
use etalon_domain::user::Language;
use etalon_persistence::notifications::Letter;
use etalon_persistence::zone::zone;

/// Subject and body of an e-mail.
pub(super) struct Text {
    pub(super) subject: String,
    pub(super) body: String,
}

/// What the e-mail about a notification says.
pub(super) fn of(letter: &Letter, public_url: &str) -> Text {
    let notification = &letter.notification;
    let title = (notification.subject.as_ref()).map_or("", |subject| subject.name.as_str());
    // A line break would end the header.
    let title = title.replace(['\r', '\n'], " ");
    let headline = headline(notification, letter.language);
    let subject = if notification.kind == NotificationKind::ActivitiesOverdue {
        headline
    } else {
        format!("{headline}: {title}")
    };
    let mut body = format!("{subject}\n");
    let about = [
        step_of(notification, letter.language),
        when(letter),
        deal_of(notification, letter.language),
    ];
    for line in about.into_iter().flatten() {
        body.push_str(&line);
        body.push('\n');
    }
    let link = format!("{public_url}{}", path_of(notification));
    let (open, settings) = match letter.language {
        Language::En => ("Open", "You can switch these e-mails off in your profile"),
        Language::Ru => ("Открыть", "Отключить такие письма можно в профиле"),
    };
    body.push_str(&format!(
        "\n{open}: {link}\n\n-- \n{settings}: {public_url}/settings\n"
    ));
    Text { subject, body }
}

fn headline(notification: &Notification, language: Language) -> String {
    let count = notification.data["count"].as_i64().unwrap_or(1);
    let en = match notification.kind {
        NotificationKind::Reminder => "Reminder",
        NotificationKind::ActivitiesOverdue => {
            return overdue(count, language);
        }
        NotificationKind::ActivityAssigned => "Planned for you",
        NotificationKind::LeadNew => "New lead",
        NotificationKind::LeadReturned => "A lead is back",
        NotificationKind::LeadConverted => "A lead became a deal",
        NotificationKind::DealAssigned => "A deal is yours now",
        NotificationKind::TeamJoined => "You are on the team of a deal",
        NotificationKind::TacticReview => "Look at the tactic again",
        NotificationKind::StepOverdue => "A step is overdue",
        NotificationKind::MinutesDue => "Send the minutes",
        NotificationKind::VisaWanted => "Your approval is wanted",
        NotificationKind::VisaDecided => "A decision on your document",
        NotificationKind::ProposalExpiring => "A proposal is about to expire",
        NotificationKind::DealWon => "A deal was won",
    };
    let ru = match notification.kind {
        NotificationKind::Reminder => "Напоминание",
        NotificationKind::ActivitiesOverdue => "",
        NotificationKind::ActivityAssigned => "Запланировано для вас",
        NotificationKind::LeadNew => "Новый лид",
        NotificationKind::LeadReturned => "Лид вернулся в работу",
        NotificationKind::LeadConverted => "Лид стал продажей",
        NotificationKind::DealAssigned => "Вам передана продажа",
        NotificationKind::TeamJoined => "Вы в команде продажи",
        NotificationKind::TacticReview => "Пора пересмотреть тактику",
        NotificationKind::StepOverdue => "Шаг просрочен",
        NotificationKind::MinutesDue => "Отправьте протокол встречи",
        NotificationKind::VisaWanted => "Нужна ваша виза",
        NotificationKind::VisaDecided => "Решение по вашему документу",
        NotificationKind::ProposalExpiring => "Заканчивается срок предложения",
        NotificationKind::DealWon => "Продажа выиграна",
    };
    match language {
        Language::En => en.to_owned(),
        Language::Ru => ru.to_owned(),
    }
}

fn overdue(count: i64, language: Language) -> String {
    match (language, count % 10, count % 100) {
        (Language::En, ..) if count == 1 => "1 activity is overdue".to_owned(),
        (Language::En, ..) => format!("{count} activities are overdue"),
        (Language::Ru, 1, tens) if tens != 11 => format!("{count} активность просрочена"),
        (Language::Ru, 2..=4, tens) if !(12..=14).contains(&tens) => {
            format!("{count} активности просрочены")
        }
        (Language::Ru, ..) => format!("{count} активностей просрочено"),
    }
}

/// When it is, in the reader's time zone.
fn when(letter: &Letter) -> Option<String> {
    let data = &letter.notification.data;
    let label = match letter.language {
        Language::En => "When",
        Language::Ru => "Когда",
    };
    if let Some(at) = data["starts_at"].as_str() {
        let at: DateTime<Utc> = at.parse().ok()?;
        let local = at.with_timezone(&zone(&letter.time_zone));
        return Some(format!("{label}: {}", local.format("%d.%m.%Y %H:%M")));
    }
    let day: NaiveDate = data["due_on"].as_str()?.parse().ok()?;
    Some(format!("{label}: {}", day.format("%d.%m.%Y")))
}

/// Which step of the process it is about.
fn step_of(notification: &Notification, language: Language) -> Option<String> {
    let step = notification.data["step"].as_str()?;
    Some(match language {
        Language::En => format!("Step: {step}"),
        Language::Ru => format!("Шаг: {step}"),
    })
}

fn deal_of(notification: &Notification, language: Language) -> Option<String> {
    let title = notification.data["deal_title"].as_str()?;
    Some(match language {
        Language::En => format!("Deal: {title}"),
        Language::Ru => format!("Продажа: {title}"),
    })
}

/// Where the app shows what a notification is about.
fn path_of(notification: &Notification) -> String {
    if notification.kind == NotificationKind::ActivitiesOverdue {
        return "/my-day".to_owned();
    }
    let id = notification.subject.as_ref().map_or("", |s| s.id.as_str());
    let deal = notification.data["deal_id"].as_str();
    match (notification.entity, deal) {
        (Some(NotificationSubject::Deal), _) => format!("/deals/{id}"),
        (Some(NotificationSubject::Lead), _) => format!("/leads/{id}"),
        (Some(NotificationSubject::Activity), _) => format!("/my-day?activity={id}"),
        (Some(NotificationSubject::Proposal), Some(deal)) => {
            format!("/deals/{deal}?tab=proposals")
        }
        _ => "/my-day".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_counts_as_russians_do() {
        let words = |count| overdue(count, Language::Ru);
        assert_eq!(words(1), "1 активность просрочена");
        assert_eq!(words(3), "3 активности просрочены");
        assert_eq!(words(11), "11 активностей просрочено");
        assert_eq!(words(12), "12 активностей просрочено");
        assert_eq!(words(21), "21 активность просрочена");
        assert_eq!(overdue(2, Language::En), "2 activities are overdue");
    }
}
