//! Compact means to notice what occurs twice, differs only in case, or leads nowhere.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use portico_core::fold;

use super::said;
use crate::report::Report;
use crate::said::Said;

/// How many findings of one kind are named.
const NAMED: usize = 100;
/// How many different keys of one kind are told apart.
const KEPT: usize = 20_000;

/// 128 bits that stand for a text: equal by chance never within any desk's size.
pub(crate) type Print = u128;

/// The print of a text.
pub(crate) fn print(text: &str) -> Print {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        text.hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(1) << 64 | half(2)
}

/// Keys that must be unique, with the lines they stand on.
#[derive(Default)]
pub(crate) struct Unique(Vec<(Print, u64)>);

impl Unique {
    pub(crate) fn add(&mut self, text: &str, line: u64) {
        self.0.push((print(text), line));
    }

    /// Reports each second occurrence.
    pub(crate) fn finish(mut self, file: &str, column: &str, report: &mut Report) {
        self.0.sort_unstable();
        let mut first = self.0.first().copied();
        for pair in self.0.iter().copied().skip(1) {
            match first {
                Some((print, line)) if print == pair.0 => {
                    report.problem(file, pair.1, column, said::same_key(column, line));
                }
                _ => first = Some(pair),
            }
        }
    }
}

/// Keys of one kind, and how often they were met.
#[derive(Default)]
pub(crate) struct Tally {
    seen: HashMap<String, (u64, u64)>,
    beyond: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, key: &str, line: u64) {
        if let Some(entry) = self.seen.get_mut(key) {
            entry.1 += 1;
        } else if self.seen.len() < KEPT {
            self.seen.insert(key.to_owned(), (line, 1));
        } else {
            self.beyond += 1;
        }
    }

    /// Keys with the line of the first and how often they were met, in the order of their lines.
    pub(crate) fn into_rows(self) -> impl Iterator<Item = (String, u64, u64)> {
        let mut seen: Vec<_> = self.seen.into_iter().map(|(key, (line, n))| (key, line, n)).collect();
        seen.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        seen.into_iter()
    }

    /// Reports the keys in the order of their lines, the first hundred by name.
    pub(crate) fn finish<S: Into<Said>>(
        self,
        file: &str,
        column: &str,
        report: &mut Report,
        words: &dyn Fn(&str, u64) -> S,
    ) {
        let mut seen: Vec<_> = self.seen.into_iter().collect();
        seen.sort_by(|a, b| (a.1.0, &a.0).cmp(&(b.1.0, &b.0)));
        let more: u64 = seen.iter().skip(NAMED).map(|(_, (_, n))| n).sum::<u64>() + self.beyond;
        for (key, (line, count)) in seen.iter().take(NAMED) {
            report.finding(file, *line, column, words(key, *count));
        }
        if more > 0 {
            report.finding(file, 0, column, said::more_rows(more));
        }
    }
}

/// Keys as written, and folded: tells an exact match from one in all but case.
#[derive(Default)]
pub(crate) struct Folded {
    exact: std::collections::HashSet<Print>,
    folded: HashMap<Print, u64>,
}

/// How a key is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    Exact,
    /// In all but case, with the line of the other spelling.
    Case(u64),
    None,
}

impl Folded {
    /// Adds a key; returns the line of another that differs from it only in case.
    pub(crate) fn add(&mut self, key: &str, line: u64) -> Option<u64> {
        let new = self.exact.insert(print(key));
        let other = self.folded.get(&print(&fold::simple(key))).copied();
        if other.is_none() {
            self.folded.insert(print(&fold::simple(key)), line);
        }
        other.filter(|_| new)
    }

    pub(crate) fn find(&self, key: &str) -> Match {
        if self.exact.contains(&print(key)) {
            return Match::Exact;
        }
        self.folded
            .get(&print(&fold::simple(key)))
            .map_or(Match::None, |line| Match::Case(*line))
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, Match, NAMED, Tally, Unique};
    use crate::report::Report;
    use crate::said::Said;

    #[test]
    fn doubles_are_named_with_both_lines() {
        let mut unique = Unique::default();
        for (line, text) in ["a", "b", "a", "a"].iter().enumerate() {
            unique.add(text, line as u64 + 2);
        }
        let mut report = Report::default();
        unique.finish("t.csv", "name", &mut report);
        let lines: Vec<_> = report.problems.iter().map(|p| p.line).collect();
        assert_eq!(lines, [4, 5]);
        assert!(report.problems[0].message.contains("line 2"));
    }

    #[test]
    fn case_is_told_from_absence() {
        let mut keys = Folded::default();
        assert_eq!(keys.add("Anna", 2), None);
        assert_eq!(keys.add("anna", 3), Some(2));
        assert_eq!(keys.find("anna"), Match::Exact);
        assert_eq!(keys.find("ANNA"), Match::Case(2));
        assert_eq!(keys.find("ben"), Match::None);
    }

    #[test]
    fn one_noisy_kind_does_not_drown_the_others() {
        let mut tally = Tally::default();
        for line in 0..250 {
            tally.add(&format!("k{line}"), line);
        }
        let mut report = Report::default();
        tally.finish("t.csv", "c", &mut report, &|key, n| Said::from(&*format!("{key} {n}")));
        assert_eq!(report.findings.len(), NAMED + 1);
        assert!(report.findings[NAMED].message.starts_with("150 more"));
    }
}
