//! The pieces of a date.

/// First letters of the months; three are enough in both languages but for March and May, June and
/// July, which have four or their own forms.
const MONTHS: [&[&str]; 12] = [
    &["jan", "янв"],
    &["feb", "фев"],
    &["mar", "мар"],
    &["apr", "апр"],
    &["may", "май", "мая"],
    &["jun", "июн"],
    &["jul", "июл"],
    &["aug", "авг"],
    &["sep", "сен"],
    &["oct", "окт"],
    &["nov", "ноя"],
    &["dec", "дек"],
];

/// Whole names of the months; what is shorter must be a beginning of one.
const NAMES: [&[&str]; 12] = [
    &["january", "январь", "января"],
    &["february", "февраль", "февраля"],
    &["march", "март", "марта"],
    &["april", "апрель", "апреля"],
    &["may", "май", "мая"],
    &["june", "июнь", "июня"],
    &["july", "июль", "июля"],
    &["august", "август", "августа"],
    &["september", "сентябрь", "сентября"],
    &["october", "октябрь", "октября"],
    &["november", "ноябрь", "ноября"],
    &["december", "декабрь", "декабря"],
];

const WEEKDAYS: [&str; 14] = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "пн", "вт", "ср", "чт", "пт", "сб", "вс",
];

/// A piece of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Digits.
    Number(&'a str),
    /// Letters.
    Word(&'a str),
    /// One mark.
    Mark(char),
}

impl Token<'_> {
    /// The number of the month that a word names.
    pub(super) fn month(&self) -> Option<u32> {
        let Self::Word(word) = self else {
            return None;
        };
        let word = word.to_lowercase();
        let found = MONTHS.iter().zip(NAMES).position(|(starts, names)| {
            starts.iter().any(|start| word.starts_with(start))
                && names.iter().any(|name| name.starts_with(word.as_str()))
        })?;
        u32::try_from(found + 1).ok()
    }

    /// Whether a word may stand in a date without a meaning of its own: `T` before the time, `г.`
    /// after the year, and days of the week and prepositions beside a month in words.
    pub(super) fn is_filler(&self, in_words: bool) -> bool {
        let Self::Word(word) = self else {
            return false;
        };
        let word = word.to_lowercase();
        matches!(word.as_str(), "t" | "г" | "года")
            || in_words
                && (matches!(word.as_str(), "of" | "at" | "в" | "st" | "nd" | "rd" | "th")
                    || WEEKDAYS.iter().any(|day| word.starts_with(day)))
    }

    /// The piece as it was written.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(text) | Self::Word(text) => (*text).to_owned(),
            Self::Mark(mark) => mark.to_string(),
        }
    }
}

/// Splits a text into its pieces, white space aside; `None` when it is empty or has a character that
/// no date has.
pub(super) fn split(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::with_capacity(8);
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            run(rest, |c| c.is_ascii_digit())
        } else if first.is_alphabetic() {
            run(rest, char::is_alphabetic)
        } else {
            first.len_utf8()
        };
        let (piece, tail) = rest.split_at(length);
        tokens.push(match first {
            _ if first.is_ascii_digit() => Token::Number(piece),
            _ if first.is_alphabetic() => Token::Word(piece),
            ':' | '-' | '/' | '.' | ',' | '+' => Token::Mark(first),
            _ => return None,
        });
        rest = tail.trim_start();
    }
    (!tokens.is_empty()).then_some(tokens)
}

fn run(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}
