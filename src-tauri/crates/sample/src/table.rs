//! The lists in `data/`: rows of columns between bars, and lists under headings.

/// The rows of a text: columns between bars, trimmed; lines that are empty or start with `#` are left out.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Row> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(Row::of)
}

/// A line, cut at its bars.
#[derive(Debug)]
pub(crate) struct Row(Vec<&'static str>);

impl Row {
    /// Cuts a line.
    pub(crate) fn of(line: &'static str) -> Self {
        Self(line.split('|').map(str::trim).collect())
    }

    /// A column from 0; empty where the line is shorter.
    pub(crate) fn text(&self, column: usize) -> &'static str {
        self.0.get(column).copied().unwrap_or_default()
    }

    /// A column from 0 as an owned text.
    pub(crate) fn owned(&self, column: usize) -> String {
        self.text(column).to_owned()
    }

    /// A column from 0 as a number; 0 where it is none.
    pub(crate) fn number(&self, column: usize) -> u64 {
        self.text(column).parse().unwrap_or(0)
    }
}

/// Lists under headings in brackets.
#[derive(Debug)]
pub(crate) struct Lists(Vec<(&'static str, Vec<&'static str>)>);

impl Lists {
    /// Reads `[heading]` lines and what follows each.
    pub(crate) fn of(text: &'static str) -> Self {
        let mut lists: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(heading) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                lists.push((heading, Vec::new()));
            } else if let Some((_, list)) = lists.last_mut() {
                list.push(line);
            }
        }
        Self(lists)
    }

    /// The list under a heading; empty where there is none.
    pub(crate) fn get(&self, heading: &str) -> &[&'static str] {
        self.0
            .iter()
            .find(|(name, _)| *name == heading)
            .map_or(&[], |(_, list)| list)
    }

    /// The headings, in order.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lists, rows};

    #[test]
    fn headings_hold_what_follows_and_comments_are_nothing() {
        let lists = Lists::of("# no\n[a]\none\n\ntwo\n[b]\n");
        assert_eq!(lists.get("a"), ["one", "two"]);
        assert!(lists.get("b").is_empty() && lists.get("c").is_empty());
        assert_eq!(lists.headings().collect::<Vec<_>>(), ["a", "b"]);
        let all: Vec<_> = rows("# x\na | 2 |\n").collect();
        assert_eq!(
            (all.len(), all[0].text(0), all[0].number(1), all[0].text(5)),
            (1, "a", 2, "")
        );
    }
}
