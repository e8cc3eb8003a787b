//! `show`: all fields of a person.

use portico_api::session::Session;
use serde_json::{Map, Value, json};

use crate::args::OneUser;
use crate::failure::{Ending, Failure};
use crate::output::Output;
use crate::people::{self, Directory};

pub(super) fn run(args: &OneUser, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let detail = people::detail(session, &args.user)?;
    let fields = Directory::around(session, &detail).fields(&detail.form);
    if output.is_json() {
        let mut shown: Map<String, Value> = fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        shown.insert("has_password".to_owned(), json!(detail.has_password));
        shown.insert("in_desk".to_owned(), json!(detail.in_desk));
        shown.insert("changed".to_owned(), json!(detail.changed_fields));
        shown.insert("problems".to_owned(), json!(detail.problems));
        output.value(&Value::Object(shown))?;
        return Ok(Ending::Done);
    }
    let rows: Vec<Vec<String>> = fields
        .iter()
        .map(|(name, value)| (name, people::one_line(value)))
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| {
            let changed = if detail.changed_fields.iter().any(|f| f == name) {
                "(changed)"
            } else {
                ""
            };
            vec![(*name).to_owned(), text.replace('\n', " "), changed.to_owned()]
        })
        .collect();
    output.columns(&rows)?;
    for problem in &detail.problems {
        output.line(&format!("{}: {}", problem.field, problem.message))?;
    }
    Ok(Ending::Done)
}
