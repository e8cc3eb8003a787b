//! The portal's front and its lists.

use portico_store::snapshot;
use portico_store::visibility::{self, Change, Eyes, Question, Reasoned, Tab};

use super::assumed::Noted;
use super::look::At;
use super::new_ticket::{may_create, new_ticket};
use super::tell::{Rights, reason};
use super::ticket::reply_states;
use super::{PAGE, untold};
use crate::error::ApiError;
use crate::numbers::time;
use crate::types::preview::{Cursor, Preview, PreviewList, TicketPage, TicketRow};

/// What can be told at a glance.
pub(super) fn preview(at: &At<'_>) -> Result<Preview, ApiError> {
    let login = at.eyes.explain_alone(&at.model.login)?;
    let mut lists = Vec::new();
    for list in &at.model.lists {
        // A list of which it cannot be told whether the portal has it is shown, with what may be in it unknown.
        let question = Question::List(list.name.to_owned());
        let has = |eyes: &Eyes<'_>| Ok::<_, ApiError>(eyes.explain_alone(&list.present)?.answer() != Some(false));
        if has(at.eyes)? {
            lists.push(one_list(at, list.name, &question)?);
        } else if at.saved.map(has).transpose()? == Some(true) {
            // A draft that takes the list away shows what is lost with it.
            lists.extend(Some(one_list(at, list.name, &question)?).filter(|list| list.lost > 0));
        }
    }
    let unknown = at.eyes.count(&Question::Untold)?.all;
    let (gained, lost) = difference(at, &Question::Listed)?;
    let (home, parts) = (super::home::home(at)?, super::objects::parts(at)?);
    let reasons = home.iter().map(|part| &part.reason);
    let reasons: Vec<_> = reasons.chain(parts.iter().map(|part| &part.reason)).collect();
    let mut noted = Noted::default();
    noted.add(at, &login.assumed(), &reasons)?;
    let may_create = noted.of("may_create", |met| may_create(at, met))?;
    let reply_states = noted.of("reply_states", |met| reply_states(at, met))?;
    let machines = noted.of("machines", |met| super::home::machines(at, met))?;
    let contact_persons = noted.of("contact_persons", |met| super::home::contact_persons(at, met))?;
    Ok(Preview {
        login: at.eyes.person().login.clone(),
        name: at.name.clone(),
        address: super::look::address(at.c, at.model.desk)?,
        may_log_in: login.answer(),
        login_reason: reason(&Reasoned::from(&login)),
        lists,
        hidden: at.eyes.count(&Question::Hidden)?.all,
        unknown,
        untold: untold::because(at, unknown > 0)?,
        may_create,
        new_ticket: new_ticket(at, &mut noted.rules)?,
        reply_states,
        as_of: snapshot::as_of(at.c)?.map(time),
        unknown_settings: at.eyes.missing_settings().into_iter().map(str::to_owned).collect(),
        assumed: noted.told(),
        assumed_in: noted.parts,
        home,
        colleagues: super::home::colleagues(at)?,
        machines,
        contact_persons,
        objects: super::objects::objects(at)?,
        parts,
        draft: at.draft,
        gained,
        lost,
    })
}

pub(super) fn one_list(at: &At<'_>, name: &str, question: &Question) -> Result<PreviewList, ApiError> {
    let count = at.eyes.count(question)?;
    let (gained, lost) = difference(at, question)?;
    Ok(PreviewList {
        name: name.to_owned(),
        all: count.all,
        open: count.open,
        closed: count.closed,
        unknown: count.unknown,
        gained,
        lost,
    })
}

/// What a draft gains and loses; for a new person all is gained.
fn difference(at: &At<'_>, question: &Question) -> Result<(u64, u64), ApiError> {
    match at.saved {
        Some(saved) => {
            let difference = at.eyes.difference(saved, question)?;
            Ok((difference.gained, difference.lost))
        }
        None if at.draft => Ok((at.eyes.count(question)?.all, 0)),
        None => Ok((0, 0)),
    }
}

/// A page of a list, or of what is beside the lists. In a draft, with what the list loses; with `changed` only with what
/// the draft changes.
pub(super) fn page(
    at: &At<'_>,
    (question, changed): (&Question, bool),
    tab: Tab,
    after: Option<visibility::Cursor>,
) -> Result<TicketPage, ApiError> {
    let is_list = !matches!(question, Question::Hidden | Question::Untold);
    let found = match at.saved {
        Some(saved) if is_list => at.eyes.rows_against(saved, (question, changed), tab, after, PAGE)?,
        _ => {
            let all = if at.draft && is_list {
                Change::Gained
            } else {
                Change::Kept
            };
            let rows = at.eyes.rows(question, tab, after, PAGE)?;
            rows.into_iter().map(|row| (row, all)).collect()
        }
    };
    let next = found.last().filter(|_| found.len() == PAGE).map(|(row, _)| Cursor {
        age: row.at.age,
        id: row.at.id,
    });
    let mut rights = Rights::default();
    let rows = found.into_iter().map(|(row, change)| {
        let (home, passed) = (row.ticket.account.clone(), row.why.answer == Some(true));
        let mut told = ticket_row(row, change);
        rights.name(at, &home, passed, &mut told.reason)?;
        Ok(told)
    });
    let rows = rows.collect::<Result<_, ApiError>>()?;
    Ok(TicketPage { rows, next })
}

fn ticket_row(row: visibility::Row, change: Change) -> TicketRow {
    TicketRow {
        number: row.ticket.number,
        title: row.ticket.title,
        place: row.place,
        state: row.state,
        created: time(row.ticket.created),
        openable: row.openable,
        reason: reason(&row.why),
        untold: untold::shown(&row.why.untold),
        assumed: row.why.assumed.iter().map(|rule| rule.id.to_owned()).collect(),
        change: match change {
            Change::Kept => String::new(),
            Change::Gained => "gained".to_owned(),
            Change::Lost => "lost".to_owned(),
        },
    }
}
