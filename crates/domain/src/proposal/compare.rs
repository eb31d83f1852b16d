use super::ProposalLine;

/// How a line differs between two versions: new, gone, or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineChange<'a> {
    /// The line before; `None` when it is new.
    pub before: Option<&'a ProposalLine>,
    /// The line after; `None` when it is gone.
    pub after: Option<&'a ProposalLine>,
}

/// The lines that differ, in the order of the later version, those that are gone at the end.
///
/// Lines belong together by product, or by title when they are free text; of those left over, by
/// their place. Where a line stands is no difference.
#[must_use]
pub fn compare_lines<'a>(
    before: &'a [ProposalLine],
    after: &'a [ProposalLine],
) -> Vec<LineChange<'a>> {
    let mut left: Vec<Option<&ProposalLine>> = before.iter().map(Some).collect();
    let mut partners: Vec<Option<&ProposalLine>> = vec![None; after.len()];
    let rules: [fn(&ProposalLine, &ProposalLine) -> bool; 3] = [
        |a, b| a == b,
        |a, b| a.product_id.is_some() && a.product_id == b.product_id,
        |a, b| a.product_id.is_none() && b.product_id.is_none() && a.title == b.title,
    ];
    for belongs in rules {
        for (line, partner) in after.iter().zip(&mut partners) {
            if partner.is_none() {
                let found = left
                    .iter_mut()
                    .find(|l| l.is_some_and(|l| belongs(l, line)));
                *partner = found.and_then(Option::take);
            }
        }
    }
    for (partner, candidate) in partners.iter_mut().zip(&mut left) {
        if partner.is_none() {
            *partner = candidate.take();
        }
    }
    let changed = after.iter().zip(partners).map(|(line, before)| LineChange {
        before,
        after: Some(line),
    });
    let gone = left.into_iter().flatten().map(|line| LineChange {
        before: Some(line),
        after: None,
    });
    changed
        .filter(|change| change.before != change.after)
        .chain(gone)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{ProposalLineDraft, calculate};
    use super::*;
    use crate::decimal::Quantity;
    use crate::money::Currency;

    fn lines(entries: &[(Option<&str>, &str, i64)]) -> Vec<ProposalLine> {
        let drafts: Vec<_> = entries
            .iter()
            .map(|(product, title, quantity)| ProposalLineDraft {
                product_id: product.map(Into::<String>::into).map(Into::into),
                title: (*title).to_owned(),
                quantity: Quantity::whole(*quantity),
                ..ProposalLineDraft::default()
            })
            .collect();
        let usd = Currency::from_code("USD").unwrap();
        calculate(&drafts, usd, None).unwrap().0
    }

    fn told(before: &[ProposalLine], after: &[ProposalLine]) -> Vec<(String, String)> {
        let name = |line: Option<&ProposalLine>| {
            line.map_or(String::new(), |l| format!("{} {}", l.title, l.quantity))
        };
        compare_lines(before, after)
            .iter()
            .map(|change| (name(change.before), name(change.after)))
            .collect()
    }

    #[test]
    fn lines_belong_together_wherever_they_stand() {
        let before = lines(&[
            (Some("p"), "Pump", 1),
            (None, "Service", 2),
            (None, "Training", 1),
        ]);
        let after = lines(&[
            (None, "Training", 1),
            (Some("p"), "Pump", 3),
            (None, "Service", 2),
        ]);
        assert_eq!(told(&before, &after), [("Pump 1".into(), "Pump 3".into())]);
        assert!(compare_lines(&before, &before).is_empty());
    }

    #[test]
    fn renamed_new_and_removed_lines_are_told() {
        let before = lines(&[(None, "Service", 1), (Some("p"), "Pump", 1)]);
        let after = lines(&[(None, "Support", 1)]);
        assert_eq!(
            told(&before, &after),
            [
                ("Service 1".into(), "Support 1".into()),
                ("Pump 1".into(), String::new())
            ]
        );
        assert_eq!(told(&[], &after), [(String::new(), "Support 1".into())]);
    }
}
