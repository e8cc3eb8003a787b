//! What a new ticket could be: each thing to choose is asked about on its own.

use portico_core::access::decide::Subject;
use portico_core::access::fact::{Dimension, Key};
use portico_core::access::rule::Node;
use portico_core::model::Validity;
use portico_store::table::{
    agent, desk_setting, permission_group, portal_object, queue, service, ticket_priority, ticket_type,
};

use super::assumed::{Noted, Rules, about};
use super::look::At;
use super::objects::{APP, key_of};
use crate::error::ApiError;
use crate::types::preview::NewTicket;

/// The setting that names the state of a new ticket, where the desk has one.
const INITIAL_STATE: &str = "Portal::InitialStatus";
/// The settings that say what else is fixed of it: its medium, its priority, and whether it goes to the group.
const MEDIUM: &str = "Portal::Medium";
const PRIORITY: &str = "Portal::Priority";
const TO_GROUP: &str = "Portal::ForwardToGroup";

/// Something to choose: a queue, a type, a priority, a service, a status, somebody who answers.
#[derive(Default)]
pub(super) struct Thing<'a> {
    pub(super) valid: bool,
    /// What it is called; the key that a rule asks for says what it is.
    pub(super) name: &'a str,
    pub(super) group: &'a str,
    pub(super) group_valid: bool,
    pub(super) state_kind: &'a str,
    /// Key of the address that it is at.
    pub(super) address: &'a str,
    /// Key of the page that it is, or on which it lies.
    pub(super) page: &'a str,
}

impl<'a> Thing<'a> {
    pub(super) fn named(name: &'a str, validity: Validity) -> Self {
        Thing {
            valid: validity == Validity::Valid,
            name,
            ..Thing::default()
        }
    }
}

impl Subject for Thing<'_> {
    fn key(&self, key: Key) -> &str {
        match key {
            Key::Group => self.group,
            Key::Service
            | Key::Type
            | Key::State
            | Key::ResponsibleGroup
            | Key::ResponsibleAgent
            | Key::Colleague
            | Key::Object
            | Key::Part => self.name,
            Key::Page => self.page,
            Key::Address => self.address,
            Key::Owner | Key::Account | Key::Contact | Key::ContactAccount => "",
        }
    }

    fn is(&self, dimension: &Dimension) -> bool {
        match dimension {
            Dimension::Valid => self.valid,
            Dimension::GroupValid => self.group_valid,
            Dimension::StateKind(kinds) => kinds.contains(&self.state_kind),
            Dimension::Has(key) => !self.key(*key).is_empty(),
            Dimension::FollowUp(_)
            | Dimension::Archived
            | Dimension::VisibleForCustomer
            | Dimension::ExternalComments
            | Dimension::Channel(_) => false,
        }
    }
}

/// Whether the person may create tickets at all; `None` where it cannot be told.
pub(super) fn may_create(at: &At<'_>, assumed: &mut Rules) -> Result<Option<bool>, ApiError> {
    let explained = at.eyes.explain_alone(&at.model.new_ticket.allowed)?;
    assumed.extend(explained.assumed());
    Ok(explained.answer())
}

