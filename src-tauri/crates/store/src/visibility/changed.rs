//! A list as a draft would have it, with what it would lose still in its place.

use super::page::{Cursor, Pages};
use super::passing::{Passing, Tab};
use super::{Eyes, Open, PlaceNames, Question, Row};
use crate::error::Result;

/// What becomes of a ticket's place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is in the list as before.
    Kept,
    /// It is in the list, and was not for certain.
    Gained,
    /// It was in the list, and is no longer for certain.
    Lost,
}

impl Eyes<'_> {
    /// A page of a list, and in their places those tickets of it that only the other eyes see; with `only` nothing but
    /// what differs. The reasons are those of these eyes, so a lost ticket says why it is not in the list.
    pub fn rows_against(
        &self,
        others: &Eyes<'_>,
        (question, only): (&Question, bool),
        tab: Tab,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<(Row, Change)>> {
        let (mine, theirs) = (self.seen(question)?.lower, others.seen(question)?.lower);
        let (gained, lost) = (mine.less(&theirs, self.cells), theirs.less(&mine, self.cells));
        let page = |passing: &Passing| self.page_of(passing, tab, after, limit);
        let mut found: Vec<(Cursor, bool)> = page(&lost)?.into_iter().map(|at| (at, true)).collect();
        let here = page(if only { &gained } else { &mine })?;
        found.extend(here.into_iter().map(|at| (at, false)));
        found.sort_unstable();
        found.truncate(limit);
        let mut names = PlaceNames::default();
        let row = |(at, is_lost)| {
            let row = self.row(question, at, &mut names)?;
            let change = match is_lost {
                true => Change::Lost,
                false if others.sees(question, &row.ticket)? == Some(true) => Change::Kept,
                false => Change::Gained,
            };
            Ok((row, change))
        };
        found.into_iter().map(row).collect()
    }

    /// A page of what passes.
    fn page_of(&self, passing: &Passing, tab: Tab, after: Option<Cursor>, limit: usize) -> Result<Vec<Cursor>> {
        let shown = if tab == Tab::All { Open::default() } else { self.open()? };
        let wanted = |class: usize| tab == Tab::All || tab.shows(shown[class]);
        let pages = Pages {
            c: self.here.c,
            cells: self.cells,
            passing,
            wanted: &wanted,
            total: passing.count(self.cells, wanted),
        };
        pages.after(after, limit)
    }
}
