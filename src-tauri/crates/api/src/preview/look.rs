//! Setting up a look through somebody's eyes: saved, or as a draft would have it.

use std::sync::Arc;

use portico_core::access::model::AccessModel;
use portico_core::id::ExternalUserId;
use portico_core::settings::registry;
use portico_store::earlier::{self, Point};
use portico_store::history::ChangeId;
use portico_store::table::desk_setting;
use portico_store::visibility::{self, Directory, Eyes, Kept, PersonFacts};
use portico_store::{Connection, StoreError};

use super::objects::{Held, held};
use crate::elsewhere;
use crate::error::{ApiError, Code, id};
use crate::session::Session;
use crate::types::preview::Viewer;

/// All that an answer needs: the eyes that look and, for a draft of a saved person, hers as they are saved.
pub(crate) struct At<'a> {
    pub(crate) c: &'a Connection,
    pub(crate) model: &'a AccessModel,
    pub(crate) eyes: &'a Eyes<'a>,
    /// With the eyes of a draft: those of the saved state; `None` for a new person.
    pub(crate) saved: Option<&'a Eyes<'a>>,
    pub(crate) draft: bool,
    /// The name that the portal shows.
    pub(crate) name: String,
    /// Who looks; `None` for one who is not saved yet, and for a visitor.
    pub(crate) user: Option<ExternalUserId>,
    /// Rights on objects that are given to whoever looks.
    pub(crate) held: &'a [Held],
}

/// The name and the facts of the person who looks.
struct Looker {
    name: String,
    facts: Arc<Kept>,
    held: Vec<Held>,
}

/// How far somebody looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// At tickets.
    Tickets,
    /// At tickets, with the rights on the portal's objects that reach them.
    Rights,
    /// At whom else she sees, and at the rest of the portal, too.
    Colleagues,
}