/// What a new ticket could be; `None` as soon as something of it cannot be told.
pub(super) fn new_ticket(at: &At<'_>, assumed: &mut Rules) -> Result<Option<NewTicket>, ApiError> {
    let Some(allowed) = may_create(at, assumed)? else {
        return Ok(None);
    };
    if !allowed {
        return Ok(Some(NewTicket::default()));
    }
    let mut noted = Noted::default();
    let model = &at.model.new_ticket;
    let c = at.c;
    let types = ticket_type::all(c)?.into_iter().map(|row| (row.name, row.validity));
    let priorities = ticket_priority::all(c)?.into_iter().map(|row| (row.name, row.validity));
    let services = service::all(c)?.into_iter().map(|row| (row.name, row.validity));
    let groups = permission_group::all(c)?
        .into_iter()
        .map(|row| (row.name, row.validity));
    let agents = agent::all(c)?.into_iter().map(|row| (row.login, row.validity));
    let lists = [
        noted.of("queues", |met| queues(at, &model.queue, met))?,
        noted.of("types", |met| offered(at, &model.ticket_type, types, met))?,
        noted.of("priorities", |met| offered(at, &model.priority, priorities, met))?,
        noted.of("services", |met| offered(at, &model.service, services, met))?,
        noted.of("responsible_groups", |met| {
            offered(at, &model.responsible_group, groups, met)
        })?,
        noted.of("responsible_agents", |met| {
            offered(at, &model.responsible_agent, agents, met)
        })?,
        noted.of("apps", |met| apps(at, &model.app, met))?,
    ];
    assumed.append(&mut noted.rules);
    let [
        Some(queues),
        Some(types),
        Some(priorities),
        Some(services),
        Some(groups),
        Some(agents),
        Some(apps),
    ] = lists
    else {
        return Ok(None);
    };
    Ok(Some(NewTicket {
        allowed,
        queues,
        types,
        priorities,
        services,
        responsible_groups: groups,
        responsible_agents: agents,
        apps,
        state: state(at)?,
        medium: set(at, MEDIUM)?.unwrap_or_default(),
        priority: set(at, PRIORITY)?.unwrap_or_default(),
        to_group: set(at, TO_GROUP)?,
        assumed_in: noted.parts,
    }))
}

/// The state a new ticket gets: the model's, or the one that the desk's setting names.
fn state(at: &At<'_>) -> Result<String, ApiError> {
    let fixed = at.model.new_ticket.state;
    if !fixed.is_empty() {
        return Ok(fixed.to_owned());
    }
    Ok(set(at, INITIAL_STATE)?.unwrap_or_default())
}

/// What a setting holds; `None` where nobody said, or it holds something else.
fn set<T: serde::de::DeserializeOwned>(at: &At<'_>, name: &str) -> Result<Option<T>, ApiError> {
    let row = desk_setting::find(at.c, name)?;
    Ok(row.and_then(|row| serde_json::from_str(&row.value).ok()))
}

fn queues(at: &At<'_>, node: &Node, assumed: &mut Rules) -> Result<Option<Vec<String>>, ApiError> {
    let groups = permission_group::all(at.c)?;
    let mut names = Vec::new();
    for queue in queue::all(at.c)?.into_iter().filter(|queue| queue.present) {
        let group = groups.iter().find(|group| Some(group.id) == queue.group_id);
        let thing = Thing {
            group: group.map_or("", |group| &group.name),
            group_valid: group.is_some_and(|group| group.validity == Validity::Valid),
            ..Thing::named(&queue.name, queue.validity)
        };
        match about(at, node, &thing, assumed)? {
            Some(true) => names.push(queue.name),
            Some(false) => {}
            None => return Ok(None),
        }
    }
    names.sort();
    Ok(Some(names))
}

/// Paths of the apps in which items can be created. Only where the desk has such, they are asked about.
fn apps(at: &At<'_>, node: &Node, assumed: &mut Rules) -> Result<Option<Vec<String>>, ApiError> {
    let mut paths = Vec::new();
    if *node == Node::False {
        return Ok(Some(paths));
    }
    for row in portal_object::of_kinds(at.c, &[APP])? {
        let key = key_of(&row);
        let thing = Thing {
            name: &key,
            ..Thing::default()
        };
        match about(at, node, &thing, assumed)? {
            Some(true) => paths.push(row.path),
            Some(false) => {}
            None => return Ok(None),
        }
    }
    paths.sort();
    Ok(Some(paths))
}

fn offered(
    at: &At<'_>,
    node: &Node,
    things: impl Iterator<Item = (String, Validity)>,
    assumed: &mut Rules,
) -> Result<Option<Vec<String>>, ApiError> {
    let mut names = Vec::new();
    for (name, validity) in things {
        match about(at, node, &Thing::named(&name, validity), assumed)? {
            Some(true) => names.push(name),
            Some(false) => {}
            None => return Ok(None),
        }
    }
    names.sort();
    Ok(Some(names))
}
