//! The desk's settings: effective values from a file, or what its database says about them.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use portico_core::model::{DeskSetting, SettingOrigin};
use portico_core::settings::{Kind, PortalSetting, registry};
use serde_json::Value;

use super::dump::{Dump, small};
use super::evidence::{Evidence, evidence};
use super::records::SYSCONFIG;
use super::said;
use super::setting_value::{attributes, context, group_names, switch};
use super::table::{Scanning, scan};
use super::tickets::Tickets;
use crate::error::DeskError;
use crate::otobo::{DATABASE, FLAVOUR, ID, NOTHING_ELSE, OTHER_CONTEXT};
use crate::reader::ReadOptions;
use crate::report::Report;
use crate::source::said as file_said;

/// Effective values by name. `Null` says that the configuration has no such value.
#[derive(Default)]
pub(super) struct Effective {
    values: BTreeMap<String, (Value, String)>,
}

impl Effective {
    /// A value by its name; `A###b` is also found within a nested `A`. `None` where nothing is said.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.place(name).map(|(value, _)| value)
    }

    /// The value, and the file that gives it.
    fn place(&self, name: &str) -> Option<(&Value, &str)> {
        if let Some((value, file)) = self.values.get(name) {
            return Some((value, file));
        }
        let (outer, inner) = name.split_once("###")?;
        let (outer, file) = self.values.get(outer)?;
        let mut value = outer;
        for part in inner.split("###") {
            value = match value {
                Value::Object(map) => map.get(part).unwrap_or(&Value::Null),
                // A whole map that the configuration does not have holds nothing.
                Value::Null => &Value::Null,
                _ => return None,
            };
        }
        Some((value, file))
    }

    fn add(&mut self, name: &str, value: Value, file: &str) {
        self.values.entry(name.to_owned()).or_insert((value, file.to_owned()));
    }
}

/// Reads all settings there are and says which are missing.
pub(super) fn read(
    on: &Scanning<'_>,
    options: &ReadOptions,
    znuny: bool,
    tickets: &Tickets,
    report: &mut Report,
) -> Result<Vec<DeskSetting>, DeskError> {
    let mut effective = Effective::default();
    if let Some(path) = &options.settings {
        from_path(on, path, &mut effective, report)?;
    }
    if let Some(bytes) = on.dump.text("settings.json")? {
        from_json(&bytes, "settings.json", &mut effective, report);
    }
    from_sysconfig(on, &mut effective, report)?;
    let mut settings = Vec::new();
    for info in given() {
        let value = match info.kind {
            Kind::Choice(_) => options
                .database
                .filter(|_| info.name == DATABASE)
                .map(|d| (Value::from(d.name()), true)),
            _ if info.name == NOTHING_ELSE => nothing_else(on, &effective, tickets, report)?,
            kind => plain(info.name, kind, &effective, report).map(|value| (value, false)),
        };
        match value {
            Some((value, confirmed)) => {
                let origin = if confirmed {
                    SettingOrigin::Confirmed
                } else {
                    SettingOrigin::Desk
                };
                settings.push(DeskSetting {
                    name: info.name.to_owned(),
                    value: value.to_string(),
                    origin,
                });
            }
            None if info.decides => unknown(info.name, info.default, report),
            None => {}
        }
    }
    let flavour = if znuny { "znuny" } else { "otobo" };
    settings.push(DeskSetting {
        name: FLAVOUR.to_owned(),
        value: Value::from(flavour).to_string(),
        origin: SettingOrigin::Desk,
    });
    Ok(settings)
}

/// The settings that a configuration can give. Which desk of the family it is, the dump itself shows.
fn given() -> impl Iterator<Item = &'static PortalSetting> {
    registry::of(ID).iter().filter(|setting| setting.name != FLAVOUR)
}

/// Reads a file of settings alone; names that decide nothing are left out.
pub(crate) fn alone(file: &str, text: &str) -> Result<Vec<DeskSetting>, DeskError> {
    let (mut effective, mut report) = (Effective::default(), Report::default());
    from_json(text.as_bytes(), file, &mut effective, &mut report);
    let mut settings = Vec::new();
    for info in given() {
        let value = match info.kind {
            Kind::Choice(words) => effective
                .get(info.name)
                .filter(|v| v.as_str().is_some_and(|w| words.contains(&w)))
                .cloned(),
            kind => plain(info.name, kind, &effective, &mut report),
        };
        if let Some(value) = value {
            settings.push(DeskSetting {
                name: info.name.to_owned(),
                value: value.to_string(),
                origin: SettingOrigin::Confirmed,
            });
        }
    }
    if report.is_usable() {
        Ok(settings)
    } else {
        Err(DeskError::BadSource {
            problems: report.problems,
            more: report.more_problems,
        })
    }
}

fn unknown(name: &str, default: Option<&str>, report: &mut Report) {
    report.unknown.push(name.to_owned());
    if name == NOTHING_ELSE {
        return; // The evidence has been told one by one.
    }
    let message = match default {
        Some(default) => said::not_given_default(name, default),
        None => said::not_given(name),
    };
    report.finding("settings.json", 0, name, message);
}

