//! Small worlds written by hand, one record a line: `user anna account=ACME groups=staff:ro account_tickets`.

use crate::access::setting::Value;
use crate::access::world::World;
use crate::model::{
    Account, AccountGroup, Activity, Agent, Contact, Context, ExternalUser, Group, GroupObject, Named, PortalObject,
    Queue, Ticket, TicketState, UserAccount, UserAccountView, UserAddress, UserContact, UserGroup, UserObject,
    UserResponsibleAgent, UserResponsibleGroup, UserService, UserTicketState, UserTicketType, Validity,
};

/// A variation: what it is called, and the settings that are other ones in it.
pub(super) struct Scene {
    pub title: String,
    pub settings: Vec<(String, Option<Value>)>,
}

impl Scene {
    /// The world in this variation.
    pub(super) fn of(&self, world: &World) -> World {
        let mut world = world.clone();
        for (name, value) in &self.settings {
            match value {
                Some(value) => world.settings.set(name.clone(), value.clone()),
                None => world.settings.forget(name),
            }
        }
        world
    }
}

/// A line: what stands after its kind and key.
struct Line<'a> {
    kind: &'a str,
    key: &'a str,
    rest: Vec<&'a str>,
}

impl Line<'_> {
    fn has(&self, word: &str) -> bool {
        self.rest.contains(&word)
    }

    fn one(&self, name: &str) -> String {
        let found = self
            .rest
            .iter()
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_default().to_owned()
    }

    fn list(&self, name: &str) -> Vec<String> {
        let one = self.one(name);
        one.split(',')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn pairs(&self, name: &str) -> Vec<(String, String)> {
        let split = |part: String| part.split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        self.list(name).into_iter().map(split).collect()
    }

    fn key(&self) -> String {
        self.key.to_owned()
    }

    fn validity(&self) -> Validity {
        match () {
            () if self.has("invalid") => Validity::Invalid,
            () if self.has("not_registered") => Validity::NotRegistered,
            () => Validity::Valid,
        }
    }

    fn named(&self) -> Named {
        Named {
            key: self.key(),
            name: self.key(),
            validity: self.validity(),
        }
    }
}

/// `on`, `off`, `[a,b]`, a number, or a word; `?` for what nobody said.
pub(super) fn value(text: &str) -> Option<Value> {
    let names = |inner: &str| inner.split(',').filter(|n| !n.is_empty()).map(str::to_owned).collect();
    Some(match text {
        "?" => return None,
        "on" => Value::Switch(true),
        "off" => Value::Switch(false),
        list if list.starts_with('[') => Value::Names(names(list.trim_matches(['[', ']']))),
        word => word.parse().map_or_else(|_| Value::choice(word), Value::Number),
    })
}

/// The world of a text, and its scenes.
pub(super) fn parse(text: &str) -> (World, Vec<Scene>) {
    let (mut world, mut scenes) = (World::default(), Vec::new());
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(scene) = line.strip_prefix("scene ") {
            scenes.push(parse_scene(scene));
            continue;
        }
        let mut words = line.split_whitespace();
        let (kind, key) = (
            words.next().unwrap(),
            words.next().unwrap_or_else(|| panic!("no key: {line}")),
        );
        take(
            &mut world,
            &Line {
                kind,
                key,
                rest: words.collect(),
            },
        );
    }
    (world, scenes)
}

fn parse_scene(text: &str) -> Scene {
    let (title, settings) = text.split_once('|').unwrap_or((text, ""));
    let set = |word: &str| {
        word.split_once('=')
            .map(|(name, v)| (name.to_owned(), value(v)))
            .unwrap()
    };
    Scene {
        title: title.trim().to_owned(),
        settings: settings.split_whitespace().map(set).collect(),
    }
}

fn take(world: &mut World, line: &Line<'_>) {
    match line.kind {
        "setting" => {
            if let Some(value) = value(line.rest[0]) {
                world.settings.set(line.key, value);
            }
        }
        "user" => user(world, line),
        "ticket" => ticket(world, line),
        "activity" => world.activities.push(Activity {
            ticket: line.key.parse().unwrap(),
            position: i64::try_from(world.activities.len()).unwrap() + 1,
            channel: line.rest[0].to_owned(),
            visible: line.has("visible"),
            ..Activity::default()
        }),
        _ => directory(world, line),
    }
}

