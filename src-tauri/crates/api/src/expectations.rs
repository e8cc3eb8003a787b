//! Expectations: what people are to see, or never to see; how they stand, and what a person's view of today makes of
//! them.

use std::sync::Arc;

use portico_core::access::fact::Key;
use portico_core::expectation::{Expectation, What, Who};
use portico_core::form::field::Entity;
use portico_core::id::{ExpectationId, ExternalUserId};
use portico_core::settings::registry;
use portico_store::Connection;
use portico_store::history::{Intent, label};
use portico_store::import::CancelFlag;
use portico_store::table::{address, expectation, external_user, portal_object, queue};
use portico_store::visibility::exposure::Scene;
use portico_store::visibility::exposure::expect::{Because, Checked, Look, State};

use crate::error::{ApiError, Code, id};
use crate::exposure::Work;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::expectations::{
    ExpectationAgainst, ExpectationCheck, ExpectationChoices, ExpectationInput, ExpectationReport, ExpectationRow,
    ProposedExpectations,
};
use crate::types::transfer::Progress;

/// All expectations, in the order in which they were added.
pub fn list_expectations(session: &Session) -> Result<Vec<ExpectationRow>, ApiError> {
    session.may(Action::Read)?;
    session
        .store()
        .read(|c| expectation::all(c)?.iter().map(|of| named(c, of)).collect())
}

/// What an expectation can be about in the workspace's desk.
pub fn expectation_choices(session: &Session) -> Result<ExpectationChoices, ApiError> {
    session.may(Action::Read)?;
    let fields = fields(session.desk());
    let what = kinds(session.desk())?.into_iter().map(str::to_owned).collect();
    Ok(ExpectationChoices { what, fields })
}

/// Fields of tickets that the desk's portal can show.
fn fields(desk: &str) -> Vec<String> {
    let listed = registry::shown_attributes(desk).map(|setting| setting.kind.words());
    let of_model = || portico_core::access::registry::model(desk).map_or(&[][..], |model| model.attributes);
    let fields = listed.unwrap_or_else(of_model);
    fields.iter().map(ToString::to_string).collect()
}

fn kinds(desk: &str) -> Result<Vec<&'static str>, ApiError> {
    let rules = crate::forms::rules(desk)?;
    let mut asked = Vec::new();
    if let Some(model) = portico_core::access::registry::model(desk) {
        model.listed().facts(&mut |fact| asked.extend(fact.key()));
    }
    // Tickets lie with an address or in an object, where the rules ask for one; else with an account.
    let by_account = !asked.contains(&Key::Address) && !asked.contains(&Key::Object);
    let homes = [
        (Entity::Queue, true),
        (Entity::Account, by_account),
        (Entity::Address, asked.contains(&Key::Address)),
        (Entity::PortalObject, asked.contains(&Key::Object)),
    ];
    let there = homes
        .into_iter()
        .filter(|(entity, asks)| *asks && rules.of(*entity).is_some());
    let mut kinds = vec!["ticket"];
    kinds.extend(there.map(|(entity, _)| entity.name()));
    if !fields(desk).is_empty() {
        kinds.push("field");
    }
    Ok(kinds)
}

/// How all expectations stand.
pub fn check_expectations(session: &Session, work: &mut Work<'_>) -> Result<ExpectationReport, ApiError> {
    session.may(Action::Preview)?;
    session.store().read(|c| {
        let all = expectation::all(c)?;
        let found = look(session, c, &all, work)?;
        let mut told = Vec::with_capacity(all.len());
        for (of, found) in all.iter().zip(found) {
            told.push(check(c, of, &found)?);
        }
        let count = |state: &str| small(told.iter().filter(|one| one.state == state).count() as u64);
        Ok(ExpectationReport {
            held: count("held"),
            broken: count("broken"),
            unknown: count("unknown"),
            expectations: told,
        })
    })
}

fn look(session: &Session, c: &Connection, all: &[Expectation], work: &mut Work<'_>) -> Result<Vec<Checked>, ApiError> {
    let scene = Scene::load(c, session.desk(), session.directory())?;
    let scene = scene.ok_or_else(|| ApiError::not_found("access model", session.desk()))?;
    let cancel = CancelFlag::from(Arc::clone(work.cancelled));
    let look = Look {
        c,
        scene: &scene,
        cells: &*session.cells().get(c)?,
        cancel: &cancel,
    };
    let mut watch = |done| {
        (work.tell)(Progress {
            job: work.job.to_owned(),
            phase: "expectations".to_owned(),
            kind: "external_users".to_owned(),
            done,
        });
    };
    Ok(look.check(all, None, &mut watch)?)
}

