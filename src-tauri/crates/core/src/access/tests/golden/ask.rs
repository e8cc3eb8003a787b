//! Every question of a model, asked of everything that a small world has.

use std::borrow::Cow;

use crate::access::decide::{Case, Person, Subject, decide};
use crate::access::explain::{Explained, Verdict};
use crate::access::fact::{Flag, Set};
use crate::access::model::AccessModel;
use crate::access::rule::Node;
use crate::access::world::{World, WorldSubject};
use crate::model::{Named, Validity};

/// A question, and a row a thing: its name, and a cell a person.
pub(super) type Table = (String, Vec<(String, Vec<String>)>);

/// The answers of one scene: by question a row a thing, with a cell a person.
pub(super) struct Answers {
    pub people: Vec<String>,
    pub tables: Vec<Table>,
}

/// Somebody who has not logged in.
struct Visitor;

impl Person for Visitor {
    fn values(&self, _: &Set) -> Cow<'_, [String]> {
        Cow::Borrowed(&[])
    }

    fn flag(&self, flag: Flag) -> bool {
        flag == Flag::Visitor
    }
}

fn cell(desk: &str, answer: &Explained) -> String {
    let word = match answer.verdict {
        Verdict::Passed => "yes",
        Verdict::Blocked => "no",
        Verdict::Skipped | Verdict::Unknown => "?",
    };
    let rule = answer
        .decided()
        .rule
        .map(|rule| rule.id.strip_prefix(desk).unwrap_or(rule.id).trim_start_matches('.'));
    let star = if answer.assumed().is_empty() { "" } else { "*" };
    format!("{word}{star} {}", rule.unwrap_or_default())
        .trim_end()
        .to_owned()
}

struct Asking<'a> {
    model: &'a AccessModel,
    world: &'a World,
    seen: &'a mut dyn FnMut(&Explained),
    visitor: bool,
    tables: Vec<Table>,
}

impl Asking<'_> {
    fn answer(&mut self, node: &Node, person: &dyn Person, subject: &dyn Subject) -> String {
        let case = Case {
            person,
            subject,
            workspace: self.world,
        };
        let answer = decide(node, &case);
        (self.seen)(&answer);
        cell(self.model.desk, &answer)
    }

    fn ask<'s>(&mut self, question: &str, node: &Node, things: impl IntoIterator<Item = (String, WorldSubject<'s>)>) {
        // What a desk does not have is not asked.
        if *node == Node::False {
            return;
        }
        let mut rows = Vec::new();
        for (name, subject) in things {
            let mut cells = Vec::new();
            for user in &self.world.users {
                let person = self.world.person(&user.key).unwrap();
                cells.push(self.answer(node, &person, &subject));
            }
            if self.visitor {
                cells.push(self.answer(node, &Visitor, &subject));
            }
            rows.push((name, cells));
        }
        if !rows.is_empty() {
            self.tables.push((question.to_owned(), rows));
        }
    }
}

fn named(list: &[Named]) -> Vec<(String, WorldSubject<'_>)> {
    list.iter()
        .map(|one| (one.name.clone(), choice(&one.name, one.validity)))
        .collect()
}

fn choice(name: &str, validity: Validity) -> WorldSubject<'_> {
    WorldSubject {
        name,
        service: name,
        validity: Some(validity),
        ..WorldSubject::default()
    }
}

/// Asks all of it; `seen` hears of every answer.
pub(super) fn tables(model: &AccessModel, world: &World, seen: &mut dyn FnMut(&Explained)) -> Answers {
    let mut people: Vec<String> = world.users.iter().map(|user| user.key.clone()).collect();
    let visitor = model.home.iter().any(|(_, node)| {
        let mut asks = false;
        node.facts(&mut |fact| asks |= *fact == crate::access::fact::Fact::Flag(Flag::Visitor));
        asks
    });
    if visitor {
        people.push("(visitor)".to_owned());
    }
    let mut asking = Asking {
        model,
        world,
        seen,
        visitor,
        tables: Vec::new(),
    };
    persons(&mut asking);
    tickets(&mut asking);
    choices(&mut asking);
    Answers {
        people,
        tables: asking.tables,
    }
}

