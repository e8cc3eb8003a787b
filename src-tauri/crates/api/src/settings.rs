//! The settings of the desk's portal: what is known of each, and giving them.

use portico_core::model::SettingOrigin;
use portico_core::settings::{Kind, PortalSetting, check, registry};
use portico_store::history::Intent;
use portico_store::table::desk_setting;
use portico_store::{Connection, Tx, draft};

use crate::error::ApiError;
use crate::session::{Action, Session};
use crate::types::workspace::{SettingInput, SettingValue, WorkspaceInfo};

/// All settings of the workspace's desk with what is known of them, in the order in which they are shown.
pub fn list_settings(session: &Session) -> Result<Vec<SettingValue>, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| values(c, session.desk()))
}

/// Gives, confirms or forgets settings, as one change. What is as it was is no change.
pub fn set_settings(session: &Session, inputs: &[SettingInput]) -> Result<WorkspaceInfo, ApiError> {
    session.may(Action::Configure)?;
    let checked = checked(session.desk(), inputs)?;
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    let intent = Intent::new("intent.settings").with("names", names.join(", "));
    session.store().transact(session.actor(), &intent, |tx| {
        draft::discard_saved(tx, DRAFT)?;
        write(tx, &checked)
    })?;
    crate::workspace::workspace_info(session)
}

/// The key under which settings that are being edited are kept.
const DRAFT: &str = "settings";

/// Settings that are being edited, as they were kept last. One that does not fit any more is left out.
pub fn settings_draft(session: &Session) -> Result<Vec<SettingInput>, ApiError> {
    session.may(Action::Read)?;
    let kept = session.store().read(|c| Ok::<_, ApiError>(draft::get(c, DRAFT)?))?;
    // What an older program wrote and this one cannot read is as good as none.
    let inputs: Vec<SettingInput> = kept
        .and_then(|d| serde_json::from_str(&d.form).ok())
        .unwrap_or_default();
    let known = |input: &SettingInput| registry::find(session.desk(), &input.name).is_some();
    Ok(inputs.into_iter().filter(known).collect())
}

/// Keeps settings that are being edited; none forgets them.
pub fn put_settings_draft(session: &Session, inputs: &[SettingInput]) -> Result<(), ApiError> {
    session.may(Action::Draft)?;
    if inputs.is_empty() {
        return Ok(draft::discard(session.store(), DRAFT)?);
    }
    let json = serde_json::to_string(inputs).map_err(|e| ApiError::refused(e.to_string()))?;
    Ok(draft::put(session.store(), DRAFT, "desk_setting", &json)?)
}

/// A setting with the value it shall have, as it is kept; `None` makes it unknown again.
pub(crate) type Checked = (&'static str, Option<String>);

/// Whether these are settings of the desk with values that they can have.
pub(crate) fn checked(desk: &str, inputs: &[SettingInput]) -> Result<Vec<Checked>, ApiError> {
    let (mut values, mut problems) = (Vec::new(), Vec::new());
    for input in inputs {
        let setting = registry::find(desk, &input.name);
        let setting = setting.ok_or_else(|| ApiError::not_found("setting", &input.name))?;
        match input.value.as_deref().map(|value| check(setting, value)).transpose() {
            Ok(value) => values.push((setting.name, value)),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(values)
    } else {
        Err(ApiError::invalid(problems))
    }
}

/// Writes settings that were checked. Rolled back, it is the preview of the change.
pub(crate) fn write(tx: &Tx<'_>, checked: &[Checked]) -> Result<(), ApiError> {
    for (name, value) in checked {
        match value {
            Some(value) => {
                let row = desk_setting::Row {
                    name: (*name).to_owned(),
                    value: value.clone(),
                    origin: SettingOrigin::Confirmed,
                };
                desk_setting::set(tx, &row)?;
            }
            None => desk_setting::forget(tx, name)?,
        }
    }
    Ok(())
}

/// What is known of the settings of a desk.
pub(crate) fn values(c: &Connection, desk: &str) -> Result<Vec<SettingValue>, ApiError> {
    let rows = desk_setting::all(c)?;
    let of = |setting: &PortalSetting| rows.iter().find(|row| row.name == setting.name);
    Ok(registry::of(desk)
        .iter()
        .map(|setting| described(setting, of(setting)))
        .collect())
}

/// Whether who sees what cannot be told before the setting is given.
pub(crate) fn is_missing(setting: &SettingValue) -> bool {
    setting.decides && setting.value.is_none() && !setting.assumed
}

fn described(setting: &PortalSetting, row: Option<&desk_setting::Row>) -> SettingValue {
    let origin = row.map(|row| match row.origin {
        SettingOrigin::Desk => "desk",
        SettingOrigin::Confirmed => "confirmed",
    });
    let (least, most) = if let Kind::Number(least, most) = setting.kind {
        (least, most)
    } else {
        (0, 0)
    };
    let (table_row, table_column) = setting.cell.unwrap_or_default();
    let entity = setting.kind.entity();
    SettingValue {
        name: setting.name.to_owned(),
        kind: setting.kind.name().to_owned(),
        section: setting.section.to_owned(),
        text: setting.text.to_owned(),
        value: row.map(|row| row.value.clone()),
        default: setting.default.map(str::to_owned),
        choices: setting.kind.words().iter().map(|word| (*word).to_owned()).collect(),
        entity: entity
            .map(portico_core::form::field::Entity::name)
            .unwrap_or_default()
            .to_owned(),
        least,
        most,
        origin: origin.map(str::to_owned),
        standing: setting.standing.letter().to_owned(),
        decides: setting.decides,
        assumed: setting.is_assumed(),
        row: table_row.to_owned(),
        column: table_column.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::collections::BTreeMap;
    use std::path::Path;

    use portico_core::form::registry::DESKS;

    use super::{described, registry};

    /// The window's stand-in for the program, used in tests and browsers, has the same settings.
    #[test]
    fn the_committed_settings_of_the_stand_in_are_those_of_the_desks() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bridge/fake/settings.gen.json");
        let all: BTreeMap<_, Vec<_>> = DESKS
            .iter()
            .map(|desk| (*desk, registry::of(desk).iter().map(|s| described(s, None)).collect()))
            .collect();
        let fresh = serde_json::to_string(&all).unwrap() + "\n";
        if std::env::var_os("PORTICO_WRITE_BINDINGS").is_some() {
            return std::fs::write(file, fresh).unwrap();
        }
        let committed = std::fs::read_to_string(file).unwrap();
        assert!(committed == fresh, "settings.gen.json is stale; run `make bindings`");
    }
}