/// Adds expectations, as one change. What is expected already is passed over; `conflict` where the opposite is, and
/// `not_found` where one is about something that is not there.
pub fn add_expectations(session: &Session, inputs: &[ExpectationInput]) -> Result<Vec<ExpectationRow>, ApiError> {
    session.may(Action::Edit)?;
    let kinds = kinds(session.desk())?;
    let (added, _) = session.store().transact_and_say(session.actor(), |tx| {
        let mut added = Vec::new();
        for input in inputs {
            let of = read(tx, session.desk(), &kinds, input)?;
            match expectation::alike(tx, &of)? {
                Some(same) if same.sees == of.sees => {}
                Some(_) => return Err(contradiction(tx, &of)?),
                None => {
                    expectation::insert(tx, &of)?;
                    added.push(named(tx, &of)?);
                }
            }
        }
        let first = added.first().map(sentence).unwrap_or_default();
        let intent = Intent::new("intent.add_expectations")
            .with("count", added.len().to_string())
            .with("first", first);
        Ok::<_, ApiError>((added, intent))
    })?;
    Ok(added)
}

fn contradiction(c: &Connection, of: &Expectation) -> Result<ApiError, ApiError> {
    let opposite = ExpectationRow {
        sees: !of.sees,
        ..named(c, of)?
    };
    let message = format!(
        "the opposite is expected already ({}); remove that first",
        sentence(&opposite)
    );
    Ok(ApiError::new(Code::Conflict, message))
}

/// Removes an expectation, as one change.
pub fn remove_expectation(session: &Session, expectation: &str) -> Result<(), ApiError> {
    session.may(Action::Edit)?;
    let which = id::<ExpectationId>("expectation", expectation)?;
    session.store().transact_and_say(session.actor(), |tx| {
        let row = named(tx, &expectation::get(tx, which)?)?;
        expectation::delete(tx, which)?;
        let intent = Intent::new("intent.remove_expectation").with("first", sentence(&row));
        Ok::<_, ApiError>(((), intent))
    })?;
    Ok(())
}

/// What a person sees today as expectations, one for each queue (where the desk has none: for each address or object
/// that she is granted): that she sees it, or that she never does. Nothing is added by this.
pub fn propose_expectations(
    session: &Session,
    user: &str,
    work: &mut Work<'_>,
) -> Result<ProposedExpectations, ApiError> {
    session.may(Action::Preview)?;
    let user = id::<ExternalUserId>("external user", user)?;
    session.store().read(|c| {
        external_user::get(c, user)?;
        let whats = candidates(c, session.desk(), user)?;
        let sees = |what| Expectation {
            id: ExpectationId::new(),
            who: Who::Person(user),
            sees: true,
            what,
        };
        let mut wished: Vec<Expectation> = whats.into_iter().map(sees).collect();
        let found = look(session, c, &wished, work)?;
        let (mut proposed, mut left_out) = (Vec::new(), 0);
        for (of, found) in wished.iter_mut().zip(found) {
            match found.state {
                State::Unknown => left_out += 1,
                State::Held | State::Broken => {
                    of.sees = found.state == State::Held;
                    if expectation::alike(c, of)?.is_none() {
                        proposed.push(ExpectationRow {
                            id: String::new(),
                            ..named(c, of)?
                        });
                    }
                }
            }
        }
        Ok(ProposedExpectations { proposed, left_out })
    })
}

fn candidates(c: &Connection, desk: &str, user: ExternalUserId) -> Result<Vec<What>, ApiError> {
    use portico_store::table::{user_address, user_object};
    let kinds = kinds(desk)?;
    if kinds.contains(&"queue") {
        let rows = queue::all(c)?.into_iter().filter(|row| row.present);
        return Ok(rows.map(|row| What::Queue(row.id)).collect());
    }
    if kinds.contains(&"address") {
        let own = external_user::get(c, user)?.address_id;
        let granted = user_address::of(c, user)?.into_iter().map(|row| row.address_id);
        let mut ids: Vec<_> = own.into_iter().chain(granted).collect();
        ids.sort_unstable();
        ids.dedup();
        return Ok(ids.into_iter().map(What::Address).collect());
    }
    let mut ids: Vec<_> = user_object::of(c, user)?.into_iter().map(|row| row.object_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids.into_iter().map(What::Object).collect())
}

