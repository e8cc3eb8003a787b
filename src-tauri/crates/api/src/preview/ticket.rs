//! A ticket's page in the portal.

use portico_core::access::decide::Subject;
use portico_core::access::fact::{Dimension, Key};
use portico_core::access::model::Permission;
use portico_core::access::rule::Node;
use portico_core::settings::registry;
use portico_store::snapshot::{self, Activity, Ticket};
use portico_store::table::{
    address, contact, desk_setting, portal_object, service, ticket_priority, ticket_state, ticket_type,
};
use portico_store::visibility::{Question, QueueEntry, Reasoned};

use super::assumed::{Noted, Rules, about};
use super::look::{At, ticket};
use super::new_ticket::Thing;
use super::tell::{Rights, queue_name, reason};
use crate::error::ApiError;
use crate::numbers::{small, time};
use crate::types::preview::{ActivityView, TicketView};

/// The page, with what is not shown as ghosts without text.
pub(super) fn view(at: &At<'_>, number: &str) -> Result<TicketView, ApiError> {
    let ticket = ticket(at.c, number)?;
    let page = at.eyes.why(&Question::Openable(Permission::Ro), &ticket)?;
    let mut noted = Noted::default();
    if attributes_are_assumed(at)? {
        noted.parts.push("attributes".to_owned());
    }
    let listed = noted.of("listed", |met| answer(at, &at.model.listed(), &ticket, met))?;
    noted.of("openable", |met| {
        met.extend(page.assumed.iter().copied());
        Ok(())
    })?;
    let may_reply = noted.of("may_reply", |met| answer(at, &at.model.reply.allowed, &ticket, met))?;
    let may_comment = noted.of("may_comment", |met| answer(at, &at.model.comment, &ticket, met))?;
    let queue = at.eyes.queue(&ticket);
    let (mut activities, mut rights) = (Vec::new(), Rights::default());
    for activity in snapshot::activities(at.c, ticket.id)? {
        let mut view = activity_view(at, &page, &queue, activity)?;
        rights.name(at, &ticket.account, page.answer == Some(true), &mut view.reason)?;
        activities.push(view);
    }
    Ok(TicketView {
        openable: page.answer,
        listed,
        may_reply,
        has_comments: at.model.has_comments(),
        may_comment,
        attributes: attributes(at, &ticket)?,
        created: time(ticket.created),
        activities,
        reply_states: if may_reply == Some(true) {
            noted.of("reply_states", |met| reply_states(at, met))?
        } else {
            Vec::new()
        },
        reply_preset: at.model.reply.preset.to_owned(),
        assumed_in: noted.parts,
        as_of: snapshot::as_of(at.c)?.map(time),
        number: ticket.number,
        title: ticket.title,
    })
}

/// The answer of a tree about a ticket; assumed rules that decided are added.
fn answer(at: &At<'_>, node: &Node, ticket: &Ticket, assumed: &mut Rules) -> Result<Option<bool>, ApiError> {
    let explained = at.eyes.explain(node, ticket)?;
    assumed.extend(explained.assumed());
    Ok(explained.answer())
}

/// An activity as the subject of a rule, in its ticket's queue.
struct Said<'a> {
    activity: &'a Activity,
    queue: &'a QueueEntry,
}

impl Subject for Said<'_> {
    fn key(&self, _: Key) -> &'static str {
        ""
    }

    fn is(&self, dimension: &Dimension) -> bool {
        match dimension {
            Dimension::VisibleForCustomer => self.activity.visible,
            Dimension::ExternalComments => self.queue.external_comments,
            Dimension::Channel(kinds) => kinds
                .iter()
                .any(|kind| kind.eq_ignore_ascii_case(&self.activity.channel)),
            _ => false,
        }
    }
}

/// How an activity is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Not at all.
    No,
    /// Whether it is shown cannot be told.
    Unknown,
    /// Kind, time and direction only.
    Simplified,
    /// In full.
    Full,
}

/// How an activity is shown on a ticket that can be opened.
pub(super) fn shown(at: &At<'_>, queue: &QueueEntry, activity: &Activity) -> Result<Shown, ApiError> {
    let said = Said { activity, queue };
    let answer = at.eyes.answer_about(&at.model.activity, &said)?;
    how(at, answer, &said)
}

/// How something is shown about which the answer is whether it is.
fn how(at: &At<'_>, answer: Option<bool>, said: &Said<'_>) -> Result<Shown, ApiError> {
    Ok(match answer {
        Some(false) => Shown::No,
        None => Shown::Unknown,
        // Where it cannot be told, less is shown.
        Some(true) if at.eyes.answer_about(&at.model.simplified, said)? == Some(false) => Shown::Full,
        Some(true) => Shown::Simplified,
    })
}

