//! A file of a portal's settings as they are kept: an object of names and values.

use portico_core::model::{DeskSetting, SettingOrigin};
use portico_core::settings::{check, registry};
use serde_json::Value;

use crate::error::DeskError;
use crate::report::Report;
use crate::source::said;

/// Reads it. Names that the desk does not have are problems, and so are values that do not fit.
pub(crate) fn read(desk: &str, file: &str, text: &str) -> Result<Vec<DeskSetting>, DeskError> {
    let mut report = Report::default();
    let mut settings = Vec::new();
    match serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(map)) => {
            for (name, value) in map {
                let Some(setting) = registry::find(desk, &name) else {
                    report.problem(file, 0, &name, said::no_setting());
                    continue;
                };
                match check(setting, &value.to_string()) {
                    Ok(value) => settings.push(DeskSetting {
                        name,
                        value,
                        origin: SettingOrigin::Confirmed,
                    }),
                    Err(problem) => report.problem(file, 0, &name, problem),
                }
            }
        }
        Ok(_) => report.problem(file, 1, "", said::no_settings()),
        Err(e) => report.problem(file, e.line() as u64, "", said::settings_json(e)),
    }
    if report.is_usable() {
        return Ok(settings);
    }
    Err(DeskError::BadSource {
        problems: report.problems,
        more: report.more_problems,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn settings_are_read_by_name_and_what_does_not_fit_is_named() {
        let read_ok = read("zoho", "s.json", r#"{"Portal::Access": "all", "Portal::Forums": true}"#).unwrap();
        assert_eq!((read_ok.len(), read_ok[0].value.as_str()), (2, "\"all\""));
        let text = r#"{"Portal::Access": "some", "Nothing": 1}"#;
        let Err(DeskError::BadSource { problems, .. }) = read("zoho", "s.json", text) else {
            panic!("it was read")
        };
        let columns: Vec<_> = problems.iter().map(|p| p.column.as_str()).collect();
        assert_eq!(columns, ["Portal::Access", "Nothing"]);
        assert!(read("zoho", "s.json", "[]").is_err() && read("zoho", "s.json", "{").is_err());
    }
}