fn persons(asking: &mut Asking<'_>) {
    let model = asking.model;
    let nothing = || [(String::new(), WorldSubject::default())];
    if model.portal != Node::True {
        asking.ask("the portal shows pages", &model.portal, nothing());
    }
    asking.ask("may log in", &model.login, nothing());
    for list in &model.lists {
        asking.ask(&format!("has the list {}", list.name), &list.present, nothing());
    }
    for (name, node) in &model.home {
        let part = WorldSubject {
            name,
            ..WorldSubject::default()
        };
        asking.ask(&format!("home shows {name}"), node, [(String::new(), part)]);
    }
    objects(asking);
    asking.ask("may create tickets", &model.new_ticket.allowed, nothing());
    let world = asking.world;
    let others = world.users.iter().map(|other| {
        let subject = WorldSubject {
            name: &other.key,
            ..WorldSubject::default()
        };
        (other.key.clone(), subject)
    });
    asking.ask("sees the colleague", &model.colleague, others);
    let own = world.users.iter().map(|user| user.address.as_str());
    let granted = world.user_addresses.iter().map(|link| link.address.as_str());
    let addresses: std::collections::BTreeSet<&str> = own.chain(granted).filter(|key| !key.is_empty()).collect();
    let at = |thing: &str| {
        let things = addresses.iter().map(|account| {
            let subject = WorldSubject {
                account,
                ..WorldSubject::default()
            };
            (format!("{thing} at {account}"), subject)
        });
        things.collect::<Vec<_>>()
    };
    asking.ask("sees", &model.machine, at("machine"));
    asking.ask("sees the", &model.contact_person, at("contact person"));
}

fn objects(asking: &mut Asking<'_>) {
    let (model, world) = (asking.model, asking.world);
    for (kinds, node) in &model.objects {
        let of_kind = world
            .objects
            .iter()
            .filter(|object| kinds.contains(&object.kind.as_str()));
        let things = of_kind.map(|object| (object.key.clone(), world.object(object)));
        asking.ask(&format!("is shown the {}", kinds.join(" or ")), node, things);
    }
}

fn tickets(asking: &mut Asking<'_>) {
    let (model, world) = (asking.model, asking.world);
    let all = || {
        world
            .tickets
            .iter()
            .map(|ticket| (format!("ticket {}", ticket.number), world.ticket(ticket)))
    };
    for list in &model.lists {
        asking.ask(&format!("listed in {}", list.name), &list.shows(), all());
    }
    asking.ask("under the tab Open", &model.open_tab, all());
    asking.ask("found for reading", &model.searchable.ro, all());
    asking.ask("found for writing", &model.searchable.rw, all());
    asking.ask("opened for reading", &model.openable.ro, all());
    asking.ask("opened for writing", &model.openable.rw, all());
    asking.ask("replied to", &model.reply.allowed, all());
    asking.ask("commented", &model.comment, all());
    let said = || {
        world.activities.iter().map(|activity| {
            let ticket = world.tickets.iter().find(|t| t.id == activity.ticket).unwrap();
            let seen = if activity.visible { "visible" } else { "internal" };
            let name = format!("ticket {} {} {seen}", ticket.number, activity.channel);
            let subject = WorldSubject {
                visible: activity.visible,
                channel: &activity.channel,
                ..world.ticket(ticket)
            };
            (name, subject)
        })
    };
    asking.ask("shown of what was said", &model.activity, said());
    asking.ask("of it simplified", &model.simplified, said());
}

fn choices(asking: &mut Asking<'_>) {
    let (model, world) = (asking.model, asking.world);
    let groups = || {
        world.groups.iter().map(|group| {
            let subject = WorldSubject {
                group: Some(group),
                name: &group.name,
                validity: Some(group.validity),
                ..WorldSubject::default()
            };
            (group.name.clone(), subject)
        })
    };
    asking.ask("in the group for reading", &model.member.ro, groups());
    asking.ask("in the group for writing", &model.member.rw, groups());
    let accounts = world.accounts.iter().map(|account| {
        let subject = WorldSubject {
            account: &account.key,
            ..WorldSubject::default()
        };
        (account.key.clone(), subject)
    });
    asking.ask("offered the account", &model.accessible, accounts);
    let new = &model.new_ticket;
    let queues = world
        .queues
        .iter()
        .map(|queue| (queue.name.clone(), world.queue(queue)));
    asking.ask("new ticket in", &new.queue, queues);
    asking.ask("new ticket of type", &new.ticket_type, named(&world.types));
    asking.ask("new ticket with priority", &new.priority, named(&world.priorities));
    asking.ask("new ticket for service", &new.service, named(&world.services));
    asking.ask("new ticket answered by", &new.responsible_group, groups());
    let agents = world
        .agents
        .iter()
        .map(|agent| (agent.login.clone(), choice(&agent.login, agent.validity)));
    asking.ask("new ticket answered by agent", &new.responsible_agent, agents);
    let apps = world.objects.iter().filter(|object| object.kind == "app");
    let apps = apps.map(|app| (app.key.clone(), world.object(app)));
    asking.ask("new item in the app", &new.app, apps);
    let states = world.states.iter().map(|state| {
        (
            state.name.clone(),
            WorldSubject {
                state_kind: &state.kind,
                ..choice(&state.name, state.validity)
            },
        )
    });
    asking.ask("status set by a reply", &model.reply.state, states);
}
