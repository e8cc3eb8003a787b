//! Keys and names that may stand once in a source.

use std::collections::HashSet;

use super::record::Item;
use super::tally::{Print, print};
use crate::report::Report;

/// What was met, by what it is.
#[derive(Default)]
pub(crate) struct Once(HashSet<(&'static str, Print)>);

impl Once {
    /// Says that the value of a record's column was met before, where it was.
    pub(crate) fn check(&mut self, what: &'static str, column: &str, key: &str, item: &Item<'_>, report: &mut Report) {
        if !self.0.insert((what, print(key))) {
            item.came_before(column, what, &key, report);
        }
    }
}
