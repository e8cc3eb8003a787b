//! Members of records that no documentation names: they are found by what a desk's manual calls them, and which were taken
//! is said.

use std::collections::BTreeMap;

use super::record::Item;
use super::said;
use crate::report::Report;

/// What was asked for, and the member that was taken for it.
#[derive(Default)]
pub(crate) struct Taken(BTreeMap<&'static str, String>);

impl Taken {
    /// The member that has one of these names, the first ones first; case, dashes and underscores do not matter.
    pub(crate) fn member<'i>(&mut self, label: &'static str, names: &[&str], item: &Item<'i>) -> Option<&'i str> {
        let there = |wanted: &str| {
            let exact = item.record.names().find(|name| *name == wanted);
            exact.or_else(|| item.record.names().find(|name| plain(name) == wanted))
        };
        let found = names.iter().find_map(|wanted| there(wanted))?;
        self.0.entry(label).or_insert_with(|| found.to_owned());
        Some(found)
    }

    /// As [`Self::member`]; that there is none is a problem.
    pub(crate) fn needed<'i>(
        &mut self,
        label: &'static str,
        names: &[&str],
        item: &Item<'i>,
        report: &mut Report,
    ) -> Option<&'i str> {
        let found = self.member(label, names, item);
        if found.is_none() {
            let there: Vec<_> = item.record.names().collect();
            item.problem(label, said::no_member(label, names[0], there.join(", ")), report);
        }
        found
    }

    /// Says which members were taken; `one` is what an admin compares with the desk.
    pub(crate) fn finish(&self, list: &str, one: &str, report: &mut Report) {
        if self.0.is_empty() {
            return;
        }
        let taken: Vec<_> = self.0.iter().map(|(label, name)| format!("{label} = {name}")).collect();
        report.finding(list, 0, "", said::members(taken.join(", "), one));
    }
}

/// A name of which only letters and digits count.
pub(crate) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
