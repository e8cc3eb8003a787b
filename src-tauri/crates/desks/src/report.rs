//! What a reader has to say about a source: problems stop an import, findings do not.

use portico_core::snapshot::Problem;

use crate::said::Said;

/// How many problems, and how many findings, are named one by one; the rest is counted.
pub const NAMED: usize = 1_000;

/// Problems and findings of one source.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What makes the source unusable; the first [`NAMED`].
    pub problems: Vec<Problem>,
    /// How many more problems there are.
    pub more_problems: u64,
    /// What is legal in the desk but worth a look; the first [`NAMED`].
    pub findings: Vec<Problem>,
    /// How many more findings there are.
    pub more_findings: u64,
    /// Settings that must be given or confirmed before visibility can be told.
    pub unknown: Vec<String>,
    /// The tables that were read to their end.
    pub tables: Vec<TableCount>,
}

/// How many rows of a table became records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCount {
    /// The kind of record, as batches call it.
    pub kind: &'static str,
    /// All rows.
    pub rows: u64,
    /// Those whose record the workspace had already.
    pub known: u64,
}

impl Report {
    /// Adds what makes the source unusable.
    pub fn problem(&mut self, file: &str, line: u64, column: &str, message: impl Into<Said>) {
        self.also(message.into().at(file, line, column));
    }

    /// Adds what is worth a look.
    pub fn finding(&mut self, file: &str, line: u64, column: &str, message: impl Into<Said>) {
        if self.findings.len() < NAMED {
            self.findings.push(message.into().at(file, line, column));
        } else {
            self.more_findings += 1;
        }
    }

    /// Adds a problem that was found elsewhere.
    pub(crate) fn also(&mut self, problem: Problem) {
        if self.problems.len() < NAMED {
            self.problems.push(problem);
        } else {
            self.more_problems += 1;
        }
    }

    /// How many problems there are.
    pub(crate) fn count(&self) -> u64 {
        self.problems.len() as u64 + self.more_problems
    }

    /// Whether nothing makes the source unusable.
    pub fn is_usable(&self) -> bool {
        self.problems.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMED, Report};

    #[test]
    fn a_flood_of_problems_is_counted_not_kept() {
        let mut report = Report::default();
        assert!(report.is_usable());
        for line in 0..1_234 {
            report.problem("a.csv", line, "id", "wrong");
            report.finding("a.csv", line, "id", "odd");
        }
        assert_eq!((report.problems.len(), report.more_problems), (NAMED, 234));
        assert_eq!((report.findings.len(), report.more_findings), (NAMED, 234));
        assert!(!report.is_usable());
    }
}
