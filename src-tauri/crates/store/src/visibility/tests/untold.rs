//! What cannot be told, as a list.

use proptest::prelude::*;

use super::*;

/// What cannot be told is a list of its own, and every ticket in it says what is missing.
pub(super) fn hold(truth: &Truth<'_>, eyes: &Eyes<'_>, c: &Connection) -> std::result::Result<(), TestCaseError> {
    let (question, open) = (Question::Untold, &eyes.model().open_tab);
    let asked = [Question::Listed, Question::Openable(Permission::Ro)].map(|asked| eyes.tree(&asked).unwrap());
    let unknown = asked.map(|node| truth.tickets(&node, None));
    let within = |tab| {
        let all = truth.in_tab(&Node::True, open, tab);
        let untold = all
            .into_iter()
            .filter(|number| unknown.iter().any(|of| of.contains(number)));
        untold.collect::<Vec<String>>()
    };
    let counts = eyes.count(&question).unwrap();
    for (tab, count) in [
        (Tab::All, counts.all),
        (Tab::Open, counts.open),
        (Tab::Closed, counts.closed),
    ] {
        let expected = within(tab);
        prop_assert_eq!(count, expected.len() as u64, "{:?}", tab);
        for way in 0..3 {
            prop_assert_eq!(
                &paged(truth, eyes, &question, tab, way),
                &expected,
                "{:?}, way {}",
                tab,
                way
            );
        }
    }
    prop_assert_eq!(counts.unknown, 0);
    let (expected, mut found) = (within(Tab::All), Vec::new());
    let mut visit = |id| {
        found.push(truth.number(id));
        Ok(())
    };
    eyes.each(&question, false, &mut visit).unwrap();
    prop_assert_eq!(&found, &expected, "SQL");
    for ticket in &truth.world.tickets {
        let stored = crate::snapshot::ticket(c, ticket.id).unwrap().unwrap();
        let is_untold = expected.contains(&ticket.number);
        prop_assert_eq!(eyes.sees(&question, &stored).unwrap(), Some(is_untold));
        let why = eyes.why(&question, &stored).unwrap();
        prop_assert_eq!((why.answer.is_none(), why.untold.is_empty()), (is_untold, !is_untold));
    }
    Ok(())
}
