//! The order in which rows of one file that mention each other are taken.

use std::collections::HashMap;

use etalon_domain::text::normalize_name;
use etalon_import::Mention;

/// A row that other rows of the same file can mention.
pub(super) trait Mentioned {
    /// Identifier in the source system.
    fn external_id(&self) -> Option<&str>;
    /// Name.
    fn name(&self) -> &str;
    /// The row above it.
    fn above(&self) -> Option<&Mention>;
}

/// Puts what is mentioned before what mentions it. Rows that mention each other in a circle stay in
/// their order.
pub(super) fn mentioned_first<T: Mentioned>(rows: Vec<T>) -> Vec<T> {
    let mut by_id: HashMap<String, usize> = HashMap::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        if let Some(id) = row.external_id() {
            by_id.insert(id.to_owned(), index);
        }
        by_name.insert(normalize_name(row.name()), index);
    }
    let above = |row: &T| {
        let mention = row.above()?;
        let id = mention.external_id.as_ref().and_then(|id| by_id.get(id));
        let name = mention.name.as_ref().map(|name| normalize_name(name));
        id.or_else(|| by_name.get(&name?)).copied()
    };
    let parents: Vec<Option<usize>> = rows.iter().map(above).collect();
    let depth = |mut index: usize| {
        let mut depth = 0;
        while let Some(parent) = parents[index] {
            depth += 1;
            index = parent;
            if depth > rows.len() {
                return 0;
            }
        }
        depth
    };
    let depths: Vec<usize> = (0..rows.len()).map(depth).collect();
    let mut ordered: Vec<(usize, T)> = depths.into_iter().zip(rows).collect();
    ordered.sort_by_key(|(depth, _)| *depth);
    ordered.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Line(&'static str, Option<Mention>);

    impl Mentioned for Line {
        fn external_id(&self) -> Option<&str> {
            None
        }
        fn name(&self) -> &str {
            self.0
        }
        fn above(&self) -> Option<&Mention> {
            self.1.as_ref()
        }
    }

    fn line(name: &'static str, above: Option<&str>) -> Line {
        let mention = above.map(|name| Mention {
            name: Some(name.to_owned()),
            external_id: None,
            column: "parent".to_owned(),
        });
        Line(name, mention)
    }

    #[test]
    fn parents_come_before_children() {
        let rows = vec![
            line("leaf", Some("Branch")),
            line("branch", Some("root")),
            line("other", None),
            line("root", None),
        ];
        let names: Vec<_> = mentioned_first(rows).iter().map(|l| l.0).collect();
        assert_eq!(names, ["other", "root", "branch", "leaf"]);
    }

    #[test]
    fn a_circle_keeps_its_order() {
        let rows = vec![line("a", Some("b")), line("b", Some("a"))];
        let names: Vec<_> = mentioned_first(rows).iter().map(|l| l.0).collect();
        assert_eq!(names, ["a", "b"]);
    }
}
