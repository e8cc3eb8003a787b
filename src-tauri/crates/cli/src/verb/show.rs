//! `show`: all fields of a person.

use portico_api::session::Session;
use portico_api::users;
use serde_json::{Map, Value, json};

use crate::args::OneUser;
use crate::failure::{Ending, Failure};
use crate::field::shown_as;
use crate::output::Output;
use crate::people::{self, Directory};

pub(super) fn run(args: &OneUser, session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let detail = people::detail(session, &args.user)?;
    let mut directory = Directory::of(session)?;
    let fields = directory.fields(&detail.form)?;
    if output.is_json() {
        let mut shown: Map<String, Value> = fields
            .into_iter()
            .map(|(named, value)| (named.name.to_owned(), value))
            .collect();
        shown.insert("has_password".to_owned(), json!(detail.has_password));
        shown.insert("in_desk".to_owned(), json!(detail.in_desk));
        shown.insert("changed".to_owned(), json!(detail.changed_fields));
        shown.insert("problems".to_owned(), json!(detail.problems));
        output.value(&Value::Object(shown))?;
        return Ok(Ending::Done);
    }
    let blank = users::new_user(session, None)?.form;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (named, value) in &fields {
        let is_default = blank.value(named.field.name) == detail.form.value(named.field.name);
        if people::says_nothing(*named, value) || (is_default && !directory.knows(*named)) {
            continue;
        }
        let is_changed = detail.changed_fields.iter().any(|field| field == named.field.name);
        let changed = if is_changed { "(changed)" } else { "" };
        let text = people::one_line(value).replace('\n', " ");
        rows.push(vec![named.name.to_owned(), text, changed.to_owned()]);
    }
    output.columns(&rows)?;
    for problem in &detail.problems {
        output.line(&format!("{}: {}", shown_as(&problem.field), problem.message))?;
    }
    Ok(Ending::Done)
}
