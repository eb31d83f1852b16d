//! The recorded SQL run by pgbench.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::repeat::{Slot, Template};
use crate::run::Pace;
use crate::scenario::Raw;
use crate::value::Value;

/// Runs recorded statements with pgbench and returns operations per second.
///
/// # Errors
/// When pgbench is missing or fails.
pub fn measure(url: &str, raw: &Raw, pace: &Pace, folder: &Path) -> Result<f64, String> {
    let scripts = scripts(raw, pace.clients);
    let mut command = Command::new("pgbench");
    // The product's settings: time zone and messages cost nothing.
    let settings = etalon_persistence::POSTGRES_PLANNING;
    let settings = settings.map(|(name, value)| format!("-c {name}={value}"));
    command.env("PGOPTIONS", settings.join(" "));
    command
        .args(["--no-vacuum", "--protocol=prepared", "--progress=1"])
        .arg(format!("--client={}", pace.clients))
        .arg("--jobs=2")
        .arg(format!("--time={}", pace.warm_up + pace.seconds));
    for (index, script) in scripts.iter().enumerate() {
        let path = folder.join(format!("{index}.sql"));
        std::fs::write(&path, script).map_err(|e| e.to_string())?;
        command.arg(format!("--define=rep{index}={}", raw.recorded));
        command.arg("--file").arg(path);
    }
    let output = command
        .arg(url)
        .output()
        .map_err(|e| format!("pgbench does not start: {e}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || said.contains("ERROR") {
        return Err(format!("pgbench failed: {said}"));
    }
    let rates: Vec<f64> = said.lines().filter_map(progress).collect();
    let counted = rates.get(pace.warm_up as usize..).unwrap_or(&rates);
    if counted.is_empty() {
        return Err(format!("pgbench reported no progress: {said}"));
    }
    let mean = counted.iter().sum::<f64>() / counted.len() as f64;
    Ok(mean * raw.per_run() as f64)
}

/// The rate of a line such as `progress: 3.0 s, 1234.5 tps, lat 0.8 ms …`.
fn progress(line: &str) -> Option<f64> {
    let rest = line.strip_prefix("progress: ")?;
    rest.split(", ").nth(1)?.strip_suffix(" tps")?.parse().ok()
}

/// One script for each variant; where variants belong to one client, one script in which each client
/// takes its own.
fn scripts(raw: &Raw, clients: usize) -> Vec<String> {
    if !raw.one_client_each {
        let script = |(index, steps): (usize, &Vec<Vec<Template>>)| {
            let mut text = String::new();
            for step in steps {
                write_step(&mut text, step, index);
            }
            text
        };
        return raw.variants.iter().enumerate().map(script).collect();
    }
    raw.variants
        .chunks(clients)
        .enumerate()
        .filter(|(_, chunk)| chunk.len() == clients)
        .map(|(index, chunk)| {
            let mut text = String::new();
            for (client, steps) in chunk.iter().enumerate() {
                let word = if client == 0 { "if" } else { "elif" };
                let _ = writeln!(text, "\\{word} :client_id = {client}");
                for step in steps {
                    write_step(&mut text, step, index);
                }
            }
            let _ = writeln!(text, "\\endif\n\\set rep{index} :rep{index} + 1");
            text
        })
        .collect()
}

fn write_step(text: &mut String, templates: &[Template], script: usize) {
    let fresh = templates.iter().flat_map(|t| &t.slots);
    let fresh = fresh.filter_map(|slot| match slot {
        Slot::Fresh(number) => Some(*number),
        _ => None,
    });
    for number in 0..fresh.max().map_or(0, |most| most + 1) {
        let _ = writeln!(text, "\\set fresh{number} random(1, 9000000000000000)");
    }
    for (index, template) in templates.iter().enumerate() {
        for (at, slot) in template.slots.iter().enumerate() {
            if let Slot::Counter { first, step } = slot {
                let _ = writeln!(
                    text,
                    "\\set count{index}x{at} {first} + :rep{script} * {step}"
                );
            }
        }
        let _ = writeln!(text, "{};", inline(template, index));
    }
}

/// The SQL with its values written into it.
fn inline(template: &Template, index: usize) -> String {
    let mut text = String::new();
    let mut rest = template.sql.as_str();
    while let Some(dollar) = rest.find('$') {
        let (before, after) = rest.split_at(dollar);
        text.push_str(before);
        let digits = after[1..].bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = after[1..1 + digits].parse().unwrap_or(0);
        match number.checked_sub(1).and_then(|at| template.slots.get(at)) {
            Some(slot) => text.push_str(&literal(slot, index, number - 1)),
            None => text.push_str(&after[..1 + digits]),
        }
        rest = &after[1 + digits..];
    }
    text.push_str(rest);
    text.replace('\n', " ")
}

fn literal(slot: &Slot, index: usize, at: usize) -> String {
    match slot {
        Slot::Same(value) => constant(value),
        Slot::Fresh(number) => format!("('raw-{number}-' || :fresh{number}::text)"),
        Slot::Now => "now()::timestamp".to_owned(),
        Slot::Counter { .. } => format!(":count{index}x{at}"),
    }
}

fn constant(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Moment(text) if text.len() == 10 => format!("DATE '{text}'"),
        Value::Moment(text) => format!("TIMESTAMP '{text}'"),
        Value::Text(text) => quoted(text),
        Value::List(values) => {
            let values: Vec<String> = values.iter().map(constant).collect();
            match values.is_empty() {
                // Without a value it has no type of its own.
                true => "CAST(ARRAY[] AS TEXT[])".to_owned(),
                false => format!("ARRAY[{}]", values.join(", ")),
            }
        }
    }
}

/// A text literal without colons, line breaks and backslashes, of which pgbench makes something of
/// its own.
fn quoted(text: &str) -> String {
    let mut literal = String::from("U&'");
    for c in text.chars() {
        match c {
            '\'' => literal.push_str("''"),
            ':' | '\n' | '\r' | '\\' => {
                let _ = write!(literal, "\\{:04x}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal.push('\'');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_for_pgbench() {
        let same = |value| Slot::Same(value);
        let template = Template {
            sql: "UPDATE t SET a = $1, b = $2 WHERE id = $10 AND c = $3".to_owned(),
            slots: [
                vec![
                    same(Value::Text("it's 5:00".to_owned())),
                    Slot::Now,
                    Slot::Counter { first: 1, step: 2 },
                ],
                vec![same(Value::Null); 6],
                vec![Slot::Fresh(0)],
            ]
            .concat(),
        };
        assert_eq!(
            inline(&template, 4),
            "UPDATE t SET a = U&'it''s 5\\003a00', b = now()::timestamp \
             WHERE id = ('raw-0-' || :fresh0::text) AND c = :count4x2"
        );
    }

    #[test]
    fn the_rate_of_a_line_is_read() {
        let line = "progress: 3.0 s, 1234.5 tps, lat 0.8 ms stddev 0.1, 0 failed";
        assert_eq!(progress(line), Some(1234.5));
        assert_eq!(progress("pgbench (18)"), None);
    }
}
