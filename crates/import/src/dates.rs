//! Dates and times as people and other systems write them.

mod tokens;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use etalon_domain::import::DateOrder;
use etalon_domain::time::noon;

use crate::zone::Zone;
use tokens::Token;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A day without a time.
    Day(NaiveDate),
    /// A day and a time without a zone.
    Local(NaiveDateTime),
    /// An instant: day, time and zone.
    Instant(DateTime<Utc>),
}

impl Moment {
    /// The instant to be stored. A day is stored at noon UTC, so that its calendar date holds in
    /// every zone; a time without a zone is read in the given one.
    #[must_use]
    pub fn instant(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Day(day) => noon(day),
            Self::Local(at) => zone.instant(at),
            Self::Instant(at) => at,
        }
    }

    /// The calendar day to be stored.
    #[must_use]
    pub fn day(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Local(at) => at.date(),
            Self::Instant(at) => zone.day(at),
        }
    }
}

/// What a column of dates looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateFormat {
    /// The order of day, month and year.
    pub order: DateOrder,
    /// Whether the cells can be read in two ways or contradict each other.
    pub ambiguous: bool,
}

/// Reads a date, with or without time and zone. A year of four digits in front decides the order by
/// itself; names of months in English and Russian are understood; years of two digits lie in 1970 to
/// 2069. `None` when it is no date.
#[must_use]
pub fn parse(text: &str, order: DateOrder) -> Option<Moment> {
    let tokens = tokens::split(text)?;
    let colon = tokens.iter().position(|t| *t == Token::Mark(':'));
    let (date, time) = match colon {
        Some(at) => tokens.split_at(at.checked_sub(1)?),
        None => (tokens.as_slice(), &[][..]),
    };
    let day = date_of(date, order)?;
    if time.is_empty() {
        return Some(Moment::Day(day));
    }
    let (clock, rest) = time_of(time)?;
    let local = day.and_time(clock);
    match rest {
        [] => Some(Moment::Local(local)),
        zone => {
            let text: String = zone.iter().map(Token::text).collect();
            let offset = crate::zone::offset(&text)?;
            let shift = TimeDelta::seconds(offset.local_minus_utc().into());
            Some(Moment::Instant(local.checked_sub_signed(shift)?.and_utc()))
        }
    }
}

/// Finds the order of a column: a number above 12 tells days from months. Dots speak for day first;
/// with slashes `day_first` decides when no cell does.
pub fn detect<'a>(cells: impl Iterator<Item = &'a str>, day_first: bool) -> DateFormat {
    let (mut dmy, mut mdy, mut dotted, mut unclear) = (0_u32, 0_u32, 0_u32, 0_u32);
    for cell in cells {
        match numeric(cell) {
            Some((a, b, _)) if a > 12 && b <= 12 => dmy += 1,
            Some((a, b, _)) if b > 12 && a <= 12 => mdy += 1,
            Some((_, _, '.')) => dotted += 1,
            Some((a, b, _)) if a != b => unclear += 1,
            _ => {}
        }
    }
    let order = match dmy.cmp(&mdy) {
        std::cmp::Ordering::Greater => DateOrder::Dmy,
        std::cmp::Ordering::Less => DateOrder::Mdy,
        std::cmp::Ordering::Equal if dotted > 0 || (unclear > 0 && day_first) => DateOrder::Dmy,
        std::cmp::Ordering::Equal if unclear > 0 => DateOrder::Mdy,
        std::cmp::Ordering::Equal => DateOrder::Ymd,
    };
    DateFormat {
        order,
        ambiguous: (dmy > 0 && mdy > 0) || (dmy + mdy + dotted == 0 && unclear > 0),
    }
}

/// The first two numbers and the mark between them, of a date that does not begin with its year.
fn numeric(cell: &str) -> Option<(u32, u32, char)> {
    match tokens::split(cell)?.as_slice() {
        [Token::Number(a), Token::Mark(mark), Token::Number(b), ..] if a.len() <= 2 => {
            Some((a.parse().ok()?, b.parse().ok()?, *mark))
        }
        _ => None,
    }
}