/// An expectation from what was typed or chosen.
fn read(c: &Connection, desk: &str, kinds: &[&str], input: &ExpectationInput) -> Result<Expectation, ApiError> {
    let who = Who::named(&input.who, &input.who_key).ok_or_else(|| ApiError::not_found("person", &input.who_key))?;
    let what = What::named(&input.what, &input.what_key)
        .filter(|what| kinds.contains(&what.kind()))
        .ok_or_else(|| ApiError::refused(format!("this desk has no expectations about {:?}", input.what)))?;
    match who {
        Who::Everyone => {}
        Who::Person(id) => drop(external_user::get(c, id)?),
        Who::Account(id) => drop(portico_store::table::account::get(c, id)?),
    }
    match &what {
        What::Ticket(number) => {
            let found = portico_store::snapshot::ticket_by_number(c, number)?;
            found.ok_or_else(|| ApiError::not_found("ticket", number))?;
        }
        What::Queue(id) => drop(queue::get(c, *id)?),
        What::Account(id) => drop(portico_store::table::account::get(c, *id)?),
        What::Address(id) => drop(address::get(c, *id)?),
        What::Object(id) => drop(portal_object::get(c, *id)?),
        What::Field(name) if fields(desk).contains(name) => {}
        What::Field(name) => return Err(ApiError::not_found("field of tickets", name)),
    }
    Ok(Expectation {
        id: ExpectationId::new(),
        who,
        sees: input.sees,
        what,
    })
}

/// An expectation with its names.
pub(crate) fn named(c: &Connection, of: &Expectation) -> Result<ExpectationRow, ApiError> {
    let name = |table: &str, key: &str| -> Result<String, ApiError> {
        match uuid::Uuid::parse_str(key) {
            Ok(id) => Ok(label(c, table, id.into_bytes())?),
            Err(_) => Ok(key.to_owned()),
        }
    };
    Ok(ExpectationRow {
        id: of.id.to_string(),
        who: of.who.kind().to_owned(),
        who_key: of.who.key(),
        who_name: name(of.who.kind(), &of.who.key())?,
        sees: of.sees,
        what: of.what.kind().to_owned(),
        what_key: of.what.key(),
        what_name: name(of.what.kind(), &of.what.key())?,
    })
}

/// The expectation as an English sentence, for the log and the command line.
pub fn sentence(row: &ExpectationRow) -> String {
    let who = match row.who.as_str() {
        "everyone" => "everyone".to_owned(),
        "account" => format!("everyone of {}", row.who_name),
        _ => row.who_name.clone(),
    };
    let verb = if row.sees { "sees" } else { "never sees" };
    let what = row.what.replace("portal_object", "object");
    format!("{who} {verb} {what} {}", row.what_name)
}

/// How an expectation stands, in names.
pub(crate) fn check(c: &Connection, of: &Expectation, found: &Checked) -> Result<ExpectationCheck, ApiError> {
    let state = match found.state {
        State::Held => "held",
        State::Broken => "broken",
        State::Unknown => "unknown",
    };
    let because = found.because.map_or("", |because| match because {
        Because::Gone => "gone",
        Because::NoTickets => "no_tickets",
        Because::Nobody => "nobody",
        Because::CannotTell => "cannot_tell",
    });
    let mut examples = Vec::with_capacity(found.examples.len());
    for example in &found.examples {
        // Who would be new has no record yet.
        let row = external_user::find(c, example.user)?;
        let name = match row {
            Some(_) => label(c, "external_user", *example.user.as_bytes())?,
            None => String::new(),
        };
        examples.push(ExpectationAgainst {
            id: example.user.to_string(),
            login: row.map(|row| row.login).unwrap_or_default(),
            name,
            tickets: example.tickets,
            ticket: example.ticket.clone(),
        });
    }
    Ok(ExpectationCheck {
        expectation: named(c, of)?,
        state: state.to_owned(),
        because: because.to_owned(),
        people: small(found.people),
        against: small(found.against.len() as u64),
        unknown: small(found.unknown),
        examples,
    })
}
