//! `settings`: what can be set of the portal, and giving it.

use clap::Args;
use portico_api::session::Session;
use portico_api::settings;
use portico_api::types::workspace::{SettingInput, SettingValue};
use portico_core::actor::Actor;
use serde_json::{Value, json};

use super::{look, work};
use crate::args::File;
use crate::failure::{Ending, Failure};
use crate::output::Output;

#[derive(Debug, Args)]
pub(crate) struct Settings {
    #[command(flatten)]
    pub(crate) file: File,
    /// Give a setting a value: JSON, or a plain word or list of names
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,
    /// Make a setting unknown again
    #[arg(long, value_name = "NAME")]
    pub(crate) forget: Vec<String>,
}

pub(super) fn run(args: &Settings, actor: Actor, output: &mut Output) -> Result<Ending, Failure> {
    let changes = !args.set.is_empty() || !args.forget.is_empty();
    let path = &args.file;
    let session = if changes {
        work(path, actor)?
    } else {
        look(path, actor)?
    };
    if changes {
        let inputs = inputs(args, &settings::list_settings(&session)?)?;
        settings::set_settings(&session, &inputs)?;
    }
    show(&session, output)
}

fn show(session: &Session, output: &mut Output) -> Result<Ending, Failure> {
    let all = settings::list_settings(session)?;
    let missing: Vec<&str> = all
        .iter()
        .filter(|s| s.decides && s.value.is_none() && !s.assumed)
        .map(|s| s.name.as_str())
        .collect();
    if output.is_json() {
        let each = all.iter().map(as_json).collect::<Vec<_>>();
        output.value(&json!({ "settings": each, "unknown": missing }))?;
    } else {
        let rows = all
            .iter()
            .map(|s| vec![s.name.clone(), value_in_words(s), source_in_words(s)]);
        output.columns(&rows.collect::<Vec<_>>())?;
        if !missing.is_empty() {
            output.line("Who sees what cannot be told before these are given (--set NAME=VALUE):")?;
            for name in &missing {
                output.line(&format!("  {name}"))?;
            }
        }
    }
    Ok(Ending::look_if(!missing.is_empty()))
}

/// A value as JSON; a text that is none stays a text.
fn parsed(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| {
        serde_json::from_str(text).unwrap_or_else(|_| json!(text))
    })
}

fn as_json(setting: &SettingValue) -> Value {
    json!({
        "name": setting.name,
        "kind": setting.kind,
        "value": parsed(setting.value.as_deref()),
        "default": parsed(setting.default.as_deref()),
        "choices": setting.choices,
        "origin": setting.origin,
        "standing": setting.standing,
        "decides": setting.decides,
        "assumed": setting.assumed,
    })
}

fn value_in_words(setting: &SettingValue) -> String {
    let assumed = setting.default.as_deref().filter(|_| setting.assumed);
    setting.value.as_deref().or(assumed).unwrap_or("-").to_owned()
}

fn source_in_words(setting: &SettingValue) -> String {
    match (setting.origin.as_deref(), setting.assumed) {
        (Some("desk"), _) => "from the desk",
        (Some(_), _) => "confirmed",
        (None, true) => "assumed",
        (None, false) => "not known",
    }
    .to_owned()
}

/// What was typed, as the use case takes it.
fn inputs(args: &Settings, known: &[SettingValue]) -> Result<Vec<SettingInput>, Failure> {
    let mut inputs = Vec::new();
    for typed in &args.set {
        let Some((name, value)) = typed.split_once('=') else {
            return Err(Failure::Usage(format!("{typed:?} is not NAME=VALUE")));
        };
        let kind = known.iter().find(|s| s.name == name).map_or("", |s| s.kind.as_str());
        inputs.push(SettingInput {
            name: name.to_owned(),
            value: Some(typed_value(kind, value)),
        });
    }
    inputs.extend(args.forget.iter().map(|name| SettingInput {
        name: name.clone(),
        value: None,
    }));
    Ok(inputs)
}

/// JSON as it is; a plain word or a plain list of names becomes what the setting holds.
fn typed_value(kind: &str, value: &str) -> String {
    let json: Option<Value> = serde_json::from_str(value).ok();
    match kind {
        "choice" | "text" | "one" if !matches!(json, Some(Value::String(_))) => json!(value).to_string(),
        "names" | "words" if !matches!(json, Some(Value::Array(_))) => {
            let names: Vec<&str> = value
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .collect();
            json!(names).to_string()
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::typed_value;

    #[test]
    fn plain_words_are_taken_for_what_the_setting_holds() {
        assert_eq!(typed_value("choice", "all"), "\"all\"");
        assert_eq!(typed_value("choice", "\"all\""), "\"all\"");
        assert_eq!(typed_value("text", "25"), "\"25\"");
        assert_eq!(typed_value("names", "users, staff"), "[\"users\",\"staff\"]");
        assert_eq!(typed_value("names", "[\"a,b\"]"), "[\"a,b\"]");
        assert_eq!(typed_value("switch", "true"), "true");
        assert_eq!(typed_value("number", "lots"), "lots");
    }
}
