//! Everything the portal shows one person, for the command line: shapes that stay (docs/cli.md).

use std::collections::BTreeMap;

use portico_core::access::model::Permission;
use portico_store::snapshot;
use portico_store::table::external_user;
use portico_store::visibility::{Question, Tab};
use serde::Serialize;

use super::assumed::{Noted, Rules};
use super::home;
use super::look::{At, Reach, look_at};
use super::new_ticket::{may_create, new_ticket};
use super::ticket::{Shown, reply_states, shown};
use super::untold;
use crate::error::ApiError;
use crate::numbers::time;
use crate::session::{Action, Session};
use crate::types::preview::{PortalPart, Untold, Viewer};

/// Numbers of a list, in the portal's order.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "each field is named like its tab")]
pub struct FullList {
    pub all: Vec<String>,
    pub open: Vec<String>,
    pub closed: Vec<String>,
}

/// What can be done with a ticket that can be opened.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each answers a question of its own")]
pub struct FullTicket {
    /// It can be opened for reading.
    pub ro: bool,
    /// It can be opened for writing.
    pub rw: bool,
    /// It can be replied to.
    pub reply: bool,
    /// Positions of the activities that are shown, from 1.
    pub activities: Vec<i64>,
    /// Positions of the activities that are shown without their text; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub simplified: Vec<i64>,
    /// Positions of the activities of which it cannot be told whether they are shown; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub activities_unknown: Vec<i64>,
    /// An external comment can be written; left out where it cannot.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub comment: bool,
    /// States that a reply may set; left out where there is no reply.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reply_states: Vec<String>,
    /// Assumed rules that decided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<String>,
}

/// What a search finds.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "each field is named like its permission")]
pub struct FullSearch {
    pub ro: Vec<String>,
    pub rw: Vec<String>,
}

/// What a new ticket could be, as the command line prints it.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "each field is named like what it lists")]
pub struct FullNewTicket {
    pub queues: Vec<String>,
    pub types: Vec<String>,
    pub priorities: Vec<String>,
    pub services: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub responsible_groups: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub responsible_agents: Vec<String>,
    /// Paths of the portal's apps in which an item can be created.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub apps: Vec<String>,
    pub state: String,
    /// The medium that it gets; left out where none is set.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub medium: String,
    /// The priority that it gets; left out where none is set.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// Whether it goes to the group instead of a hotliner; left out where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_group: Option<bool>,
}

/// A page, button, widget or app of the portal.
#[derive(Debug, Clone, Serialize)]
pub struct FullPart {
    /// Where it stands.
    pub path: String,
    /// `page`, `button`, `widget` or `app`.
    pub kind: String,
    /// Whether it is shown; `null` when it cannot be told.
    pub shown: Option<bool>,
    /// The rule that decided.
    pub rule: String,
    /// Assumed rules that decided; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<String>,
    /// Numbers of the items in an app's list; left out where there is no list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<String>>,
}

/// Everything the portal shows one person.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of docs/cli.md")]
pub struct FullPreview {
    pub as_of: Option<String>,
    /// The address at which she logs in; left out where it is not known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    pub may_log_in: Option<bool>,
    pub login_reason: String,
    pub lists: BTreeMap<String, FullList>,
    pub searchable: FullSearch,
    pub openable: BTreeMap<String, FullTicket>,
    pub unknown: Vec<String>,
    pub unknown_because: Vec<Untold>,
    pub unknown_settings: Vec<String>,
    /// Whether the person may create tickets at all; `None` where it cannot be told.
    pub may_create: Option<bool>,
    /// What a new ticket could be; `None` where the person may not create one, and where it cannot be told.
    pub new_ticket: Option<FullNewTicket>,
    /// Logins of others whom the person sees; left out where the desk has no notion of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub colleagues: Vec<String>,
    /// Numbers of machines that the portal shows; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub machines: Vec<String>,
    /// Names of contact persons that the portal shows; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contact_persons: Vec<String>,
    /// Objects of the portal by path, with the highest level on each; left out where there are none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub objects: BTreeMap<String, String>,
    /// Pages with buttons and widgets, and apps, those that are not shown too; left out where the desk has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<FullPart>,
    /// Parts of the home that are shown; left out where the desk has no notion of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub home: Vec<String>,
    pub assumed: Vec<String>,
}

