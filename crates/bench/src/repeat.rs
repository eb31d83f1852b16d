//! What has to differ each time when recorded statements are run again: identifiers that the product
//! makes, the present instant, versions that count up. Two recordings of one operation show where.

use crate::capture::Statement;
use crate::value::Value;

/// A value of a statement that is run again and again.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// Always the same.
    Same(Value),
    /// An identifier that nobody has used; the same one wherever the number is the same.
    Fresh(usize),
    /// The present instant.
    Now,
    /// A number that grows by `step` with each repetition.
    Counter {
        /// The number in the first recording.
        first: i64,
        /// By how much it grows.
        step: i64,
    },
}

/// A statement to be run again and again.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// The SQL, with `?` or `$1` for values.
    pub sql: String,
    /// The values.
    pub slots: Vec<Slot>,
}

/// Statements without anything that differs.
pub fn constant(statements: Vec<Statement>) -> Vec<Template> {
    let template = |statement: Statement| Template {
        slots: statement.binds.into_iter().map(Slot::Same).collect(),
        sql: statement.sql,
    };
    statements.into_iter().map(template).collect()
}

/// Finds out from two recordings of the same operation what differs each time.
///
/// # Errors
/// When the recordings do not match.
pub fn compare(first: &[Statement], second: &[Statement]) -> Result<Vec<Template>, String> {
    if first.len() != second.len() {
        return Err("two recordings of one operation have different lengths".to_owned());
    }
    let mut fresh: Vec<&str> = Vec::new();
    let mut templates = Vec::with_capacity(first.len());
    for (one, two) in first.iter().zip(second) {
        if one.sql != two.sql || one.binds.len() != two.binds.len() {
            return Err(format!("recorded once but not again: {}", one.sql));
        }
        let mut slots = Vec::with_capacity(one.binds.len());
        for pair in one.binds.iter().zip(&two.binds) {
            slots.push(match pair {
                (a, b) if a == b => Slot::Same(a.clone()),
                (Value::Moment(_), Value::Moment(_)) => Slot::Now,
                (Value::Int(a), Value::Int(b)) => Slot::Counter {
                    first: *a,
                    step: b - a,
                },
                (Value::Text(a), Value::Text(b)) if is_id(a) && is_id(b) => {
                    let known = fresh.iter().position(|id| id == a);
                    Slot::Fresh(known.unwrap_or_else(|| {
                        fresh.push(a);
                        fresh.len() - 1
                    }))
                }
                (a, b) => return Err(format!("{a:?} became {b:?} in: {}", one.sql)),
            });
        }
        templates.push(Template {
            sql: one.sql.clone(),
            slots,
        });
    }
    Ok(templates)
}

fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().filter(|b| *b == b'-').count() == 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(id: &str, version: i64, at: &str) -> Vec<Statement> {
        let id = Value::Text(id.to_owned());
        let insert = Statement {
            sql: "INSERT".to_owned(),
            binds: vec![id.clone(), Value::Int(version), Value::Int(9)],
        };
        let select = Statement {
            sql: "SELECT".to_owned(),
            binds: vec![id, Value::Moment(at.to_owned())],
        };
        vec![insert, select]
    }

    #[test]
    fn what_differs_becomes_a_slot() {
        let one = sent(
            "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c41",
            3,
            "2026-01-01T00:00:00",
        );
        let two = sent(
            "0197a3c2-7b1e-7c55-8d1f-3a0e6f0b9c42",
            5,
            "2026-01-01T00:00:01",
        );
        let templates = compare(&one, &two).unwrap();
        let counter = Slot::Counter { first: 3, step: 2 };
        let nine = Slot::Same(Value::Int(9));
        assert_eq!(templates[0].slots, [Slot::Fresh(0), counter, nine]);
        assert_eq!(templates[1].slots, [Slot::Fresh(0), Slot::Now]);
    }

    #[test]
    fn different_operations_do_not_match() {
        let one = sent("a", 1, "2026-01-01T00:00:00");
        let two = sent("b", 1, "2026-01-01T00:00:00");
        assert!(compare(&one, &two).is_err());
        assert!(compare(&one, &one[..1]).is_err());
    }
}
