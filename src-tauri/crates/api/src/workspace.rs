//! The open workspace: what it is, and what is in it.

use portico_core::access::registry;
use portico_desks::registry as desks;
use portico_store::history;
use portico_store::table::{account, external_user, meta, permission_group, queue};
use portico_store::{Connection, base, conflict, snapshot};

use crate::error::ApiError;
use crate::numbers::{small, time};
use crate::session::{Action, Session};
use crate::settings;
use crate::types::workspace::{Counts, Meant, WorkspaceInfo};

/// What the title bar, the navigation and the status lines show.
pub fn workspace_info(session: &Session) -> Result<WorkspaceInfo, ApiError> {
    session.may(Action::Read)?;
    let desk = desks::desk(session.desk())?;
    let model = registry::model(session.desk());
    session.store().read(|c| {
        let settings = settings::values(c, session.desk())?;
        Ok(WorkspaceInfo {
            path: session.path().display().to_string(),
            name: meta::get(c, meta::NAME)?.unwrap_or_default(),
            desk: session.desk().to_owned(),
            desk_name: desk.name.to_owned(),
            preview: model.is_some(),
            sorted_by: model.map(|model| model.sorted_by).unwrap_or_default().name().to_owned(),
            translations: crate::translate::translations(session)?,
            can_import: desk.can_read,
            can_export: desk.can_write,
            sample: session.is_sample(),
            read_only: session.store().is_read_only(),
            encrypted: session.is_encrypted(),
            counts: counts(c)?,
            pending: small(base::count_pending(c)?),
            conflicts: small(conflict::list(c)?.len()),
            as_of: snapshot::as_of(c)?.map(time),
            unknown_settings: settings
                .iter()
                .filter(|s| settings::is_missing(s))
                .map(|s| s.name.clone())
                .collect(),
            settings,
            undo: history::can_undo(c)?.map(meant),
            redo: history::can_redo(c)?.map(meant),
        })
    })
}

fn meant(change: history::Change) -> Meant {
    Meant {
        intent: change.intent.code,
        detail: change.intent.detail,
    }
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
