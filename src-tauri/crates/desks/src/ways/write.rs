//! The files of a desk that takes nothing from files: a worklist, and what else helps who works on it.

use portico_core::form::field::Field;

use super::sheet::{self, Heading};
use super::{FieldWay, WORKLIST, WORKLIST_CSV, Ways, plan, readme, worklist};
use crate::error::DeskError;
use crate::plan::{Plan, PlanInput};
use crate::worklist::{csv, html};
use crate::writer::{ExportFile, Occasion, Passwords, Writer};

/// Writes worklists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByHand {
    /// What the desk takes.
    pub(crate) ways: &'static Ways,
    /// What else is to be known before the work begins.
    pub(crate) note: &'static str,
    /// The name of a table of new people; `None` where it would help nobody.
    pub(crate) people: Option<&'static str>,
}

impl Writer for ByHand {
    fn plan(&self, input: &PlanInput) -> Plan {
        plan::plan(self.ways, input)
    }

    fn write(&self, plan: &Plan, _: &Passwords, occasion: &Occasion) -> Result<Vec<ExportFile>, DeskError> {
        if !plan.refused.is_empty() {
            return Err(DeskError::Refused(plan.refused.clone()));
        }
        let people = match self.people {
            Some(name) => sheet::new_people(self.ways, plan, LABEL)?.map(|text| ExportFile { name, text }),
            None => None,
        };
        let list = worklist::worklist(self.ways, plan, occasion, None);
        let mut files = vec![
            ExportFile {
                name: "README.txt",
                text: readme::readme(self.ways, plan, occasion, &self.ways_in(people.as_ref())),
            },
            ExportFile {
                name: WORKLIST,
                text: html(&list),
            },
            ExportFile {
                name: WORKLIST_CSV,
                text: csv(&list)?,
            },
        ];
        files.extend(people);
        Ok(files)
    }
}

impl ByHand {
    fn ways_in(&self, people: Option<&ExportFile>) -> String {
        let name = self.ways.name;
        let mut text = format!(
            "\
No documented interface of {name} takes these changes, so a person enters them in its own screens.

1. worklist.html: step by step, record after record, to print or to tick in a browser.
   \"assumed\" stands where no documentation says how it is done: look before you save.
2. worklist.csv: the same for spreadsheets (UTF-8, with the mark that Excel looks for).
"
        );
        if let Some(file) = people {
            text.push_str("3. ");
            text.push_str(file.name);
            text.push_str(": new people, a row each, under the desk's own headings; to look at or to copy from.\n");
        }
        if !self.note.is_empty() {
            text.push('\n');
            text.push_str(self.note);
            text.push('\n');
        }
        text.push('\n');
        text.push_str(readme::AFTERWARDS);
        text
    }
}

const LABEL: Heading = label;

#[expect(clippy::unnecessary_wraps, reason = "another desk leaves columns out")]
fn label(_: &Field, way: &FieldWay) -> Option<&'static str> {
    Some(way.label)
}