/// Everything the portal shows one person. It holds as many numbers as the person sees tickets.
pub fn full(session: &Session, viewer: &Viewer) -> Result<FullPreview, ApiError> {
    session.may(Action::Preview)?;
    look_at(session, viewer, Reach::Colleagues, everything)
}

/// The same for every person, one after the other, by login.
pub fn full_of_everybody(
    session: &Session,
    each: &mut dyn FnMut(&str, FullPreview) -> Result<(), ApiError>,
) -> Result<(), ApiError> {
    session.may(Action::Preview)?;
    let query = external_user::ListQuery {
        sort: external_user::Sort::Login,
        ..external_user::ListQuery::default()
    };
    let people = session
        .store()
        .read(|c| Ok::<_, ApiError>(external_user::list(c, &query, 0, u64::MAX)?))?;
    for person in people {
        let viewer = Viewer {
            id: Some(person.id.to_string()),
            draft: None,
            at: None,
            desk: None,
        };
        each(&person.login, full(session, &viewer)?)?;
    }
    Ok(())
}

fn everything(at: &At<'_>) -> Result<FullPreview, ApiError> {
    let login = at.eyes.explain_alone(&at.model.login)?;
    let mut noted = Noted::default();
    let mut lists = BTreeMap::new();
    for list in &at.model.lists {
        if at.eyes.explain_alone(&list.present)?.answer() != Some(false) {
            lists.insert(
                list.name.to_owned(),
                one_list(at, &Question::List(list.name.to_owned()))?,
            );
        }
    }
    let openable = openable(at, &mut noted.rules)?;
    let may_create = may_create(at, &mut noted.rules)?;
    let new = new_ticket(at, &mut noted.rules)?;
    let machines = home::machines(at, &mut noted.rules)?;
    let contact_persons = home::contact_persons(at, &mut noted.rules)?;
    let (home, parts) = (home::home(at)?, super::objects::parts(at)?);
    let reasons = home.iter().map(|part| &part.reason);
    let reasons: Vec<_> = reasons.chain(parts.iter().map(|part| &part.reason)).collect();
    noted.add(at, &login.assumed(), &reasons)?;
    let assumed = noted.rules.iter().map(|rule| rule.id.to_owned()).collect();
    let search = |permission| numbers(at, &Question::Searchable(permission));
    let unknown = numbers(at, &Question::Untold)?;
    Ok(FullPreview {
        as_of: snapshot::as_of(at.c)?.map(time),
        address: super::look::address(at.c, at.model.desk)?,
        may_log_in: login.answer(),
        login_reason: login
            .decided()
            .rule
            .map(|rule| rule.text.to_owned())
            .unwrap_or_default(),
        lists,
        searchable: FullSearch {
            ro: search(Permission::Ro)?,
            rw: search(Permission::Rw)?,
        },
        openable,
        unknown_because: untold::because(at, !unknown.is_empty())?,
        unknown,
        unknown_settings: at.eyes.missing_settings().into_iter().map(str::to_owned).collect(),
        may_create,
        new_ticket: new.filter(|new| new.allowed).map(|new| FullNewTicket {
            queues: new.queues,
            types: new.types,
            priorities: new.priorities,
            services: new.services,
            responsible_groups: new.responsible_groups,
            responsible_agents: new.responsible_agents,
            apps: new.apps,
            state: new.state,
            medium: new.medium,
            priority: new.priority,
            to_group: new.to_group,
        }),
        colleagues: home::colleagues(at)?.into_iter().map(|other| other.login).collect(),
        machines: machines.into_iter().map(|machine| machine.number).collect(),
        contact_persons: contact_persons.into_iter().map(|one| one.name).collect(),
        objects: super::objects::objects(at)?
            .into_iter()
            .map(|o| (o.path, o.level))
            .collect(),
        parts: full_parts(at, parts)?,
        home: home
            .into_iter()
            .filter(|part| part.shown == Some(true))
            .map(|part| part.name)
            .collect(),
        assumed,
    })
}