fn directory(world: &mut World, line: &Line<'_>) {
    let (key, validity) = (line.key(), line.validity());
    match line.kind {
        "account" => account(world, line),
        "group" => {
            for (object, level) in line.pairs("objects") {
                world.group_objects.push(GroupObject {
                    group: key.clone(),
                    object,
                    level,
                });
            }
            world.groups.push(Group {
                name: key.clone(),
                key,
                validity,
                ..Group::default()
            });
        }
        "queue" => world.queues.push(Queue {
            name: key.clone(),
            key,
            group: line.one("group"),
            follow_up: line.one("follow_up"),
            external_comments: line.has("external_comments"),
            validity,
        }),
        "contact" => world.contacts.push(Contact {
            key,
            account: line.one("account"),
            ..Contact::default()
        }),
        "agent" => world.agents.push(Agent {
            login: key.clone(),
            key,
            validity,
            ..Agent::default()
        }),
        "state" => world.states.push(TicketState {
            name: key.clone(),
            key,
            kind: line.one("kind"),
            validity,
        }),
        "type" => world.types.push(line.named()),
        "priority" => world.priorities.push(line.named()),
        "service" => world.services.push(line.named()),
        "object" => world.objects.push(PortalObject {
            path: key.clone(),
            key,
            kind: line.one("kind"),
            parent: line.one("parent"),
            inherits: !line.has("cut"),
            author: line.one("author"),
            author_level: line.one("author_level"),
            ..PortalObject::default()
        }),
        other => panic!("no kind of record: {other}"),
    }
}

fn account(world: &mut World, line: &Line<'_>) {
    for (name, context) in [("groups", Context::Same), ("others", Context::Other)] {
        for (group, permission) in line.pairs(name) {
            world.account_groups.push(AccountGroup {
                account: line.key(),
                group,
                permission,
                context,
            });
        }
    }
    world.accounts.push(Account {
        key: line.key(),
        validity: line.validity(),
        ..Account::default()
    });
}

fn user(world: &mut World, line: &Line<'_>) {
    world.users.push(ExternalUser {
        key: line.key(),
        login: line.key(),
        account: line.one("account"),
        address: line.one("address"),
        validity: line.validity(),
        external: Some(!line.has("not_external")),
        account_contacts: line.has("account_contacts"),
        account_tickets: line.has("account_tickets"),
        external_comments: line.has("external_comments"),
        right_addresses: line.has("right_addresses"),
        right_machines: line.has("right_machines"),
        right_contact_person: line.has("right_contact_person"),
        restrict_states: line.has("restrict_states"),
        ..ExternalUser::default()
    });
    links(world, line);
}

fn links(world: &mut World, line: &Line<'_>) {
    let user = || line.key();
    world.user_contacts.extend(
        line.list("contacts")
            .into_iter()
            .map(|contact| UserContact { user: user(), contact }),
    );
    world.user_accounts.extend(
        line.list("accounts")
            .into_iter()
            .map(|account| UserAccount { user: user(), account }),
    );
    world.user_account_views.extend(
        line.list("sees")
            .into_iter()
            .map(|account| UserAccountView { user: user(), account }),
    );
    for permission in ["read", "write"] {
        let granted = line.list(permission).into_iter();
        let grant = |address| UserAddress {
            user: user(),
            address,
            permission: permission.to_owned(),
        };
        world.user_addresses.extend(granted.map(grant));
    }
    let groups = line.pairs("groups").into_iter();
    world.user_groups.extend(groups.map(|(group, permission)| UserGroup {
        user: user(),
        group,
        permission,
    }));
    let objects = line.pairs("objects").into_iter();
    world.user_objects.extend(objects.map(|(object, level)| UserObject {
        user: user(),
        object,
        level,
    }));
    world
        .user_types
        .extend(line.list("types").into_iter().map(|ticket_type| UserTicketType {
            user: user(),
            ticket_type,
        }));
    world.user_states.extend(
        line.list("states")
            .into_iter()
            .map(|state| UserTicketState { user: user(), state }),
    );
    world.user_services.extend(
        line.list("services")
            .into_iter()
            .map(|service| UserService { user: user(), service }),
    );
    world.user_responsible_groups.extend(
        line.list("answering_groups")
            .into_iter()
            .map(|group| UserResponsibleGroup { user: user(), group }),
    );
    world.user_responsible_agents.extend(
        line.list("answering_agents")
            .into_iter()
            .map(|agent| UserResponsibleAgent { user: user(), agent }),
    );
}

fn ticket(world: &mut World, line: &Line<'_>) {
    let state = line.one("state");
    let kind = world.states.iter().find(|s| s.key == state).map(|s| s.kind.clone());
    world.tickets.push(Ticket {
        id: line.key.parse().unwrap(),
        number: line.key(),
        owner: line.one("owner"),
        account: line.one("account"),
        queue: line.one("queue"),
        state_kind: kind.unwrap_or_default(),
        state,
        archived: line.has("archived"),
        ..Ticket::default()
    });
}
