//! A worklist for spreadsheets.

use csv::{Terminator, WriterBuilder};
use portico_core::spreadsheet::harmless;

use super::Worklist;
use crate::error::DeskError;

/// Excel takes UTF-8 for the system's own encoding where this does not stand first.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The worklist as comma-separated values, a step a row.
pub(crate) fn csv(list: &Worklist) -> Result<String, DeskError> {
    let head = [
        "done", "step", "kind", "name", "key", "where", "what", "field", "before", "after", "assumed",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let mut number = 0;
    for section in &list.sections {
        for step in &section.steps {
            number += 1;
            let assumed = if step.assumed || section.assumed { "yes" } else { "" };
            rows.push(vec![
                String::new(),
                number.to_string(),
                section.thing.clone(),
                section.name.clone(),
                section.key.clone(),
                section.place.clone(),
                step.what.clone(),
                step.field.clone(),
                step.before.clone(),
                step.after.clone(),
                assumed.to_owned(),
            ]);
        }
    }
    let rows = rows
        .into_iter()
        .map(|row| row.iter().map(|cell| harmless(cell).into_owned()).collect());
    Ok(format!("{BYTE_ORDER_MARK}{}", cells(rows)?))
}

/// Rows as comma-separated values, as they are.
pub(crate) fn cells(rows: impl Iterator<Item = Vec<String>>) -> Result<String, DeskError> {
    let failed = |e: &dyn std::fmt::Display| DeskError::Unwritable(format!("a list: {e}"));
    let mut out = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        out.write_record(&row).map_err(|e| failed(&e))?;
    }
    let bytes = out.into_inner().map_err(|e| failed(&e))?;
    String::from_utf8(bytes).map_err(|e| failed(&e))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::super::{Section, Step};
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_is_a_text_and_every_step_has_its_number() {
        let step = |after: &str| Step {
            after: after.to_owned(),
            ..Step::default()
        };
        let section = |name: &str, afters: &[&str]| Section {
            name: name.to_owned(),
            steps: afters.iter().map(|after| step(after)).collect(),
            ..Section::default()
        };
        let list = Worklist {
            sections: vec![
                section("=cmd|' /C calc'!A0", &["+1", "-1"]),
                section("b", &["@x", "\tx"]),
            ],
            ..Worklist::default()
        };
        let text = csv(&list).unwrap();
        let mut reader = ::csv::Reader::from_reader(text.trim_start_matches(BYTE_ORDER_MARK).as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        let column = |n: usize| rows.iter().map(|row| row[n].to_owned()).collect::<Vec<_>>();
        assert_eq!(column(1), ["1", "2", "3", "4"]);
        assert_eq!(column(3)[0], "'=cmd|' /C calc'!A0");
        assert_eq!(column(9), ["'+1", "'-1", "'@x", "'\tx"]);
        assert!(text.starts_with(BYTE_ORDER_MARK) && text.ends_with("\r\n"));
    }
}
