//! ELMA365: tickets are items in folders of apps, rights are given on objects and handed down. An app does not hand
//! its right down to the folders in it: to list items, somebody needs both.

use portico_core::model::{ExternalUser, Group, GroupObject, PortalObject, Ticket, UserGroup, UserObject};
use portico_core::snapshot::Batch;

use crate::world::{COMMON, Desk, Hand, LINKS, Size, mixed};

pub(crate) struct Elma365;

const SECTIONS: i64 = 20;
const EVERYBODY: &str = "everybody";

fn folder(account: i64) -> String {
    format!("f{account}")
}

/// The app in which an account's folder lies.
fn app(account: i64) -> String {
    format!("a{}", account % SECTIONS)
}

/// A folder has three in it, where the items lie.
fn inner(account: i64, n: i64) -> String {
    format!("f{account}.{n}")
}

/// Whether a folder keeps rights from being handed down to it.
fn is_closed(account: i64, n: i64) -> bool {
    n == 2 && account % 10 == 7
}

fn object(key: String, kind: &str, parent: String) -> PortalObject {
    PortalObject {
        path: key.clone(),
        name: key.clone(),
        key,
        kind: kind.to_owned(),
        parent,
        inherits: true,
        ..PortalObject::default()
    }
}

fn view(user: &str, object: String) -> UserObject {
    UserObject {
        user: user.to_owned(),
        object,
        level: "view".to_owned(),
    }
}

impl Desk for Elma365 {
    fn name(&self) -> &'static str {
        "elma365"
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[("Portal::Active", "true"), ("Portal::LicencesEnabled", "true")]
    }

    fn directory(&self, size: &Size) -> Vec<Batch> {
        let mut objects = vec![object("root".to_owned(), "portal", String::new())];
        objects.extend((0..SECTIONS).map(|n| object(format!("s{n}"), "section", "root".to_owned())));
        objects.extend((0..SECTIONS).map(|n| object(app(n), "app", format!("s{n}"))));
        for account in 0..size.accounts() {
            objects.push(PortalObject {
                inherits: false,
                ..object(folder(account), "folder", app(account))
            });
            objects.extend((0..3).map(|n| {
                let mut inner = object(inner(account, n), "folder", folder(account));
                if is_closed(account, n) {
                    inner.inherits = false;
                    inner.author = size.key(size.first_of(account));
                    "edit".clone_into(&mut inner.author_level);
                }
                inner
            }));
        }
        let group = |key: String| Group {
            name: key.clone(),
            key,
            ..Group::default()
        };
        let right = |group: String, object: String| GroupObject {
            group,
            object,
            level: "view".to_owned(),
        };
        let names = (0..LINKS).map(|n| format!("g{n}"));
        let rights = (0..LINKS).map(|n| right(format!("g{n}"), folder(20 + n)));
        vec![
            Batch::Groups(names.chain([EVERYBODY.to_owned()]).map(group).collect()),
            Batch::PortalObjects(objects),
            Batch::GroupObjects(
                rights
                    .chain([right(EVERYBODY.to_owned(), folder(COMMON))])
                    .chain((0..SECTIONS).map(|n| right(EVERYBODY.to_owned(), app(n))))
                    .collect(),
            ),
        ]
    }

    fn person(&self, _: &Size, _: i64, person: &mut ExternalUser) {
        person.account = String::new();
    }

    fn links(&self, size: &Size, people: &[i64]) -> Vec<Batch> {
        let (mut groups, mut objects) = (Vec::new(), Vec::new());
        for &n in people {
            let user = size.key(n);
            let member = |group: String| UserGroup {
                user: user.clone(),
                group,
                permission: String::new(),
            };
            if size.is(n, "typical") {
                objects.push(view(&user, app(size.account_of(n))));
            } else {
                groups.push(member(EVERYBODY.to_owned()));
            }
            if size.is(n, "links") {
                groups.extend((0..LINKS).map(|n| member(format!("g{n}"))));
            }
            if size.is(n, "all") {
                objects.push(view(&user, "root".to_owned()));
                objects.extend((0..size.accounts()).map(|account| view(&user, folder(account))));
                let closed = (0..size.accounts()).filter(|account| is_closed(*account, 2));
                objects.extend(closed.map(|account| view(&user, inner(account, 2))));
            } else {
                objects.push(view(&user, folder(size.account_of(n))));
            }
        }
        vec![Batch::UserGroups(groups), Batch::UserObjects(objects)]
    }

    fn ticket(&self, size: &Size, ticket: &mut Ticket) {
        ticket.owner = String::new();
        ticket.account = inner(size.place_of(ticket.id), mixed(ticket.id + 5) % 3);
    }

    fn edit(&self) -> &'static str {
        "INSERT OR IGNORE INTO user_object (user_id, object_id, level)
         SELECT u.id, o.id, 'view' FROM (SELECT id FROM external_user WHERE present = 1 ORDER BY id LIMIT ?1) u
         JOIN portal_object o ON o.path = 'f5'"
    }

    fn hand(&self) -> Hand {
        Hand {
            sees: include_str!("hand/elma365.sql"),
            own: "1",
            who: include_str!("hand/elma365_who.sql"),
        }
    }
}