/// An activity is shown where its page can be opened and its own rules show it. The answer and reason of the two that
/// decides: the page where that is shut, what hides the activity itself where it may be open, and the page again where
/// that alone cannot be told.
fn deciding<'a>(page: &'a Reasoned, activity: &'a Reasoned) -> &'a Reasoned {
    match (page.answer, activity.answer) {
        (Some(true), _) | (None, Some(false)) => activity,
        _ => page,
    }
}

fn activity_view(
    at: &At<'_>,
    page: &Reasoned,
    queue: &QueueEntry,
    activity: Activity,
) -> Result<ActivityView, ApiError> {
    let said = Said {
        activity: &activity,
        queue,
    };
    let own = Reasoned::from(&at.eyes.explain_about(&at.model.activity, &said)?);
    let why = deciding(page, &own);
    let how = how(at, why.answer, &said)?;
    // What the person does not see does not leave the store: neither text nor subject, only that there is something.
    let text = |text: String| if how == Shown::Full { text } else { String::new() };
    Ok(ActivityView {
        position: small(activity.position),
        shown: why.answer,
        simplified: how == Shown::Simplified,
        reason: reason(why),
        assumed: why.assumed.iter().map(|rule| rule.id.to_owned()).collect(),
        channel: activity.channel,
        sender: activity.sender,
        from: text(activity.author),
        subject: text(activity.subject),
        body: activity.body.filter(|_| how == Shown::Full),
        created: time(activity.created),
    })
}

/// Attributes that can be shown. Number and title head every ticket; the rest a setting may list is not in the snapshot.
const SNAPSHOT_HAS: [&str; 10] = [
    "queue", "priority", "state", "type", "service", "contact", "address", "object", "created", "changed",
];

fn attributes(at: &At<'_>, ticket: &Ticket) -> Result<Vec<(String, String)>, ApiError> {
    let mut shown = Vec::new();
    for attribute in listed(at)? {
        shown.push((attribute.clone(), attribute_value(at, ticket, &attribute)?));
    }
    Ok(shown)
}

/// Whether nobody has said which attributes the portal shows, and the desk's documentation is silent.
fn attributes_are_assumed(at: &At<'_>) -> Result<bool, ApiError> {
    Ok(match registry::shown_attributes(at.model.desk) {
        Some(setting) if setting.is_assumed() => desk_setting::find(at.c, setting.name)?.is_none(),
        _ => false,
    })
}

/// The attributes that a setting lists, as far as the snapshot has them; without a setting those of the model.
fn listed(at: &At<'_>) -> Result<Vec<String>, ApiError> {
    let listed = match registry::shown_attributes(at.model.desk) {
        Some(setting) => desk_setting::words(at.c, setting)?,
        None => None,
    };
    let known = |word: &String| SNAPSHOT_HAS.contains(&word.as_str());
    Ok(listed.map_or_else(
        || at.model.attributes.iter().map(ToString::to_string).collect(),
        |words| words.into_iter().filter(known).collect(),
    ))
}

fn attribute_value(at: &At<'_>, ticket: &Ticket, attribute: &str) -> Result<String, ApiError> {
    let (key, name) = match attribute {
        "queue" => return queue_name(at, &ticket.queue),
        "priority" => (
            &ticket.priority,
            ticket_priority::by_desk_key(at.c, &ticket.priority)?.map(|row| row.name),
        ),
        "state" => (
            &ticket.state,
            ticket_state::by_desk_key(at.c, &ticket.state)?.map(|row| row.name),
        ),
        "type" => (
            &ticket.ticket_type,
            ticket_type::by_desk_key(at.c, &ticket.ticket_type)?.map(|row| row.name),
        ),
        "service" => (
            &ticket.service,
            service::by_desk_key(at.c, &ticket.service)?.map(|row| row.name),
        ),
        "contact" => (
            &ticket.owner,
            contact::by_desk_key(at.c, &ticket.owner)?.map(contact::display_name),
        ),
        "address" => (
            &ticket.account,
            address::by_desk_key(at.c, &ticket.account)?.map(|row| row.name),
        ),
        "object" => (
            &ticket.account,
            portal_object::by_desk_key(at.c, &ticket.account)?.map(|row| row.path),
        ),
        "created" => return Ok(time(ticket.created)),
        "changed" => return Ok(time(ticket.changed)),
        _ => return Ok(String::new()),
    };
    Ok(name.unwrap_or_else(|| key.clone()))
}

/// States that a reply may set, by name.
pub(super) fn reply_states(at: &At<'_>, assumed: &mut Rules) -> Result<Vec<String>, ApiError> {
    let mut names = Vec::new();
    for state in ticket_state::all(at.c)?.into_iter().filter(|state| state.present) {
        let thing = Thing {
            state_kind: &state.kind,
            ..Thing::named(&state.name, state.validity)
        };
        if about(at, &at.model.reply.state, &thing, assumed)? == Some(true) {
            names.push(state.name);
        }
    }
    names.sort();
    Ok(names)
}
