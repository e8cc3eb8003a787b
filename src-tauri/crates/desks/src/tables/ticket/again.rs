//! Numbers of tickets that come twice: noticed by eight bytes a row, and named by reading the table once more.

use std::collections::HashMap;
use std::ops::ControlFlow;

use crate::error::DeskError;
use crate::report::{NAMED, Report};
use crate::source::tally::{Print, print};
use crate::source::{Entry, Files};
use crate::tables::row::{self, How, Taker};
use crate::tables::said;

/// Numbers that came, as half a print each.
#[derive(Default)]
pub(crate) struct Seen(Vec<u64>);

fn half(print: Print) -> u64 {
    (print >> 64) as u64
}

impl Seen {
    pub(super) fn add(&mut self, number: &str) {
        self.0.push(half(print(number)));
    }

    /// Those that may have come more than once, ascending.
    fn doubled(self) -> Vec<u64> {
        let mut all = self.0;
        all.sort_unstable();
        let mut doubled: Vec<u64> = all
            .windows(2)
            .filter(|two| two[0] == two[1])
            .map(|two| two[0])
            .collect();
        doubled.dedup();
        doubled
    }
}

/// Names every number that came twice, with both lines; reads the table again only where there may be one.
pub(crate) fn second_pass(
    seen: Seen,
    (files, entry, how): (&Files, &Entry, How<'_>),
    at: usize,
    report: &mut Report,
) -> Result<(), DeskError> {
    let doubled = seen.doubled();
    if doubled.is_empty() {
        return Ok(());
    }
    let mut again = Again {
        file: &entry.name,
        doubled,
        lines: HashMap::new(),
        at,
        head: String::new(),
        found: Report::default(),
    };
    // What else there is to say was said the first time.
    row::read(files, entry, how, &mut again, &mut Report::default())?;
    for problem in again.found.problems {
        report.also(problem);
    }
    report.more_problems += again.found.more_problems;
    Ok(())
}

struct Again<'a> {
    file: &'a str,
    doubled: Vec<u64>,
    lines: HashMap<Print, u64>,
    at: usize,
    head: String,
    found: Report,
}

impl Taker for Again<'_> {
    fn heads(&mut self, names: &[String], _: &mut Report) -> ControlFlow<()> {
        self.head = names.get(self.at).cloned().unwrap_or_default();
        ControlFlow::Continue(())
    }

    fn row(&mut self, line: u64, cells: &[String], _: &mut Report) -> Result<ControlFlow<()>, DeskError> {
        let number = cells[self.at].trim();
        let whole = print(number);
        if number.is_empty() || self.doubled.binary_search(&half(whole)).is_err() {
            return Ok(ControlFlow::Continue(()));
        }
        match self.lines.get(&whole) {
            Some(first) => {
                self.found
                    .problem(self.file, line, &self.head, said::twice(number, first));
            }
            None => {
                self.lines.insert(whole, line);
            }
        }
        // A table that was put together twice would be counted to its end for nothing.
        let enough = self.found.problems.len() == NAMED && self.found.more_problems >= NAMED as u64;
        Ok(if enough {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    }
}
