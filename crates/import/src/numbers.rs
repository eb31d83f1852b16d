//! Numbers as people and other systems write them.

use etalon_domain::import::{DecimalMark, Delimiter};

/// Words that stand beside amounts; letters of a currency code are recognized by themselves.
const UNITS: [&str; 7] = ["руб", "руб.", "р", "р.", "uah", "тг", "тг."];

/// What a column of numbers looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// What separates decimals.
    pub mark: DecimalMark,
    /// Whether the cells can be read both ways or contradict each other.
    pub ambiguous: bool,
}

/// Reads a number as a plain decimal with a point: `1 234,50 ₽` → `1234.50`. Groups of thousands may
/// be set off by blanks of any kind, apostrophes, or the mark that does not separate decimals; a
/// minus may be a sign of any kind, before or after, or brackets. `None` when it is no number.
#[must_use]
pub fn parse(text: &str, mark: DecimalMark) -> Option<String> {
    let (negative, body) = bare(text)?;
    let (point, group) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let (whole, fraction) = match body.split_once(point) {
        Some((whole, fraction)) => (whole, fraction),
        None => (body, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let digits = ungroup(whole, group)?;
    let digits = if digits.is_empty() { "0" } else { &digits };
    let sign = if negative { "-" } else { "" };
    Some(if fraction.is_empty() {
        format!("{sign}{digits}")
    } else {
        format!("{sign}{digits}.{fraction}")
    })
}

/// Finds out what separates decimals in a column. A number such as `1,234` can be read both ways:
/// when nothing else speaks, the delimiter of the file does (`;` goes with decimal commas).
pub fn detect<'a>(cells: impl Iterator<Item = &'a str>, delimiter: Delimiter) -> NumberFormat {
    let (mut points, mut commas, mut unclear) = (0_u32, 0_u32, 0_u32);
    for cell in cells {
        match evidence(cell) {
            Evidence::Mark(DecimalMark::Point) => points += 1,
            Evidence::Mark(DecimalMark::Comma) => commas += 1,
            Evidence::Unclear => unclear += 1,
            Evidence::None => {}
        }
    }
    let default = match delimiter {
        Delimiter::Semicolon => DecimalMark::Comma,
        Delimiter::Comma | Delimiter::Tab | Delimiter::Pipe => DecimalMark::Point,
    };
    NumberFormat {
        mark: match points.cmp(&commas) {
            std::cmp::Ordering::Greater => DecimalMark::Point,
            std::cmp::Ordering::Less => DecimalMark::Comma,
            std::cmp::Ordering::Equal => default,
        },
        ambiguous: (points > 0 && commas > 0) || (points + commas == 0 && unclear > 0),
    }
}

/// Whether the numbers of a column are shares of one rather than percent: none is above one, and none
/// has a percent sign.
pub fn are_shares<'a>(cells: impl Iterator<Item = &'a str>, mark: DecimalMark) -> bool {
    let mut positive = false;
    for cell in cells {
        let Some(number) = parse(cell, mark).and_then(|text| text.parse::<f64>().ok()) else {
            continue;
        };
        if number > 1.0 || cell.contains('%') {
            return false;
        }
        positive |= number > 0.0;
    }
    positive
}

/// What one number says about the decimal mark.
enum Evidence {
    Mark(DecimalMark),
    Unclear,
    None,
}

fn evidence(cell: &str) -> Evidence {
    let Some((_, body)) = bare(cell) else {
        return Evidence::None;
    };
    let mark = |c| match c {
        '.' => DecimalMark::Point,
        _ => DecimalMark::Comma,
    };
    let other = |c| match c {
        '.' => DecimalMark::Comma,
        _ => DecimalMark::Point,
    };
    let Some(last) = body.rfind(['.', ',']) else {
        return Evidence::None;
    };
    let last_char = if body[last..].starts_with('.') {
        '.'
    } else {
        ','
    };
    let count = |c| body.matches(c).count();
    if count('.') > 0 && count(',') > 0 {
        return Evidence::Mark(mark(last_char));
    }
    if count(last_char) > 1 {
        return Evidence::Mark(other(last_char));
    }
    let (whole, fraction) = (&body[..last], &body[last + 1..]);
    let grouped = whole.contains(is_blank) || whole.contains(is_apostrophe);
    if fraction.len() != 3 || grouped || whole.len() > 3 || whole.trim_start_matches('0').is_empty()
    {
        Evidence::Mark(mark(last_char))
    } else {
        Evidence::Unclear
    }
}

/// Strips sign, brackets, currency and percent sign; what is left begins with a digit or a mark.
fn bare(text: &str) -> Option<(bool, &str)> {
    let mut rest = text.trim();
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        negative = true;
        rest = inner.trim();
    }
    loop {
        let before = rest;
        if let Some(r) = rest
            .strip_prefix(is_minus)
            .or_else(|| rest.strip_suffix(is_minus))
        {
            if negative {
                return None;
            }
            negative = true;
            rest = r.trim();
        }
        rest = rest.strip_prefix('+').unwrap_or(rest).trim();
        rest = without_unit(rest);
        if rest == before {
            break;
        }
    }
    let first = rest.chars().next()?;
    let plain =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',') || is_blank(c) || is_apostrophe(c);
    ((first.is_ascii_digit() || matches!(first, '.' | ',')) && rest.chars().all(plain))
        .then_some((negative, rest))
}

