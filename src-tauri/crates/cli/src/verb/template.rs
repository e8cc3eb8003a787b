//! `template`: the rights that a role usually has.

use portico_api::session::Session;
use portico_api::templates;
use portico_api::types::templates::{SaveTemplate, TemplateRow};
use portico_core::actor::Actor;
use serde_json::{Value, json};

use super::{look, work};
use crate::args::{Template, TemplateWhat};
use crate::failure::{Ending, Failure};
use crate::field::{self, shown_as};
use crate::output::Output;
use crate::people;

pub(super) fn run(args: &Template, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    let file = &args.file;
    match &args.what {
        TemplateWhat::List => list(&look(file, actor)?, output),
        TemplateWhat::Save { name, user, fields } => save(&work(file, actor)?, name, user, fields, output),
        TemplateWhat::Delete { name } => {
            let session = work(file, actor)?;
            templates::delete_template(&session, &id_of(&session, name)?)?;
            told(name, "deleted", output)
        }
    }
}

/// The id of the template with this name.
pub(super) fn id_of(session: &Session, name: &str) -> Result<String, Failure> {
    let all = templates::list_templates(session)?;
    let found = all.into_iter().find(|row| row.name == name);
    found
        .map(|row| row.id)
        .ok_or_else(|| Failure::missing("template", name))
}

fn list(session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let all = templates::list_templates(session)?;
    let shown = |fields: &[String]| {
        fields
            .iter()
            .map(|field| shown_as(field).to_owned())
            .collect::<Vec<_>>()
    };
    if output.is_json() {
        let row =
            |row: &TemplateRow| json!({ "name": row.name, "fields": shown(&row.fields), "gone": shown(&row.gone) });
        output.value(&json!({ "templates": all.iter().map(row).collect::<Vec<Value>>() }))?;
    } else {
        let rows = all
            .iter()
            .map(|row| vec![row.name.clone(), shown(&row.fields).join(", ")]);
        output.columns(&rows.collect::<Vec<_>>())?;
    }
    Ok(Ending::look_if(all.iter().any(|row| !row.gone.is_empty())))
}

/// Keeps the rights of a person; a template of this name is replaced.
fn save(session: &Session, name: &str, user: &str, fields: &[String], output: &mut Output) -> Result<Ending, Failure> {
    let all = templates::list_templates(session)?;
    let named = fields
        .iter()
        .map(|field| field::find(field).map(|named| named.field.name.to_owned()));
    let input = SaveTemplate {
        id: all.into_iter().find(|row| row.name == name.trim()).map(|row| row.id),
        name: name.to_owned(),
        form: None,
        user: Some(people::id_of(session, user)?),
        fields: named.collect::<Result<_, _>>().map_err(Failure::Usage)?,
    };
    templates::save_template(session, &input)?;
    told(name, "saved", output)
}

fn told(name: &str, what: &str, output: &mut Output) -> Result<Ending, Failure> {
    if output.is_json() {
        output.value(&json!({ "name": name, what: true }))?;
    } else {
        output.line(&format!("template {name}: {what}"))?;
    }
    Ok(Ending::Done)
}
