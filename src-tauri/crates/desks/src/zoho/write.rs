//! The files of an export.

use portico_core::form::field::{Field, Kind as FieldKind};

use super::calls::{HELP_CENTER, calls};
use super::ways::WAYS;
use crate::calls::{Call, lines};
use crate::error::DeskError;
use crate::plan::{Plan, PlanInput};
use crate::ways::{CALLS, FieldWay, WORKLIST, WORKLIST_CSV, plan, readme, sheet, worklist};
use crate::worklist::{csv, html};
use crate::writer::{ExportFile, Occasion, Passwords, Writer};

const CONTACTS: &str = "contacts.csv";
const FIRST: &str = "First make the calls of calls.jsonl: steps below may need what they make.";

/// Writes calls of the interface, and a worklist for the rest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calls;

impl Writer for Calls {
    fn plan(&self, input: &PlanInput) -> Plan {
        plan::plan(&WAYS, input)
    }

    fn write(&self, plan: &Plan, _: &Passwords, occasion: &Occasion) -> Result<Vec<ExportFile>, DeskError> {
        if !plan.refused.is_empty() {
            return Err(DeskError::Refused(plan.refused.clone()));
        }
        let calls = calls(plan, occasion);
        let contacts = sheet::new_people(&WAYS, plan, heading)?;
        let list = worklist::worklist(&WAYS, plan, occasion, Some(FIRST));
        let mut files = vec![
            ExportFile {
                name: "README.txt",
                text: readme::readme(&WAYS, plan, occasion, &ways_in(&calls, contacts.is_some())),
            },
            ExportFile {
                name: CALLS,
                text: lines(&calls)?,
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
        files.extend(contacts.map(|text| ExportFile { name: CONTACTS, text }));
        Ok(files)
    }
}

/// What the import of contacts takes; accounts by name.
fn heading(field: &Field, way: &FieldWay) -> Option<&'static str> {
    match (field.name, field.kind) {
        ("account", _) => Some("accountName"),
        (_, FieldKind::Custom) => None,
        _ if field.kind.is_linked() => None,
        _ => Some(way.label),
    }
}

fn ways_in(calls: &[Call], has_contacts: bool) -> String {
    let credits: u32 = calls.iter().map(|call| call.credits).sum();
    let mut text = format!(
        "\
1. calls.jsonl: {} calls of the interface, {credits} credits
   (assumed: one credit each; the desk may count some higher. A day has 5,000 in the Free edition, 25,000 and 100 per
   agent in Express, 75,000 and 500 in Professional, 100,000 and 1,000 in Enterprise.)

   Each line is one call, to be made in this order, below https://desk.zoho.<your data centre>/api/v1, with the
   headers Authorization and orgId. A file of calls holds no login: whoever makes them brings one.
   - key: the same in every export of the same change until the desk is imported again. Keep a list of those that are
     done, with what they answered, and a second run repeats nothing.
   - {{{{contact:...}}}}, {{{{account:...}}}}, {{{{group:...}}}}: a record that one of the calls makes; \"answers\" of that call
     says which member of the answer is its number. {{{{user:...}}}} and {{{{mapping:...}}}} are looked up by the call before.
   - {HELP_CENTER}: the number of your help center, which you put in.
   - assumed: what no documentation says. Look at the record after the first of such calls.
   inviteAsEndUser sends a mail.

2. worklist.html: what no call does, step by step, to print or to tick in a browser. Do it after the calls.
   worklist.csv is the same for spreadsheets (UTF-8, with the mark that Excel looks for).
",
        calls.len()
    );
    if has_contacts {
        text.push_str(
            "
3. contacts.csv: the new contacts, for the desk's own import of contacts, instead of their calls POST /contacts.
   Take one of the two, or every contact is there twice. Custom fields are only in the calls.
",
        );
    }
    text.push('\n');
    text.push_str(readme::AFTERWARDS);
    text
}
