//! Activities as a calendar of RFC 5545.

use chrono::{DateTime, NaiveDate, Utc};
use etalon_domain::activity::{Activity, ActivityStatus, Due};

/// The longest line, in bytes, without its end.
const LINE: usize = 75;

/// A calendar of activities by this name; links lead below the public address of the server.
#[must_use]
pub fn calendar(name: &str, activities: &[Activity], public_url: &str) -> String {
    let mut out = Lines(String::new());
    out.put("BEGIN:VCALENDAR");
    out.put("VERSION:2.0");
    out.put("PRODID:-//Etalon//Activities//EN");
    out.put("CALSCALE:GREGORIAN");
    out.put("METHOD:PUBLISH");
    out.text("X-WR-CALNAME", name);
    out.put("REFRESH-INTERVAL;VALUE=DURATION:PT15M");
    for activity in activities {
        event(&mut out, activity, public_url);
    }
    out.put("END:VCALENDAR");
    out.0
}

fn event(out: &mut Lines, activity: &Activity, public_url: &str) {
    let link = format!("{public_url}/my-day?activity={}", activity.id);
    out.put("BEGIN:VEVENT");
    out.put(&format!("UID:{}@etalon", activity.id));
    out.put(&format!("DTSTAMP:{}", instant(activity.updated_at)));
    out.put(&format!("CREATED:{}", instant(activity.created_at)));
    out.put(&format!("LAST-MODIFIED:{}", instant(activity.updated_at)));
    out.put(&format!("SEQUENCE:{}", activity.version - 1));
    match (activity.due(), activity.ends()) {
        (Due::At(start), Due::At(end)) => {
            out.put(&format!("DTSTART:{}", instant(start)));
            out.put(&format!("DTEND:{}", instant(end)));
        }
        (Due::Day(start), Due::Day(end)) => {
            out.put(&format!("DTSTART;VALUE=DATE:{}", day(start)));
            out.put(&format!("DTEND;VALUE=DATE:{}", day(end)));
            out.put("TRANSP:TRANSPARENT");
        }
        // An activity begins and ends in the same way.
        _ => {}
    }
    out.text("SUMMARY", &activity.title);
    let deal = (activity
        .deal_number
        .as_deref()
        .zip(activity.deal_title.as_deref()))
    .map(|(number, title)| format!("{number} {title}"));
    let about = [
        deal,
        activity.account_name.clone(),
        activity.note.clone(),
        activity.result.clone(),
        Some(link.clone()),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    out.text("DESCRIPTION", &about.join("\n"));
    out.put(&format!("URL:{link}"));
    out.put(&format!(
        "CATEGORIES:{}",
        activity.kind.as_str().to_uppercase()
    ));
    out.put(match activity.status {
        ActivityStatus::Cancelled => "STATUS:CANCELLED",
        ActivityStatus::Planned | ActivityStatus::Done => "STATUS:CONFIRMED",
    });
    if let (ActivityStatus::Planned, Some(at)) = (activity.status, activity.remind_at) {
        out.put("BEGIN:VALARM");
        out.put("ACTION:DISPLAY");
        out.put(&format!("TRIGGER;VALUE=DATE-TIME:{}", instant(at)));
        out.text("DESCRIPTION", &activity.title);
        out.put("END:VALARM");
    }
    out.put("END:VEVENT");
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn day(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// Lines of a calendar: folded, each ended by CR and LF.
struct Lines(String);

impl Lines {
    /// A property whose value is text.
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                c if c.is_control() => {}
                c => line.push(c),
            }
        }
        self.put(&line);
    }

    /// A line as it is, folded between characters, never within one.
    fn put(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(put: impl FnOnce(&mut Lines)) -> String {
        let mut out = Lines(String::new());
        put(&mut out);
        out.0
    }

    #[test]
    fn texts_are_escaped() {
        let found = lines(|out| out.text("SUMMARY", "a; b, c\\d\ne\r"));
        assert_eq!(found, "SUMMARY:a\\; b\\, c\\\\d\\ne\r\n");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let text = "Позвонить и узнать, кто принимает решение о новой линии".repeat(3);
        let found = lines(|out| out.text("SUMMARY", &text));
        assert!(found.lines().count() > 1);
        assert!(found.split("\r\n").all(|line| line.len() <= LINE));
        let unfolded = found.replace("\r\n ", "");
        assert_eq!(
            unfolded,
            format!("SUMMARY:{}\r\n", text.replace(',', "\\,"))
        );
    }
}