/// Answers a question about tickets through the viewer's eyes, in one state of the workspace.
pub(crate) fn look<T>(
    session: &Session,
    viewer: &Viewer,
    answer: impl FnOnce(&At<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    look_at(session, viewer, Reach::Tickets, answer)
}

/// Answers a question through the viewer's eyes, in one state of the workspace.
pub(crate) fn look_at<T>(
    session: &Session,
    viewer: &Viewer,
    reach: Reach,
    answer: impl FnOnce(&At<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let user = viewer
        .id
        .as_deref()
        .map(|text| id::<ExternalUserId>("external user", text))
        .transpose()?;
    if let Some(to) = &viewer.desk {
        return look_elsewhere(session, user, (viewer, to), reach, answer);
    }
    if let Some(change) = viewer.at {
        return look_back(
            session,
            user,
            (viewer, reach),
            Point::After(ChangeId(change.into())),
            answer,
        );
    }
    let draft = drafted(session, user, viewer, reach)?;
    session.store().read(|c| {
        let model = model(c, session.desk())?;
        let directory = session.directory().get(c, &model)?;
        let cells = session.cells().get(c)?;
        let saved = user
            .map(|user| saved(c, user, (&model, &directory), reach))
            .transpose()?;
        let looker = draft.as_ref().or(saved.as_ref());
        let looker = looker.ok_or_else(|| ApiError::refused("a preview needs a person or a draft"))?;
        let eyes = Eyes::of(c, &model, &directory, &looker.facts, &cells)?;
        let before = match &saved {
            Some(saved) if draft.is_some() => Some(Eyes::of(c, &model, &directory, &saved.facts, &cells)?),
            _ => None,
        };
        let (name, is_draft) = (looker.name.clone(), draft.is_some());
        let held = &looker.held;
        answer(&At {
            c,
            model: &model,
            eyes: &eyes,
            saved: before.as_ref(),
            draft: is_draft,
            name,
            user,
            held,
        })
    })
}

/// Answers through the eyes of a saved person by the rules of another desk.
fn look_elsewhere<T>(
    session: &Session,
    user: Option<ExternalUserId>,
    (viewer, to): (&Viewer, &str),
    reach: Reach,
    answer: impl FnOnce(&At<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let (Some(user), None, None) = (user, &viewer.draft, viewer.at) else {
        return Err(ApiError::refused(
            "by the rules of another desk one looks through the eyes of a saved person, at today",
        ));
    };
    let there = elsewhere::kept(session, to)?;
    let viewer = Viewer {
        id: Some(elsewhere::there(session, to, user)?.to_string()),
        ..Viewer::default()
    };
    look_at(&there.session, &viewer, reach, answer)
}

/// Answers through the eyes of a saved person in an earlier state, which is brought about and taken back. The tickets
/// are today's: no others are kept.
fn look_back<T>(
    session: &Session,
    user: Option<ExternalUserId>,
    (viewer, reach): (&Viewer, Reach),
    point: Point,
    answer: impl FnOnce(&At<'_>) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let (Some(user), None) = (user, &viewer.draft) else {
        return Err(ApiError::refused(
            "an earlier state is looked at through the eyes of a saved person",
        ));
    };
    session.store().what_if(|tx| {
        earlier::go_back(tx, point)?;
        let model = model(tx, session.desk())?;
        // What is kept for others is of today.
        let directory = Directory::load(tx, &model)?;
        let cells = session.cells().get(tx)?;
        let looker = saved(tx, user, (&model, &directory), reach)?;
        let eyes = Eyes::of(tx, &model, &directory, &looker.facts, &cells)?;
        answer(&At {
            c: tx,
            model: &model,
            eyes: &eyes,
            saved: None,
            draft: false,
            name: looker.name,
            user: Some(user),
            held: &looker.held,
        })
    })
}

/// The address at which external users log in; empty where it is not known.
pub(super) fn address(c: &Connection, desk: &str) -> Result<String, ApiError> {
    let rows = desk_setting::all(c)?;
    let value = |name: &str| rows.iter().find(|row| row.name == name).map(|row| row.value.as_str());
    Ok(registry::portal_address(desk, value).unwrap_or_default())
}

/// The access model of the workspace.
pub(crate) fn model(c: &Connection, desk: &str) -> Result<AccessModel, ApiError> {
    visibility::model(c, desk)?.ok_or_else(|| {
        ApiError::new(
            Code::NotYet,
            format!("Portico does not know yet who sees what in {desk}; people and settings can be edited"),
        )
    })
}

fn facts(c: &Connection, user: ExternalUserId, model: &AccessModel, reach: Reach) -> Result<PersonFacts, ApiError> {
    let facts = PersonFacts::load(c, user, model)?;
    Ok(match reach {
        Reach::Tickets | Reach::Rights => facts,
        Reach::Colleagues => facts.with_colleagues(c, user, model)?,
    })
}

/// Rights on objects, where the whole portal is looked at and has any.
fn given(c: &Connection, model: &AccessModel, user: ExternalUserId, reach: Reach) -> Result<Vec<Held>, ApiError> {
    if model.objects.is_empty() || reach == Reach::Tickets {
        return Ok(Vec::new());
    }
    Ok(held(c, user)?)
}

fn saved(
    c: &Connection,
    user: ExternalUserId,
    (model, directory): (&AccessModel, &Directory),
    reach: Reach,
) -> Result<Looker, ApiError> {
    let form = crate::users::form(c, user)?;
    Ok(Looker {
        name: crate::users::person_name(&form),
        facts: directory.person(c, model, user, reach == Reach::Colleagues)?,
        held: given(c, model, user, reach)?,
    })
}

/// The facts as they would be: the save itself, rolled back.
fn drafted(
    session: &Session,
    user: Option<ExternalUserId>,
    viewer: &Viewer,
    reach: Reach,
) -> Result<Option<Looker>, ApiError> {
    let Some(form) = &viewer.draft else { return Ok(None) };
    let drafted = session.store().what_if(|tx| {
        let model = model(tx, session.desk())?;
        let user = crate::users::try_form(tx, session.desk(), user, form)?;
        Ok((facts(tx, user, &model, reach)?, given(tx, &model, user, reach)?))
    });
    match drafted {
        Ok((facts, held)) => Ok(Some(Looker {
            name: crate::users::person_name(form),
            facts: Arc::new(Kept::new(facts)),
            held,
        })),
        Err(error) => Err(error),
    }
}

/// The ticket with this number, or an error that names it.
pub(crate) fn ticket(c: &Connection, number: &str) -> Result<portico_store::snapshot::Ticket, ApiError> {
    let found = portico_store::snapshot::ticket_by_number(c, number)?;
    found.ok_or_else(|| {
        StoreError::NotFound {
            what: "ticket",
            key: number.to_owned(),
        }
        .into()
    })
}
