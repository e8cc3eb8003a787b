//! A list with what it loses against other eyes, page by page, against the two lists read one by one.

use proptest::prelude::*;

use super::*;

pub(super) fn hold(
    truths: [&Truth<'_>; 2],
    eyes: [&Eyes<'_>; 2],
    question: &Question,
) -> std::result::Result<(), TestCaseError> {
    let (node, open) = (eyes[0].tree(question).unwrap(), &eyes[0].model().open_tab);
    let [mine, theirs] = truths.map(|truth| truth.tickets(&node, Some(true)));
    for tab in [Tab::All, Tab::Closed] {
        for only in [false, true] {
            let places = truths[0]
                .in_tab(&Node::True, open, tab)
                .into_iter()
                .filter_map(|number| {
                    let change = match (mine.contains(&number), theirs.contains(&number)) {
                        (true, true) => Change::Kept,
                        (true, false) => Change::Gained,
                        (false, true) => Change::Lost,
                        (false, false) => return None,
                    };
                    (!only || change != Change::Kept).then_some((number, change))
                });
            let (expected, mut found, mut after) = (places.collect::<Vec<_>>(), Vec::new(), None);
            loop {
                let page = eyes[0].rows_against(eyes[1], (question, only), tab, after, 7).unwrap();
                after = page.last().map(|(row, _)| row.at);
                for (row, change) in &page {
                    prop_assert_eq!(row.why.answer == Some(true), *change != Change::Lost);
                    found.push((row.ticket.number.clone(), *change));
                }
                if page.len() < 7 {
                    break;
                }
            }
            prop_assert_eq!(&found, &expected, "{:?} {:?}, only: {}", question, tab, only);
        }
    }
    Ok(())
}

pub(super) fn hold_difference(
    truths: [&Truth<'_>; 2],
    eyes: [&Eyes<'_>; 2],
    question: &Question,
) -> std::result::Result<(), TestCaseError> {
    let node = eyes[0].tree(question).unwrap();
    let seen = truths.map(|t| t.tickets(&node, Some(true)));
    let beyond = |a: &[String], b: &[String]| a.iter().filter(|n| !b.contains(n)).count() as u64;
    let expected = Difference {
        gained: beyond(&seen[0], &seen[1]),
        lost: beyond(&seen[1], &seen[0]),
    };
    prop_assert_eq!(
        eyes[0].difference(eyes[1], question).unwrap(),
        expected,
        "{:?}",
        question
    );
    Ok(())
}