fn date_of(tokens: &[Token<'_>], order: DateOrder) -> Option<NaiveDate> {
    let month = tokens.iter().find_map(Token::month);
    let mut numbers: Vec<&str> = Vec::with_capacity(3);
    for token in tokens {
        match token {
            Token::Number(digits) => numbers.push(digits),
            Token::Mark('-' | '/' | '.' | ',') => {}
            Token::Mark(_) => return None,
            Token::Word(_) if token.month().is_some() || token.is_filler(month.is_some()) => {}
            Token::Word(_) => return None,
        }
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let (year, month, day) = match (numbers.as_slice(), month) {
        ([a, b], Some(month)) if a.len() == 4 => (year_of(a)?, month, number(b)?),
        ([a, b], Some(month)) => (year_of(b)?, month, number(a)?),
        ([whole], None) if whole.len() == 8 => (
            year_of(&whole[..4])?,
            number(&whole[4..6])?,
            number(&whole[6..])?,
        ),
        ([a, b, c], None) if a.len() == 4 => (year_of(a)?, number(b)?, number(c)?),
        ([a, b, c], None) => match order {
            DateOrder::Dmy => (year_of(c)?, number(b)?, number(a)?),
            DateOrder::Mdy => (year_of(c)?, number(a)?, number(b)?),
            DateOrder::Ymd if c.len() == 4 => return None,
            DateOrder::Ymd => (year_of(a)?, number(b)?, number(c)?),
        },
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
}

fn year_of(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// Reads `9:05`, `09:05:30.123`, `9:05 PM`; what follows is the zone.
fn time_of<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<(NaiveTime, &'t [Token<'a>])> {
    let [
        Token::Number(hour),
        Token::Mark(':'),
        Token::Number(minute),
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let mut hour: u32 = hour.parse().ok()?;
    let (mut rest, mut second, mut nanos) = (rest, 0, 0);
    if let [Token::Mark(':'), Token::Number(digits), tail @ ..] = rest {
        second = digits.parse().ok()?;
        rest = tail;
        if let [Token::Mark('.' | ','), Token::Number(fraction), tail @ ..] = rest {
            nanos = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
            rest = tail;
        }
    }
    if let [Token::Word(half), tail @ ..] = rest {
        let pm = match half.to_ascii_lowercase().as_str() {
            "am" => Some(false),
            "pm" => Some(true),
            _ => None,
        };
        if let Some(pm) = pm {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if pm { 12 } else { 0 };
            rest = tail;
        }
    }
    let time = NaiveTime::from_hms_nano_opt(hour, minute.parse().ok()?, second, nanos)?;
    Some((time, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, order: DateOrder) -> String {
        match parse(text, order) {
            Some(Moment::Day(day)) => day.to_string(),
            Some(Moment::Local(at)) => at.to_string(),
            Some(Moment::Instant(at)) => at.to_rfc3339(),
            None => "none".into(),
        }
    }

    #[test]
    fn dates_and_times_of_many_hands() {
        use DateOrder::{Dmy, Mdy, Ymd};
        for (text, order, expected) in [
            ("2017-03-01", Dmy, "2017-03-01"),
            ("2017/3/1", Mdy, "2017-03-01"),
            ("20170301", Ymd, "2017-03-01"),
            ("01.03.2017", Dmy, "2017-03-01"),
            ("3/1/2017", Mdy, "2017-03-01"),
            ("1-3-17", Dmy, "2017-03-01"),
            ("99.12.31", Ymd, "1999-12-31"),
            ("1 Mar 2017", Dmy, "2017-03-01"),
            ("March 1, 2017", Dmy, "2017-03-01"),
            ("Wed, 1 March 2017", Dmy, "2017-03-01"),
            ("1 марта 2017 г.", Mdy, "2017-03-01"),
            ("01.03.2017 г.", Dmy, "2017-03-01"),
            ("01.03.2017 09:14:58", Dmy, "2017-03-01 09:14:58"),
            ("3/1/2017 9:05 PM", Mdy, "2017-03-01 21:05:00"),
            ("3/1/2017, 12:05 am", Mdy, "2017-03-01 00:05:00"),
            ("2017-03-01T09:14:58.250", Dmy, "2017-03-01 09:14:58.250"),
            ("2017-03-01T09:14:58Z", Dmy, "2017-03-01T09:14:58+00:00"),
            (
                "2017-03-01T09:14:58+05:00",
                Dmy,
                "2017-03-01T04:14:58+00:00",
            ),
            (
                "2017-03-01 09:14:58 -0330",
                Dmy,
                "2017-03-01T12:44:58+00:00",
            ),
            ("2017-03-01 09:14 UTC", Dmy, "2017-03-01T09:14:00+00:00"),
        ] {
            assert_eq!(shown(text, order), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "n/a",
            "13/13/2017",
            "31.02.2017",
            "2017",
            "1.2",
            "01.03.2017 25:00",
            "1:2:3",
            "2017-03-01 09:14 MARS",
            "1234567",
            "01.03.2017 x",
            "10:30",
            ":",
            "1 Smarch 2017",
        ] {
            assert_eq!(shown(text, DateOrder::Dmy), "none", "{text}");
        }
        assert_eq!(shown("03/25/2017", DateOrder::Dmy), "none");
        assert_eq!(shown("25/03/2017", DateOrder::Ymd), "none");
    }

    #[test]
    fn the_order_is_found_from_the_clear_cells() {
        let order = |cells: &[&str], day_first| {
            let format = detect(cells.iter().copied(), day_first);
            (format.order, format.ambiguous)
        };
        assert_eq!(
            order(&["01/02/2017", "25/02/2017"], false),
            (DateOrder::Dmy, false)
        );
        assert_eq!(
            order(&["01/02/2017", "02/25/2017"], true),
            (DateOrder::Mdy, false)
        );
        assert_eq!(order(&["01.02.2017"], false), (DateOrder::Dmy, false));
        assert_eq!(order(&["01/02/2017"], true), (DateOrder::Dmy, true));
        assert_eq!(order(&["01/02/2017"], false), (DateOrder::Mdy, true));
        assert_eq!(order(&["2017-02-01", ""], true), (DateOrder::Ymd, false));
        assert!(order(&["25/02/2017", "02/25/2017"], true).1);
    }

    #[test]
    fn a_day_keeps_its_date_in_every_zone() {
        let day = parse("2017-03-01", DateOrder::Ymd).unwrap();
        let at = day.instant(Zone::parse("UTC").unwrap());
        for zone in ["Pacific/Honolulu", "UTC", "Asia/Tokyo", "-11:00", "+11:00"] {
            let zone = Zone::parse(zone).unwrap();
            assert_eq!(zone.day(at).to_string(), "2017-03-01");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_read_in_its_order(days in -20_000_i64..30_000) {
            let day = NaiveDate::default() + TimeDelta::days(days);
            for (format, order) in [
                ("%d.%m.%Y", DateOrder::Dmy),
                ("%m/%d/%Y", DateOrder::Mdy),
                ("%Y-%m-%d", DateOrder::Dmy),
                ("%d %B %Y", DateOrder::Ymd),
            ] {
                let text = day.format(format).to_string();
                prop_assert_eq!(parse(&text, order), Some(Moment::Day(day)), "{}", text);
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,30}") {
            let _ = parse(&text, DateOrder::Dmy);
            let _ = numeric(&text);
        }
    }
}
