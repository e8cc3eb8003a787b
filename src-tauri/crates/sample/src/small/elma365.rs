//! ELMA365: rights lie on the objects of the portal. The story: a folder of contracts breaks with what lies above it, and
//! a right on one item within still opens that item by its link. One button is the partners', one widget is nobody's.

use portico_core::model::{ExternalUser, Group, GroupObject, PortalObject, UserGroup, UserObject, Validity};
use portico_core::snapshot::Batch;

use super::said::{Said, Way};
use super::{PEOPLE, account_of, accounts, agents, person, settings, tickets, tickets_and_talk};
use crate::dice::Dice;

const SEED: u64 = 0x656c_6d61;

/// Path, kind, path of the parent, and whether rights are handed down to it.
const TREE: [(&str, &str, &str, bool); 12] = [
    ("portal", "portal", "", true),
    ("portal/home", "page", "portal", true),
    ("portal/home/new", "button", "portal/home", true),
    ("portal/home/contract", "button", "portal/home", false),
    ("portal/figures", "page", "portal", true),
    ("portal/figures/open", "widget", "portal/figures", false),
    ("service", "section", "", true),
    ("service/requests", "app", "service", true),
    ("service/requests/2026", "folder", "service/requests", true),
    ("contracts", "section", "", true),
    ("contracts/files", "app", "contracts", true),
    ("contracts/files/closed", "folder", "contracts/files", false),
];

fn object(path: &str, kind: &str, parent: &str, inherits: bool) -> PortalObject {
    PortalObject {
        key: path.to_owned(),
        path: path.to_owned(),
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        kind: kind.to_owned(),
        parent: parent.to_owned(),
        inherits,
        ..PortalObject::default()
    }
}

fn item(n: u64) -> String {
    let folder = match n {
        n if n.is_multiple_of(12) => "contracts/files/closed",
        n if n % 20 == 1 => "contracts/files",
        _ => "service/requests/2026",
    };
    format!("{folder}/{n}")
}

/// Messages on an item: no mark keeps one of them from whoever may view it, so notes among agents are not among them.
fn way(said: Said, _: &mut Dice) -> Option<Way> {
    (said != Said::Note).then_some(("Message", true))
}

pub(super) fn batches() -> Vec<Batch> {
    let key = |n: u64| (1000 + n).to_string();
    let user = |n: u64| ExternalUser {
        account: account_of(n).0.to_owned(),
        validity: match n % 10 {
            3 => Validity::NotRegistered,
            7 => Validity::Invalid,
            _ => Validity::Valid,
        },
        ..person(SEED, n)
    };
    let items = (0..super::TICKETS).map(|n| {
        let path = item(n);
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        object(&path, "item", parent, true)
    });
    let group = |(key, name): &(&str, &str)| Group {
        key: (*key).to_owned(),
        name: (*name).to_owned(),
        ..Group::default()
    };
    let right = |group: &str, object: &str, level: &str| GroupObject {
        group: group.to_owned(),
        object: object.to_owned(),
        level: level.to_owned(),
    };
    let member = |n: u64, group: &str| UserGroup {
        user: key(n),
        group: group.to_owned(),
        permission: "member".to_owned(),
    };
    let mut all = vec![
        Batch::Settings(settings(&[
            ("Portal::Active", "true"),
            ("Portal::LicencesEnabled", "true"),
            ("Portico::LicencesTotal", "50"),
        ])),
        Batch::Groups(
            [("external", "External users"), ("partners", "Partners")]
                .iter()
                .map(group)
                .collect(),
        ),
        Batch::Agents(agents()),
        Batch::Accounts(accounts()),
        Batch::ExternalUsers((0..PEOPLE).map(user).collect()),
        Batch::PortalObjects(
            TREE.iter()
                .map(|(path, kind, parent, inherits)| object(path, kind, parent, *inherits))
                .chain(items)
                .collect(),
        ),
        Batch::UserGroups(
            (0..PEOPLE)
                .map(|n| member(n, "external"))
                .chain(
                    (0..PEOPLE)
                        .filter(|n| n.is_multiple_of(6))
                        .map(|n| member(n, "partners")),
                )
                .collect(),
        ),
        Batch::GroupObjects(vec![
            right("external", "portal", "view"),
            right("external", "service/requests", "view"),
            right("partners", "contracts", "view"),
            right("partners", "portal/home/contract", "create"),
        ]),
        // Person 4 has one contract of those that nobody else reaches.
        Batch::UserObjects(vec![UserObject {
            user: key(4),
            object: item(24),
            level: "edit".to_owned(),
        }]),
    ];
    all.extend(tickets_and_talk(
        SEED,
        tickets(SEED, ("", "open"), ("", "closed"), |n, _| {
            (String::new(), item(n), String::new())
        }),
        way,
    ));
    all
}
