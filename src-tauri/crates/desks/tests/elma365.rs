//! ELMA365's lists: what its interface gives, and what no call of it gives.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod lists;

use lists::{Copy, Read, fixture, read};
use portico_core::model::Validity;
use portico_core::snapshot::Problem;
use portico_desks::error::DeskError;

const DESK: &str = "elma365";
const PEOPLE: &str = "app/_system_catalogs/_user_profiles/list-1.json";
const ANNA: &str = "a1f0c7de-0001-4000-8000-000000000001";
const PETRA: &str = "a1f0c7de-0002-4000-8000-000000000002";
const LUKASZ: &str = "a1f0c7de-0003-4000-8000-000000000003";
const CONTRACT: &str = "e1f0c7de-0011-4000-8000-000000000011";

fn copy() -> Copy {
    Copy::of(&fixture("elma365-small"))
}

fn problems(copy: &Copy) -> Vec<Problem> {
    match read(DESK, copy.path()) {
        Err(DeskError::BadSource { problems, .. }) => problems,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was read"),
    }
}

fn has(problems: &[Problem], part: &str) {
    assert!(
        problems.iter().any(|problem| problem.to_string().contains(part)),
        "{part}: {problems:#?}"
    );
}

#[test]
fn people_with_their_statuses_companies_groups_and_users_are_read() {
    let read = read(DESK, &fixture("elma365-small")).unwrap();
    let users: Vec<_> = read
        .world
        .users
        .iter()
        .map(|u| (u.key.as_str(), u.login.as_str(), u.last_name.as_str(), u.validity))
        .collect();
    assert_eq!(
        users,
        [
            (ANNA, "anna@aachen.example", "Berg", Validity::Valid),
            (PETRA, "petra@brno.example", "Nováková", Validity::Invalid),
            (LUKASZ, "lukasz@lodz.example", "Zając", Validity::NotRegistered),
        ]
    );
    let Read {
        world, settings, kinds, ..
    } = &read;
    assert_eq!(world.users[1].account, "c1f0c7de-0002-4000-8000-000000000002");
    assert_eq!(world.users[2].account, "");
    let accounts: Vec<_> = world.accounts.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(accounts, ["Aachen Cold Storage", "Brno Paper Works"]);
    // Anna is an external user, and no agent.
    let agents: Vec<_> = world.agents.iter().map(|a| a.login.as_str()).collect();
    assert_eq!(agents, ["ivo"]);
    let groups: Vec<_> = world.groups.iter().map(|g| g.name.as_str()).collect();
    assert_eq!(groups, ["External users", "Partners"]);
    let members: Vec<_> = world
        .user_groups
        .iter()
        .map(|m| (m.user.as_str(), m.group.as_str(), m.permission.as_str()))
        .collect();
    assert_eq!(
        members,
        [
            (ANNA, "external", "member"),
            (PETRA, "external", "member"),
            (LUKASZ, "partners", "member"),
        ]
    );
    assert_eq!(settings.len(), 3);
    assert!(!kinds.contains(&"contacts") && !kinds.contains(&"activities"));
}

#[test]
fn objects_and_the_rights_on_them_are_read() {
    let read = read(DESK, &fixture("elma365-small")).unwrap();
    let world = &read.world;
    let object = |key: &str| world.objects.iter().find(|o| o.key == key).unwrap();
    assert_eq!(world.objects.len(), 8);
    let folder = object("o-2026");
    assert_eq!(
        (folder.name.as_str(), folder.kind.as_str(), folder.parent.as_str()),
        ("2026", "folder", "o-requests")
    );
    assert_eq!((folder.author.as_str(), folder.author_level.as_str()), (ANNA, "edit"));
    let closed = object("o-closed");
    assert!(folder.inherits && !closed.inherits);
    // Somebody inside made it.
    assert_eq!((closed.author.as_str(), closed.author_level.as_str()), ("", ""));
    let groups: Vec<_> = world
        .group_objects
        .iter()
        .map(|r| (r.group.as_str(), r.object.as_str(), r.level.as_str()))
        .collect();
    assert_eq!(
        groups,
        [
            ("external", "o-portal", "view"),
            ("external", "o-requests", "create"),
            ("partners", "o-contracts", "full"),
        ]
    );
    let own: Vec<_> = world
        .user_objects
        .iter()
        .map(|r| (r.user.as_str(), r.object.as_str(), r.level.as_str()))
        .collect();
    assert_eq!(own, [(PETRA, CONTRACT, "edit")]);
    assert!(read.found("2 rights are of users or of elements of the org chart"));
    assert!(read.found("objects: assumed"), "{:#?}", read.report.findings);
    assert!(read.found("Status = status"));
}

#[test]
fn items_are_tickets_that_lie_in_what_they_are_or_lie_in() {
    let read = read(DESK, &fixture("elma365-small")).unwrap();
    let tickets: Vec<_> = read
        .world
        .tickets
        .iter()
        .map(|t| {
            (
                t.number.as_str(),
                t.account.as_str(),
                t.owner.as_str(),
                t.state.as_str(),
            )
        })
        .collect();
    assert_eq!(
        tickets,
        [
            ("contracts/files/11", CONTRACT, "", "Signed"),
            (
                "service/requests/1",
                "o-2026",
                "anna@aachen.example",
                "service/requests 1"
            ),
            ("service/requests/2", "o-requests", "", "service/requests 2"),
        ]
    );
    // 2026-10-01 07:10:00, last changed 2026-10-02 08:00:00.
    let first = &read.world.tickets[1];
    assert_eq!((first.created, first.changed), (1_790_838_600, 1_790_928_000));
    assert!(read.found("__status: assumed: statuses do not say whether they end an item"));
}