fn full_parts(at: &At<'_>, parts: Vec<PortalPart>) -> Result<Vec<FullPart>, ApiError> {
    let mut all = Vec::new();
    for part in parts {
        let items = match &part.items {
            Some(list) => Some(numbers(
                at,
                &Question::ListIn {
                    list: list.name.clone(),
                    object: part.key.clone(),
                },
            )?),
            None => None,
        };
        all.push(FullPart {
            path: part.path,
            kind: part.kind,
            shown: part.shown,
            rule: part.reason.rule,
            assumed: part.reason.assumed,
            items,
        });
    }
    Ok(all)
}

/// Numbers of the tickets of a question, in the portal's order.
fn numbers(at: &At<'_>, question: &Question) -> Result<Vec<String>, ApiError> {
    let mut numbers = Vec::new();
    at.eyes.each(question, false, &mut |id| {
        numbers.extend(snapshot::ticket(at.c, id)?.map(|ticket| ticket.number));
        Ok(())
    })?;
    Ok(numbers)
}

fn one_list(at: &At<'_>, question: &Question) -> Result<FullList, ApiError> {
    let mut list = FullList::default();
    for (tab, numbers) in [
        (Tab::All, &mut list.all),
        (Tab::Open, &mut list.open),
        (Tab::Closed, &mut list.closed),
    ] {
        let mut after = None;
        loop {
            let page = at.eyes.page(question, tab, after, 1_000)?;
            for found in &page {
                numbers.extend(snapshot::ticket(at.c, found.id)?.map(|ticket| ticket.number));
            }
            after = page.last().copied();
            if page.len() < 1_000 {
                break;
            }
        }
    }
    Ok(list)
}

fn openable(at: &At<'_>, assumed: &mut Rules) -> Result<BTreeMap<String, FullTicket>, ApiError> {
    let states = reply_states(at, assumed)?;
    let mut ids = Vec::new();
    at.eyes.each(&Question::Openable(Permission::Ro), false, &mut |id| {
        ids.push(id);
        Ok(())
    })?;
    let mut found = BTreeMap::new();
    for id in ids {
        let Some(ticket) = snapshot::ticket(at.c, id)? else {
            continue;
        };
        let why = at.eyes.why(&Question::Openable(Permission::Ro), &ticket)?;
        let rules: Vec<String> = why.assumed.iter().map(|rule| rule.id.to_owned()).collect();
        assumed.extend(why.assumed.iter().copied());
        let reply = at.eyes.sees(&Question::Reply, &ticket)? == Some(true);
        let queue = at.eyes.queue(&ticket);
        let (mut activities, mut simplified, mut activities_unknown) = (Vec::new(), Vec::new(), Vec::new());
        for activity in snapshot::activities(at.c, ticket.id)? {
            match shown(at, &queue, &activity)? {
                Shown::No => {}
                Shown::Unknown => activities_unknown.push(activity.position),
                Shown::Full => activities.push(activity.position),
                Shown::Simplified => simplified.push(activity.position),
            }
        }
        let entry = FullTicket {
            ro: true,
            rw: at.eyes.sees(&Question::Openable(Permission::Rw), &ticket)? == Some(true),
            reply,
            activities,
            simplified,
            activities_unknown,
            comment: at.eyes.answer(&at.model.comment, &ticket)? == Some(true),
            reply_states: if reply { states.clone() } else { Vec::new() },
            assumed: rules,
        };
        found.insert(ticket.number, entry);
    }
    Ok(found)
}
