//! Accounts against what tickets are sorted by: how many of each group, address or app the people of an account see. Nothing here can
//! write but a table into a file.

mod export;

use std::sync::atomic::Ordering;

use portico_core::id::AccountId;
use portico_store::table::{account, account_people, external_user};
use portico_store::visibility::exposure::Scene;
use portico_store::visibility::heat::{Beholder, Heat, Row};
use portico_store::visibility::who::SeerCursor;
use portico_store::{Connection, StoreError};

use crate::error::{ApiError, id};
use crate::exposure::Work;
use crate::numbers::small;
use crate::preview::model;
use crate::session::{Action, Session};
use crate::types::heat::{HeatCell, HeatColumn, HeatHead, HeatPage, HeatPeople, HeatPerson, HeatQuery, HeatRow};
use crate::types::tickets::WhoCursor;
use crate::types::transfer::Progress;

pub use export::{export_heat, heat_columns};

/// The most rows a page may have.
const MOST_ROWS: u32 = 1_000;
/// People on a page.
const PAGE: usize = 50;

/// The table in one state of the workspace.
pub(super) struct At<'a> {
    pub(super) c: &'a Connection,
    pub(super) heat: Heat<'a>,
}

pub(super) fn look<T>(session: &Session, answer: impl FnOnce(&At<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
    session.store().read(|c| {
        model(c, session.desk())?;
        let scene = Scene::load(c, session.desk(), session.directory())?;
        let scene = scene.ok_or_else(|| ApiError::refused("the desk has no access model"))?;
        let cells = session.cells().get(c)?;
        answer(&At {
            c,
            heat: Heat::new(c, &cells, &scene)?,
        })
    })
}

/// Tells how many people were looked at, and stops where somebody wants it.
pub(super) struct Watch<'w, 'a> {
    work: &'w mut Work<'a>,
    people: u64,
}

impl<'w, 'a> Watch<'w, 'a> {
    pub(super) fn new(work: &'w mut Work<'a>) -> Self {
        Self { work, people: 0 }
    }

    pub(super) fn step(&mut self) -> Result<(), StoreError> {
        if self.work.cancelled.load(Ordering::Relaxed) {
            return Err(StoreError::Cancelled);
        }
        (self.work.tell)(Progress {
            job: self.work.job.to_owned(),
            phase: "comparing".to_owned(),
            kind: "external_users".to_owned(),
            done: self.people,
        });
        self.people += 1;
        Ok(())
    }
}

/// The columns, and what cannot be told.
pub fn heat_head(session: &Session) -> Result<HeatHead, ApiError> {
    session.may(Action::Preview)?;
    let (unknown_settings, assumed) = session.store().read(|c| {
        let model = model(c, session.desk())?;
        let directory = session.directory().get(c, &model)?;
        let missing = model
            .settings
            .iter()
            .filter(|s| directory.settings().get(s.name).is_none());
        let missing = missing.map(|setting| setting.name.to_owned()).collect();
        let assumed = directory.assumed_of_tickets(&model).into_iter();
        Ok::<_, ApiError>((missing, assumed.map(str::to_owned).collect()))
    })?;
    look(session, |at| {
        let column = |of: &portico_store::visibility::heat::Column| HeatColumn {
            key: of.key.clone(),
            name: of.name.clone(),
            tickets: of.tickets,
        };
        Ok(HeatHead {
            by: at.heat.by().to_owned(),
            columns: at.heat.columns().iter().map(column).collect(),
            unknown_settings,
            assumed,
        })
    })
}

/// Some rows: those without an account where they come first, and accounts by name.
pub(super) struct Stretch {
    pub(super) total: u64,
    pub(super) without: bool,
    pub(super) accounts: Vec<account::Row>,
}

pub(super) fn stretch(c: &Connection, search: &str, offset: u64, limit: u64) -> Result<Stretch, ApiError> {
    let without = search.trim().is_empty() && account_people::is_without(c)?;
    let before = u64::from(without);
    let first = without && offset == 0 && limit > 0;
    let from = offset.saturating_sub(before);
    Ok(Stretch {
        total: account_people::count_accounts(c, search)? + before,
        without: first,
        accounts: account_people::accounts(c, search, from, limit - u64::from(first))?,
    })
}

/// A stretch of the rows, with what is seen.
pub fn heat_page(
    session: &Session,
    search: &str,
    offset: u32,
    limit: u32,
    work: &mut Work<'_>,
) -> Result<HeatPage, ApiError> {
    session.may(Action::Preview)?;
    let mut watch = Watch::new(work);
    look(session, |at| {
        let found = stretch(at.c, search, offset.into(), limit.min(MOST_ROWS).into())?;
        let mut rows = Vec::new();
        if found.without {
            rows.push(row(at, None, &mut watch)?);
        }
        for account in &found.accounts {
            rows.push(row(at, Some(account), &mut watch)?);
        }
        Ok(HeatPage {
            total: small(found.total),
            rows,
        })
    })
}

pub(super) fn row(at: &At<'_>, account: Option<&account::Row>, watch: &mut Watch<'_, '_>) -> Result<HeatRow, ApiError> {
    let Row {
        people,
        unknown,
        tickets,
        cells,
    } = at.heat.row(account.map(|a| a.id), &mut || watch.step())?;
    let key = |column: usize| at.heat.columns().get(column).map(|c| c.key.clone()).unwrap_or_default();
    let cell = |(column, tickets)| HeatCell {
        column: key(column),
        tickets,
    };
    Ok(HeatRow {
        id: account.map(|a| a.id.to_string()).unwrap_or_default(),
        key: account.map(|a| a.key.clone()).unwrap_or_default(),
        name: account
            .map(|a| if a.name.is_empty() { &a.key } else { &a.name }.clone())
            .unwrap_or_default(),
        people: small(people),
        unknown: small(unknown),
        tickets,
        cells: cells.into_iter().map(cell).collect(),
    })
}

/// People behind a cell: those who see tickets of the column, and those of whom it cannot be told, by login.
pub fn heat_people(session: &Session, query: &HeatQuery, work: &mut Work<'_>) -> Result<HeatPeople, ApiError> {
    session.may(Action::Preview)?;
    let account = match query.account.as_str() {
        "" => None,
        text => Some(id::<AccountId>("account", text)?),
    };
    let after = match &query.after {
        Some(after) => Some(SeerCursor {
            login: after.login.clone(),
            id: id("external user", &after.id)?,
        }),
        None => None,
    };
    let mut watch = Watch::new(work);
    look(session, |at| {
        let place = |key: &String| {
            let found = at.heat.columns().iter().position(|column| column.key == *key);
            found.ok_or_else(|| StoreError::NotFound {
                what: "column",
                key: key.clone(),
            })
        };
        let column = query.column.as_ref().map(place).transpose()?;
        let found = at
            .heat
            .beholders(account, column, after.as_ref(), PAGE, &mut || watch.step())?;
        let next = found.last().filter(|_| found.len() == PAGE).map(|last| WhoCursor {
            login: last.at.login.clone(),
            id: last.at.id.to_string(),
        });
        Ok(HeatPeople {
            people: people(at.c, found)?,
            next,
        })
    })
}

fn people(c: &Connection, found: Vec<Beholder>) -> Result<Vec<HeatPerson>, ApiError> {
    let ids: Vec<_> = found.iter().map(|one| one.at.id).collect();
    let rows = external_user::find_many(c, &ids)?;
    let told = found.into_iter().map(|one| {
        let row = rows.iter().find(|row| row.id == one.at.id);
        let name = row.map(|row| format!("{} {}", row.first_name, row.last_name).trim().to_owned());
        HeatPerson {
            id: one.at.id.to_string(),
            name: name
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| one.at.login.clone()),
            login: one.at.login,
            tickets: one.tickets,
            unknown: one.unknown,
        }
    });
    Ok(told.collect())
}
