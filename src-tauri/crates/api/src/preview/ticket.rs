//! A ticket's page in the portal.

use portico_core::access::decide::Subject;
use portico_core::access::fact::{Dimension, Key};
use portico_core::access::model::Permission;
use portico_store::snapshot::{self, Activity, Ticket};
use portico_store::table::{service, ticket_priority, ticket_state, ticket_type};
use portico_store::visibility::Question;

use super::look::{At, ticket};
use super::portal::Thing;
use super::tell::queue_name;
use crate::error::ApiError;
use crate::numbers::{small, time};
use crate::types::preview::{ActivityView, TicketView};

/// The page, with what is not shown as ghosts without text.
pub(super) fn view(at: &At<'_>, number: &str) -> Result<TicketView, ApiError> {
    let ticket = ticket(at.c, number)?;
    let openable = at.eyes.sees(&Question::Openable(Permission::Ro), &ticket)?;
    let may_reply = at.eyes.sees(&Question::Reply, &ticket)?;
    let mut activities = Vec::new();
    for activity in snapshot::activities(at.c, ticket.id)? {
        activities.push(activity_view(at, openable, activity)?);
    }
    Ok(TicketView {
        openable,
        listed: at.eyes.sees(&Question::Listed, &ticket)?,
        may_reply,
        attributes: attributes(at, &ticket)?,
        created: time(ticket.created),
        activities,
        reply_states: if may_reply == Some(true) {
            reply_states(at)?
        } else {
            Vec::new()
        },
        reply_preset: at.model.reply.preset.to_owned(),
        as_of: snapshot::as_of(at.c)?.map(time),
        number: ticket.number,
        title: ticket.title,
    })
}

/// An activity as the subject of a rule.
struct Said<'a>(&'a Activity);

impl Subject for Said<'_> {
    fn key(&self, _: Key) -> &'static str {
        ""
    }

    fn is(&self, dimension: &Dimension) -> bool {
        *dimension == Dimension::VisibleForCustomer && self.0.visible
    }
}

/// Whether an activity is shown on a ticket that can be opened.
pub(super) fn is_shown(at: &At<'_>, activity: &Activity) -> Result<bool, ApiError> {
    Ok(at.eyes.answer_about(&at.model.activity, &Said(activity))? == Some(true))
}

fn activity_view(at: &At<'_>, openable: Option<bool>, activity: Activity) -> Result<ActivityView, ApiError> {
    let visible = openable == Some(true) && is_shown(at, &activity)?;
    // What the person does not see does not leave the store: neither text nor subject, only that there is something.
    let shown = |text: String| if visible { text } else { String::new() };
    Ok(ActivityView {
        position: small(activity.position),
        visible,
        channel: activity.channel,
        sender: activity.sender,
        from: shown(activity.author),
        subject: shown(activity.subject),
        body: activity.body.filter(|_| visible),
        created: time(activity.created),
    })
}

fn attributes(at: &At<'_>, ticket: &Ticket) -> Result<Vec<(String, String)>, ApiError> {
    let mut shown = Vec::new();
    for attribute in at.model.attributes {
        shown.push(((*attribute).to_owned(), attribute_value(at, ticket, attribute)?));
    }
    Ok(shown)
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
        _ => return Ok(String::new()),
    };
    Ok(name.unwrap_or_else(|| key.clone()))
}

/// States that a reply may set, by name.
pub(super) fn reply_states(at: &At<'_>) -> Result<Vec<String>, ApiError> {
    let mut names = Vec::new();
    for state in ticket_state::all(at.c)?.into_iter().filter(|state| state.present) {
        let thing = Thing {
            state_kind: &state.kind,
            ..Thing::valid(state.validity)
        };
        if at.eyes.answer_about(&at.model.reply.state, &thing)? == Some(true) {
            names.push(state.name);
        }
    }
    names.sort();
    Ok(names)
}
