//! Who can see a ticket, with the reason.

use portico_core::access::model::AccessModel;
use portico_core::model::Activity;
use portico_store::snapshot::{self, Ticket};
use portico_store::table::{account, external_user};
use portico_store::visibility::who::{Seer, SeerCursor, Seers, Watched};
use portico_store::visibility::{Directory, Reasoned};
use portico_store::{Connection, StoreError};

use super::{PAGE, ticket};
use crate::error::{ApiError, id};
use crate::preview::{model, reason};
use crate::session::{Action, Session};
use crate::types::tickets::{Hanging, WhoCounts, WhoCursor, WhoPage, WhoPerson, WhoQuery};

/// The part with this name.
pub(super) fn part(name: &str) -> Result<Seers, ApiError> {
    Ok(match name {
        "all" => Seers::All,
        "may_log_in" => Seers::MayLogIn,
        "listed" => Seers::Listed,
        "openable" => Seers::Openable,
        "unknown" => Seers::Unknown,
        other => {
            return Err(ApiError::refused(format!(
                "part: {other:?} is none of all, may_log_in, listed, openable, unknown"
            )));
        }
    })
}

/// What a look at a ticket needs.
pub(super) struct Scene<'a> {
    pub(super) c: &'a Connection,
    pub(super) model: &'a AccessModel,
    pub(super) directory: &'a Directory,
    pub(super) ticket: &'a Ticket,
    pub(super) activity: Option<&'a Activity>,
}

impl Scene<'_> {
    pub(super) fn watched(&self) -> Watched<'_> {
        Watched::new(self.c, self.model, self.directory, self.ticket, self.activity)
    }
}

/// Answers a question about a ticket, or what was said on it, in one state of the workspace.
pub(super) fn look<T>(
    session: &Session,
    number: &str,
    position: Option<u32>,
    answer: impl FnOnce(&Scene<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    session.store().read(|c| {
        let model = model(c, session.desk())?;
        let directory = session.directory().get(c, &model)?;
        let ticket = ticket(c, number)?;
        let activity = position.map(|at| activity(c, &ticket, at)).transpose()?;
        answer(&Scene {
            c,
            model: &model,
            directory: &directory,
            ticket: &ticket,
            activity: activity.as_ref(),
        })
    })
}

fn activity(c: &Connection, ticket: &Ticket, position: u32) -> Result<Activity, ApiError> {
    let said = snapshot::activities(c, ticket.id)?;
    let found = said.into_iter().find(|said| said.position == i64::from(position));
    let found = found.ok_or_else(|| StoreError::NotFound {
        what: "activity",
        key: format!("{} {position}", ticket.number),
    })?;
    Ok(Activity {
        ticket: ticket.id,
        position: found.position,
        channel: found.channel,
        visible: found.visible,
        ..Activity::default()
    })
}

/// How many people can see it: exactly, and of how many it cannot be told.
pub fn who_count(session: &Session, number: &str, activity: Option<u32>) -> Result<WhoCounts, ApiError> {
    session.may(Action::Preview)?;
    look(session, number, activity, |scene| {
        let watched = scene.watched();
        let counts = watched.counts()?;
        let hanging = watched.hanging()?.into_iter().map(|(setting, people)| Hanging {
            setting: setting.name.to_owned(),
            people,
        });
        let settings = scene.directory.settings();
        let missing = scene.model.settings.iter().filter(|s| settings.get(s.name).is_none());
        Ok(WhoCounts {
            all: counts.all,
            may_log_in: counts.may_log_in,
            listed: counts.listed,
            openable: counts.openable,
            unknown: counts.unknown,
            unknown_settings: missing.map(|setting| setting.name.to_owned()).collect(),
            hanging: hanging.collect(),
        })
    })
}

/// A page of those who can see it, by login, each with the reason.
pub fn who_page(session: &Session, query: &WhoQuery) -> Result<WhoPage, ApiError> {
    session.may(Action::Preview)?;
    let seers = part(&query.part)?;
    let after = match &query.after {
        Some(after) => Some(SeerCursor {
            login: after.login.clone(),
            id: id("external user", &after.id)?,
        }),
        None => None,
    };
    look(session, &query.ticket, query.activity, |scene| {
        let found = scene.watched().page(seers, after.as_ref(), PAGE)?;
        let next = found.last().filter(|_| found.len() == PAGE).map(|last| WhoCursor {
            login: last.at.login.clone(),
            id: last.at.id.to_string(),
        });
        Ok(WhoPage {
            people: people(scene.c, found)?,
            next,
        })
    })
}

/// The people with their names and accounts.
pub(super) fn people(c: &Connection, seers: Vec<Seer>) -> Result<Vec<WhoPerson>, ApiError> {
    let ids: Vec<_> = seers.iter().map(|seer| seer.at.id).collect();
    let rows = external_user::find_many(c, &ids)?;
    let accounts: Vec<_> = rows.iter().filter_map(|row| row.account_id).collect();
    let accounts = account::find_many(c, &accounts)?;
    let told = seers.into_iter().map(|seer| {
        let row = rows.iter().find(|row| row.id == seer.at.id);
        let own = row.and_then(|row| accounts.iter().find(|a| Some(a.id) == row.account_id));
        person(seer, row, own)
    });
    Ok(told.collect())
}

fn person(seer: Seer, row: Option<&external_user::Row>, account: Option<&account::Row>) -> WhoPerson {
    let name = row.map(|row| format!("{} {}", row.first_name, row.last_name).trim().to_owned());
    let title = || row.map(|row| row.title.clone()).unwrap_or_default();
    let account = account.map(|a| if a.name.is_empty() { &a.key } else { &a.name });
    WhoPerson {
        id: seer.at.id.to_string(),
        login: seer.at.login,
        name: name.filter(|name| !name.is_empty()).unwrap_or_else(title),
        account: account.cloned().unwrap_or_default(),
        may_log_in: seer.may_log_in,
        listed: seer.listed,
        lists: seer.lists.into_iter().map(str::to_owned).collect(),
        openable: seer.openable,
        reply: seer.reply,
        reason: reason(&seer.why),
        assumed: assumed(&seer.why),
    }
}

fn assumed(why: &Reasoned) -> Vec<String> {
    why.assumed.iter().map(|rule| rule.id.to_owned()).collect()
}