fn from_path(on: &Scanning<'_>, path: &Path, effective: &mut Effective, report: &mut Report) -> Result<(), DeskError> {
    let name = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    if path
        .extension()
        .is_some_and(|e| ["csv", "tsv", "txt"].iter().any(|end| e.eq_ignore_ascii_case(end)))
    {
        let dump = Dump::single(path, SYSCONFIG.table)?;
        return from_sysconfig(
            &Scanning {
                dump: &dump,
                watch: on.watch,
                phase: on.phase,
            },
            effective,
            report,
        );
    }
    let mut file = File::open(path).map_err(|e| DeskError::io(path, e))?;
    from_json(&small(&mut file, path)?, &name, effective, report);
    Ok(())
}

fn from_json(bytes: &[u8], file: &str, effective: &mut Effective, report: &mut Report) {
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Object(map)) => {
            for (name, value) in map {
                effective.add(&name, value, file);
            }
        }
        Ok(_) => report.problem(file, 1, "", file_said::no_settings()),
        Err(e) => report.problem(file, e.line() as u64, "", file_said::settings_json(e)),
    }
}

/// Reads the rows that differ from their defaults. A setting that is not there may still be set in a
/// configuration file: the table never says what is not in it.
fn from_sysconfig(on: &Scanning<'_>, effective: &mut Effective, report: &mut Report) -> Result<(), DeskError> {
    scan(on, &SYSCONFIG, report, &mut |row, report| {
        let Some(name) = row.key("name", report) else {
            return Ok(());
        };
        // Rows of one agent, and rows about to be dropped, say nothing about the desk.
        let reset = row.has("reset_to_default") && row.number("reset_to_default", report) == Some(1);
        if !matters(&name) || !row.is_empty("user_id") || reset {
            return Ok(());
        }
        if row.has("is_valid") && row.number("is_valid", report) == Some(0) {
            effective.add(&name, Value::Null, row.file());
            return Ok(());
        }
        let Some(yaml) = row.text("effective_value", report) else {
            return Ok(());
        };
        match serde_norway::from_str::<Value>(&yaml) {
            Ok(value) => effective.add(&name, value, row.file()),
            Err(e) => report.problem(row.file(), row.line(), "effective_value", said::no_yaml(name, e)),
        }
        Ok(())
    })
    .map(|_| ())
}

fn matters(name: &str) -> bool {
    let outer = name.split("###").next().unwrap_or(name);
    given().any(|info| info.name == name)
        || outer.starts_with("CustomerUser")
        || [
            "CustomerGroupPermissionContext",
            "CustomerTicket::Permission",
            "Ticket::ArchiveSystem",
            "Ticket::CustomerArchiveSystem",
        ]
        .contains(&outer)
}

fn plain(name: &str, kind: Kind, effective: &Effective, report: &mut Report) -> Option<Value> {
    let (value, file) = effective.place(name)?;
    let read = match kind {
        Kind::Names(_) => group_names(value),
        Kind::Words(words) => attributes(value, words),
        Kind::Switch if name == OTHER_CONTEXT => context(value).map(Value::from),
        _ => switch(value).map(Value::from),
    };
    if read.is_none() {
        let message = match kind {
            Kind::Names(_) => said::no_list(name, shown(value)),
            Kind::Words(_) => said::no_attributes(name, shown(value)),
            _ => said::no_switch(name, shown(value)),
        };
        report.problem(file, 0, name, message);
    }
    read
}

fn shown(value: &Value) -> String {
    value.to_string().chars().take(80).collect()
}

fn nothing_else(
    on: &Scanning<'_>,
    effective: &Effective,
    tickets: &Tickets,
    report: &mut Report,
) -> Result<Option<(Value, bool)>, DeskError> {
    let Evidence { used, silent } = evidence(on, effective, tickets, report)?;
    let in_use = !used.is_empty();
    for what in used {
        report.finding("settings.json", 0, NOTHING_ELSE, what);
    }
    if in_use {
        return Ok(None);
    }
    if let Some((value, file)) = effective.place(NOTHING_ELSE) {
        let Some(confirmed) = switch(value) else {
            report.problem(file, 0, NOTHING_ELSE, said::no_confirmation(NOTHING_ELSE, shown(value)));
            return Ok(None);
        };
        return Ok(Some((Value::from(confirmed), true)));
    }
    let known = silent.is_empty();
    for what in silent {
        report.finding("settings.json", 0, NOTHING_ELSE, what);
    }
    Ok(known.then_some((Value::Bool(true), false)))
}

#[cfg(test)]
mod tests {
    use super::Effective;
    use serde_json::{Value, json};

    #[test]
    fn names_are_found_flat_and_nested_and_silence_is_silence() {
        let mut effective = Effective::default();
        effective.add("A", json!({"b": {"c": 1}}), "f");
        effective.add("X###y", json!(2), "f");
        assert_eq!(effective.get("A###b###c"), Some(&json!(1)));
        assert_eq!(effective.get("A###d"), Some(&Value::Null));
        assert_eq!(effective.get("X###y"), Some(&json!(2)));
        assert_eq!(effective.get("X###z"), None);
        assert_eq!(effective.get("B###c"), None);
    }
}
