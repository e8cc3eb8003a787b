//! Whether all pages of a list came: each answer says how many records the list has.

use std::collections::BTreeMap;

use super::said;
use crate::report::Report;

/// A list, and how many of its records are said to be there and came.
#[derive(Debug, Default)]
struct Count {
    total: u64,
    came: u64,
}

/// All lists by their names.
#[derive(Debug, Default)]
pub(crate) struct Totals(BTreeMap<String, Count>);

impl Totals {
    pub(crate) fn came(&mut self, list: &str) {
        self.of(list).came += 1;
    }

    /// The last answer counts: a list may change while it is read.
    pub(crate) fn said(&mut self, list: &str, total: u64) {
        self.of(list).total = total;
    }

    fn of(&mut self, list: &str) -> &mut Count {
        self.0.entry(list.to_owned()).or_default()
    }

    /// A list of which pages are missing would look as if the desk had lost the rest. `how` names the
    /// parameters that ask for further pages.
    pub(crate) fn end(&self, how: &str, report: &mut Report) {
        for (list, Count { total, came }) in self.0.iter().filter(|(_, count)| count.came < count.total) {
            report.problem(list, 0, "total", said::pages(total, came, how));
        }
    }
}