#[test]
fn an_archive_and_a_single_file_read_like_the_folder() {
    let folder = read(DESK, &fixture("elma365-small")).unwrap();
    let copy = copy();
    assert_eq!(read(DESK, &copy.zipped()).unwrap().lines(), folder.lines());
    // The desk numbers its items by app only; their row numbers follow the order in which they come.
    let mut all = folder;
    let mut one = read(DESK, &copy.bundled("/result/result")).unwrap();
    for read in [&mut all, &mut one] {
        for ticket in &mut read.world.tickets {
            ticket.id = 0;
        }
    }
    assert_eq!(one.lines(), all.lines());
}

#[test]
fn a_list_that_is_missing_leaves_what_it_would_tell() {
    let copy = copy();
    for name in ["groups.json", "members.json", "rights.json", "user/list.json"] {
        copy.remove(name);
    }
    let part = read(DESK, copy.path()).unwrap();
    assert!(part.scope.some_kinds);
    assert_eq!(
        part.kinds,
        [
            "external_users",
            "accounts",
            "portal_objects",
            "tickets",
            "ticket_states",
            "settings"
        ]
    );
    let copy = self::copy();
    copy.write("members.json", "[]");
    assert!(read(DESK, copy.path()).unwrap().kinds.contains(&"user_groups"));
}

#[test]
fn what_decides_who_sees_what_must_be_given() {
    let copy = copy();
    copy.change(PEOPLE, ", \"status\": \"Active\"", "");
    copy.change(PEOPLE, "{\"code\": \"locked\", \"name\": \"Locked\"}", "\"Dormant\"");
    copy.change("objects.json", "\"kind\": \"section\"", "\"kind\": \"shelf\"");
    copy.change(
        "objects.json",
        "\"parent\": \"o-requests\", \"inherits\": true",
        "\"parent\": \"o-requests\"",
    );
    copy.change("rights.json", "\"view\"", "\"browse\"");
    copy.change("rights.json", "\"group\": \"partners\", ", "");
    copy.change("members.json", "\"group\": \"external\", ", "\"group\": \"\", ");
    let problems = problems(&copy);
    has(&problems, &format!("{PEOPLE}:2 Status: no member of the record is"));
    has(
        &problems,
        &format!("{PEOPLE}:3 status: \"Dormant\" is none of Not registered, Active, Locked"),
    );
    has(&problems, "objects.json:4 kind: \"shelf\" is none of portal, page");
    has(
        &problems,
        "objects.json:6 Inherit the access settings of the parent: no member",
    );
    has(
        &problems,
        "rights.json:2 level: \"browse\" is none of view, create, edit, delete, full",
    );
    has(&problems, "rights.json:4 user: says not whose right it is");
    has(&problems, "members.json:2 group: is empty");
    assert_eq!(problems.len(), 7, "{problems:#?}");
}

#[test]
fn keys_paths_and_logins_stand_once_and_no_object_lies_in_itself() {
    let copy = copy();
    copy.change(PEOPLE, "petra@brno.example", "anna@aachen.example");
    copy.change("groups.json", "\"partners\"", "\"external\"");
    copy.change("objects.json", "\"path\": \"portal/home\"", "\"path\": \"portal\"");
    copy.change(
        "objects.json",
        "\"kind\": \"section\", \"parent\": null",
        "\"kind\": \"section\", \"parent\": \"o-2026\", \"inherits\": true",
    );
    copy.change("app/service/requests/list.json", "\"__index\": 2", "\"__index\": 1");
    let problems = problems(&copy);
    has(&problems, &format!("{PEOPLE}:3 email: "));
    has(&problems, "groups.json:3 __id: ");
    has(&problems, "objects.json:3 path: ");
    has(&problems, "lies in itself");
    has(&problems, "app/service/requests/list.json:3 __index: ");
    assert_eq!(problems.len(), 5, "{problems:#?}");
}

#[test]
fn what_is_cut_of_another_encoding_an_error_or_not_whole_is_refused() {
    let copy = copy();
    copy.write("groups.json", "[\n  {\"__id\": \"external\", \"__na");
    std::fs::write(copy.path().join("members.json"), b"[\n{\"group\": \"M\xfcller\"}]").unwrap();
    copy.write("user/list.json", "{\"success\": false, \"error\": \"Forbidden\"}");
    copy.remove("app/_system_catalogs/_user_profiles/list-2.json");
    let all = problems(&copy);
    has(&all, "groups.json:2: ends too early");
    has(&all, "members.json:2: is not UTF-8");
    has(&all, "user/list.json:1 error: the desk answered with an error");
    has(
        &all,
        "externalUsers total: the desk says that there are 3 records, and 2 came",
    );

    let copy = self::copy();
    copy.remove("objects.json");
    has(
        &problems(&copy),
        "objects.json: the objects of the portal are not in the source",
    );
    let copy = self::copy();
    for page in ["list-1", "list-2"] {
        copy.remove(&format!("app/_system_catalogs/_user_profiles/{page}.json"));
    }
    has(
        &problems(&copy),
        "members.json:2 user: names a person, and no list says who is an external user",
    );
}
