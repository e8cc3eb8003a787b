//! The open workspace: what it is, what is in it, and the settings that decide who sees what.

use portico_core::access::registry;
use portico_core::access::setting::{NeededSetting, SettingKind};
use portico_core::model::SettingOrigin;
use portico_desks::registry as desks;
use portico_store::history::{self, Intent};
use portico_store::table::{account, desk_setting, external_user, meta, permission_group, queue};
use portico_store::{Connection, base, conflict, snapshot};

use crate::error::ApiError;
use crate::numbers::{small, time};
use crate::session::{Action, Session};
use crate::types::workspace::{Counts, SettingInput, SettingValue, WorkspaceInfo};

/// What the title bar, the navigation and the status lines show.
pub fn workspace_info(session: &Session) -> Result<WorkspaceInfo, ApiError> {
    session.may(Action::Read)?;
    session.store().read(|c| {
        let settings = settings(c, session.desk())?;
        Ok(WorkspaceInfo {
            path: session.path().display().to_string(),
            name: meta::get(c, meta::NAME)?.unwrap_or_default(),
            desk: session.desk().to_owned(),
            desk_name: desks::desk(session.desk())?.name.to_owned(),
            sample: session.is_sample(),
            read_only: session.store().is_read_only(),
            counts: counts(c)?,
            pending: small(base::pending(c)?.len()),
            conflicts: small(conflict::list(c)?.len()),
            as_of: snapshot::as_of(c)?.map(time),
            unknown_settings: settings
                .iter()
                .filter(|s| s.value.is_none())
                .map(|s| s.name.clone())
                .collect(),
            settings,
            undo: history::can_undo(c)?.map(|change| change.intent.code),
            redo: history::can_redo(c)?.map(|change| change.intent.code),
        })
    })
}

fn counts(c: &Connection) -> Result<Counts, ApiError> {
    Ok(Counts {
        users: small(external_user::count(c)?),
        accounts: small(account::count(c)?),
        groups: small(permission_group::count(c)?),
        queues: small(queue::count(c)?),
        tickets: snapshot::count(c)?,
    })
}

/// The settings that the desk's model needs, with what is known of them.
fn settings(c: &Connection, desk: &str) -> Result<Vec<SettingValue>, ApiError> {
    let mut values = Vec::new();
    for needed in needed(desk) {
        let row = desk_setting::find(c, needed.name)?;
        let choices: &[&str] = if let SettingKind::Choice(choices) = needed.kind {
            choices
        } else {
            &[]
        };
        let origin = row.as_ref().map(|row| match row.origin {
            SettingOrigin::Desk => "desk",
            SettingOrigin::Confirmed => "confirmed",
        });
        values.push(SettingValue {
            name: needed.name.to_owned(),
            kind: kind_name(needed.kind).to_owned(),
            value: row.map(|row| row.value),
            default: needed.default.map(str::to_owned),
            choices: choices.iter().map(|word| (*word).to_owned()).collect(),
            origin: origin.map(str::to_owned),
        });
    }
    Ok(values)
}

fn needed(desk: &str) -> Vec<NeededSetting> {
    registry::model(desk).map(|model| model.settings).unwrap_or_default()
}

fn kind_name(kind: SettingKind) -> &'static str {
    match kind {
        SettingKind::Switch => "switch",
        SettingKind::Groups => "groups",
        SettingKind::Choice(_) => "choice",
    }
}

/// Gives or confirms settings, as one change.
pub fn set_settings(session: &Session, inputs: &[SettingInput]) -> Result<WorkspaceInfo, ApiError> {
    session.may(Action::Configure)?;
    let needed = needed(session.desk());
    for input in inputs {
        let setting = needed.iter().find(|s| s.name == input.name);
        let setting = setting.ok_or_else(|| ApiError::not_found("setting", &input.name))?;
        check(setting, &input.value)?;
    }
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    let intent = Intent::new("intent.settings").with("names", names.join(", "));
    session.store().transact(session.actor(), &intent, |tx| {
        for input in inputs {
            let row = desk_setting::Row {
                name: input.name.clone(),
                value: input.value.clone(),
                origin: SettingOrigin::Confirmed,
            };
            desk_setting::set(tx, &row)?;
        }
        Ok::<_, ApiError>(())
    })?;
    workspace_info(session)
}

/// Whether the JSON text is a value of the setting.
fn check(setting: &NeededSetting, value: &str) -> Result<(), ApiError> {
    let fits = match setting.kind {
        SettingKind::Switch => serde_json::from_str::<bool>(value).is_ok(),
        SettingKind::Groups => serde_json::from_str::<Vec<String>>(value).is_ok(),
        SettingKind::Choice(words) => {
            serde_json::from_str::<String>(value).is_ok_and(|word| words.contains(&word.as_str()))
        }
    };
    let wanted = match setting.kind {
        SettingKind::Switch => "true or false".to_owned(),
        SettingKind::Groups => "a list of group names, like [\"users\"]".to_owned(),
        SettingKind::Choice(words) => format!("one of {}, in quotes", words.join(", ")),
    };
    if fits {
        Ok(())
    } else {
        Err(ApiError::refused(format!("{}: {value} is not {wanted}", setting.name)))
    }
}
