//! Values bound to statements, read from the form in which diesel shows them.

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A text.
    Text(String),
    /// A date or an instant, as ISO 8601 without a zone.
    Moment(String),
    /// Several values, for PostgreSQL's arrays.
    List(Vec<Value>),
}

/// Reads `["text", 5, Some(true), None, 2026-01-31T12:00:00]`.
pub fn parse_binds(text: &str) -> Option<Vec<Value>> {
    let (values, _) = list(text.trim().strip_prefix('[')?)?;
    Some(values)
}

/// Reads values up to the closing bracket.
fn list(text: &str) -> Option<(Vec<Value>, &str)> {
    let mut rest = text.trim_start();
    let mut values = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix(']') {
            return Some((values, after));
        }
        let (value, after) = parse(rest)?;
        values.push(value);
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
}

fn parse(text: &str) -> Option<(Value, &str)> {
    if let Some(inner) = text.strip_prefix("Some(") {
        let (value, rest) = parse(inner)?;
        return Some((value, rest.trim_start().strip_prefix(')')?));
    }
    if let Some(inner) = text.strip_prefix('[') {
        let (values, rest) = list(inner)?;
        return Some((Value::List(values), rest));
    }
    if let Some(inner) = text.strip_prefix('"') {
        return quoted(inner);
    }
    let end = text.find([',', ']', ')']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let value = match word.trim() {
        "None" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        word => match word.parse() {
            Ok(number) => Value::Int(number),
            Err(_) if is_moment(word) => Value::Moment(word.to_owned()),
            Err(_) => return None,
        },
    };
    Some((value, rest))
}

fn is_moment(word: &str) -> bool {
    word.len() >= 10 && word.as_bytes()[4] == b'-' && word.as_bytes()[7] == b'-'
}

/// Reads a text in the way Rust writes it for programmers, up to the closing quote.
fn quoted(text: &str) -> Option<(Value, &str)> {
    let mut plain = String::new();
    let mut chars = text.char_indices();
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return Some((Value::Text(plain), &text[index + 1..])),
            '\\' => match chars.next()?.1 {
                'n' => plain.push('\n'),
                't' => plain.push('\t'),
                'r' => plain.push('\r'),
                '0' => plain.push('\0'),
                'u' => {
                    let code: String = chars
                        .by_ref()
                        .map(|(_, c)| c)
                        .skip_while(|c| *c == '{')
                        .take_while(|c| *c != '}')
                        .collect();
                    plain.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
                }
                other => plain.push(other),
            },
            c => plain.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_were_bound() {
        let text = r#"["a \"b\", [c]", Some("x"), None, 5, -7, Some(true), 2026-01-31T12:00:00.123, Some(2026-01-31), "\u{a0}", ["b", 2]]"#;
        let text_value = |text: &str| Value::Text(text.to_owned());
        let moment = |text: &str| Value::Moment(text.to_owned());
        assert_eq!(
            parse_binds(text).unwrap(),
            [
                text_value("a \"b\", [c]"),
                text_value("x"),
                Value::Null,
                Value::Int(5),
                Value::Int(-7),
                Value::Bool(true),
                moment("2026-01-31T12:00:00.123"),
                moment("2026-01-31"),
                text_value("\u{a0}"),
                Value::List(vec![text_value("b"), Value::Int(2)]),
            ]
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert_eq!(parse_binds("[Uuid(5)]"), None);
        assert_eq!(parse_binds("[\"open"), None);
    }
}
