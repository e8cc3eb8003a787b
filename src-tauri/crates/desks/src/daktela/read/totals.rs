//! Whether all pages of a list came: each answer says how many records the list has.

use std::collections::BTreeMap;

use crate::report::Report;
use crate::source::places::Named;

/// A list, and how many of its records are said to be there and came.
#[derive(Debug, Default)]
struct Count {
    total: u64,
    came: u64,
}

/// All lists by their names.
#[derive(Debug, Default)]
pub(super) struct Totals(BTreeMap<String, Count>);

impl Totals {
    pub(super) fn came(&mut self, at: &Named<'_>) {
        self.of(at).came += 1;
    }

    /// The last answer counts: a list may change while it is read.
    pub(super) fn said(&mut self, at: &Named<'_>, total: u64) {
        self.of(at).total = total;
    }

    fn of(&mut self, at: &Named<'_>) -> &mut Count {
        let name = match at.of {
            Some((owner, key)) => format!("{owner}/{key}/{}", at.list),
            None => at.list.to_owned(),
        };
        self.0.entry(name).or_default()
    }

    /// A list of which pages are missing would look as if the desk had lost the rest.
    pub(super) fn end(&self, report: &mut Report) {
        for (list, Count { total, came }) in self.0.iter().filter(|(_, count)| count.came < count.total) {
            let message = format!(
                "the desk says that there are {total} records, and {came} came; read the further pages too (skip, take)"
            );
            report.problem(list, 0, "total", message);
        }
    }
}