fn without_unit(text: &str) -> &str {
    let is_symbol =
        |c: char| matches!(c, '%' | '$' | '€' | '£' | '¥' | '₽' | '₴' | '₸' | '₺' | '₹');
    let text = text.trim_matches(is_symbol).trim();
    let is_unit = |word: &str| {
        let folded = word.to_lowercase();
        UNITS.contains(&folded.as_str())
            || (word.len() == 3 && word.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    let start = text.find(|c: char| !c.is_alphabetic() && c != '.');
    if let Some(start) = start.filter(|s| *s > 0 && is_unit(&text[..*s])) {
        return text[start..].trim();
    }
    let end = text
        .trim_end_matches('.')
        .rfind(|c: char| !c.is_alphabetic())
        .map(|at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    match end.filter(|e| is_unit(&text[*e..])) {
        Some(end) => text[..end].trim(),
        None => text,
    }
}

/// Joins groups of digits. After the first, every group has three digits, or two as in India; a mark
/// never groups otherwise.
fn ungroup(whole: &str, group: char) -> Option<String> {
    let is_group = |c: char| c == group || is_blank(c) || is_apostrophe(c);
    let mut parts = whole.split(is_group);
    let first = parts.next()?;
    let mut digits = first.to_owned();
    let mut last = None;
    for part in parts {
        if !matches!(part.len(), 2 | 3) || first.is_empty() {
            return None;
        }
        digits.push_str(part);
        last = Some(part.len());
    }
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    (plain && last.is_none_or(|length| length == 3)).then_some(digits)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{202f}' || c == '\u{2060}'
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};
    use proptest::prelude::*;

    #[test]
    fn numbers_of_many_hands() {
        for (text, mark, expected) in [
            ("1054", Point, "1054"),
            ("1,234.56", Point, "1234.56"),
            ("1.234,56", Comma, "1234.56"),
            ("1 234,50", Comma, "1234.50"),
            ("1\u{a0}234\u{a0}567,5", Comma, "1234567.5"),
            ("1\u{202f}234", Comma, "1234"),
            ("1'234'567.89", Point, "1234567.89"),
            ("-12 000,00", Comma, "-12000.00"),
            ("−5", Point, "-5"),
            ("(7.50)", Point, "-7.50"),
            ("$1,200", Point, "1200"),
            ("1 500 руб.", Comma, "1500"),
            ("USD 1,200.10", Point, "1200.10"),
            ("99,9 ₽", Comma, "99.9"),
            ("60 %", Point, "60"),
            (".5", Point, "0.5"),
            ("1,00,000", Point, "100000"),
            ("+7", Point, "7"),
        ] {
            assert_eq!(parse(text, mark).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "", "-", "abc", "1e3", "12abcd", "1.2.3", "--1", "1,5", "1 2", "12:30",
        ] {
            assert_eq!(parse(text, Point), None, "{text}");
        }
        assert_eq!(parse("12.5", Comma), None);
    }

    fn format(cells: &[&str], delimiter: Delimiter) -> NumberFormat {
        detect(cells.iter().copied(), delimiter)
    }

    #[test]
    fn the_mark_is_found_from_the_clear_cells() {
        let clear = |mark| NumberFormat {
            mark,
            ambiguous: false,
        };
        let comma = Delimiter::Comma;
        assert_eq!(format(&["1,234", "5.5"], comma), clear(Point));
        assert_eq!(format(&["1.234", "5,5"], comma), clear(Comma));
        assert_eq!(format(&["1,234,567"], comma), clear(Point));
        assert_eq!(format(&["1.234.567"], comma), clear(Comma));
        assert_eq!(format(&["150 000,00"], Delimiter::Tab), clear(Comma));
        assert_eq!(format(&["0,125"], comma), clear(Comma));
        assert_eq!(format(&["", "100", "n/a"], comma), clear(Point));
    }

    #[test]
    fn unclear_columns_are_marked() {
        let one = format(&["1,234"], Delimiter::Comma);
        assert!(one.ambiguous);
        assert_eq!(one.mark, Point);
        assert_eq!(format(&["1,234"], Delimiter::Semicolon).mark, Comma);
        assert!(format(&["1,5", "1.5"], Delimiter::Comma).ambiguous);
    }

    proptest! {
        #[test]
        fn grouping_never_changes_the_number(whole in 0_u64..1_000_000_000_000, cents in 0_u8..100) {
            let plain = format!("{whole}.{cents:02}");
            for (group, mark, decimal) in [(" ", Comma, ","), ("\u{a0}", Comma, ","), (".", Comma, ","), (",", Point, "."), ("'", Point, "."), ("", Point, ".")] {
                let mut digits = whole.to_string();
                let mut at = digits.len();
                while at > 3 {
                    at -= 3;
                    digits.insert_str(at, group);
                }
                let text = format!("{digits}{decimal}{cents:02}");
                prop_assert_eq!(parse(&text, mark), Some(plain.clone()));
            }
        }

        #[test]
        fn no_text_panics(text in ".{0,20}") {
            let _ = parse(&text, Point);
            let _ = parse(&text, Comma);
            let _ = evidence(&text);
        }
    }
}
