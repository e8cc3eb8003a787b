//! For every check a person (or record) it must find, and neighbours that it must not.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod assumed;

use std::fmt::Write as _;

use std::collections::BTreeMap;

use portico_core::access::registry::DESKS;
use portico_core::actor::Actor;
use portico_core::finding::kinds;
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::history::Intent;
use crate::table::finding_mute;
use crate::{NewWorkspace, Store, StoreError};

const TODAY: &str = "2026-11-26";

/// A workspace of a desk with what these statements write; ids are single letters and digits: `id('a')`.
fn workspace(desk: &str, statements: &str) -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: desk.to_owned(),
    };
    let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
    let ids = |text: &str| {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('@') {
            out.push_str(&rest[..at]);
            let letter = rest.as_bytes()[at + 1];
            // Writing to a String cannot fail.
            let _ = write!(out, "x'{:030x}{letter:02x}'", 0);
            rest = &rest[at + 2..];
        }
        out.push_str(rest);
        out
    };
    store
        .transact(&actor(), &Intent::new("test"), |tx| {
            Ok::<_, StoreError>(tx.execute_batch(&ids(statements))?)
        })
        .unwrap();
    (folder, store)
}

fn actor() -> Actor {
    Actor::named("Ada")
}

/// What each check finds: the last letter of the ids, or the names.
fn found(c: &Connection, desk: &str) -> BTreeMap<&'static str, String> {
    let scene = Scene::load(c, desk, TODAY).unwrap();
    let mut all = BTreeMap::new();
    for kind in kinds::ALL.iter().filter(|kind| checks(desk, kind).next().is_some()) {
        let mut after = None;
        let mut of_kind = Vec::new();
        // Pages of one: paging itself is tried on everything.
        loop {
            let page = page(c, &scene, kind, false, after.as_ref(), 1).unwrap();
            let Some(last) = page.last().cloned() else { break };
            of_kind.extend(page);
            after = Some(last);
        }
        let count = list::count(c, &scene, kind).unwrap();
        assert_eq!(count.shown, of_kind.len() as u64, "{}", kind.id);
        for check in checks(desk, kind) {
            let mut subjects: Vec<String> = of_kind.iter().filter(|f| f.check == check.name).map(subject).collect();
            subjects.sort();
            if !subjects.is_empty() {
                all.insert(check.name, subjects.join(" "));
            }
        }
    }
    all
}

fn subject(found: &Found) -> String {
    match uuid::Uuid::parse_str(&found.subject) {
        Ok(id) => char::from(id.as_bytes()[15]).to_string(),
        Err(_) => found.subject.clone(),
    }
}

fn expect(desk: &str, statements: &str, wanted: &[(&str, &str)]) {
    let (_folder, store) = workspace(desk, statements);
    let mut found = store.read(|c| Ok::<_, StoreError>(found(c, desk))).unwrap();
    // What is assumed holds for everybody: that is told apart.
    found.remove("assumed_rule");
    let wanted: BTreeMap<&str, String> = wanted.iter().map(|(check, who)| (*check, (*who).to_owned())).collect();
    assert_eq!(found, wanted, "{desk}");
    store.read(|c| alone(c, desk, &found)).unwrap();
}

/// Asked of each person alone, the checks about people find the same.
fn alone(c: &Connection, desk: &str, found: &BTreeMap<&'static str, String>) -> Result<()> {
    let scene = Scene::load(c, desk, TODAY)?;
    let mut own: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for person in crate::table::external_user::all(c)? {
        for one in of_person(c, &scene, person.id)? {
            let check = registry::of(desk).iter().find(|check| check.name == one.check);
            own.entry(check.unwrap().name).or_default().push(subject(&one));
        }
    }
    let own: BTreeMap<&str, String> = own
        .into_iter()
        .map(|(check, mut people)| {
            people.sort();
            (check, people.join(" "))
        })
        .collect();
    let about_people = |check: &&str| {
        let mut all = registry::of(desk).iter();
        all.any(|one| one.name == *check && one.kind.about == portico_core::finding::About::Person)
    };
    let expected: BTreeMap<&str, String> = found
        .iter()
        .map(|(check, who)| (*check, who.clone()))
        .filter(|(check, _)| about_people(check))
        .collect();
    assert_eq!(own, expected, "{desk}: of one person");
    Ok(())
}

/// Eleven people of no interest: what is only worth it for many is reached.
const CROWD: &str = "WITH RECURSIVE n (i) AS (SELECT 97 UNION ALL SELECT i + 1 FROM n WHERE i < 107)
    INSERT INTO external_user (id, login, login_full, login_simple)
    SELECT unhex('000000000000000000000000000000' || printf('%02x', i)), 'crowd' || i, 'crowd' || i, 'crowd' || i FROM n;";

#[test]
fn every_check_of_every_desk_is_found_by_a_query_that_works() {
    for desk in DESKS {
        let home = if *desk == "znuny" { "otobo" } else { desk };
        let (_folder, store) = workspace(home, "");
        store
            .read(|c| {
                let scene = Scene::load(c, desk, TODAY)?;
                let counts = counts(c, &scene, &mut |_| Ok(()))?;
                assert!(!counts.is_empty(), "{desk}");
                assert!(
                    counts.iter().all(|count| count.shown + count.muted == 0),
                    "{desk}: {counts:?}"
                );
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}

#[test]
fn what_can_be_found_in_any_desk() {
    expect(
        "zoho",
        "INSERT INTO external_user (id, login, login_full, validity, expires, email) VALUES
            (@A, 'a', 'a', 1, '2026-11-25', 'one(at)x'),
            (@B, 'b', 'b', 1, '2026-11-26', 'ONE(at)x'),
            (@C, 'c', 'c', 2, '2020-01-01', 'one(at)x'),
            (@D, 'd', 'd', 4, '2020-01-01', 'two(at)x'),
            (@E, 'e', 'e', 2, '', 'two(at)x'),
            (@F, 'Fay', 'fay', 1, '', ''), (@G, 'fay', 'fay', 1, '', ''), (@H, 'gus', 'gus', 1, '', '');
         UPDATE external_user SET sponsor = 's' WHERE id IN (@A, @B);",
        &[
            ("expired", "A D"),
            ("same_email", "A B"),
            ("login_case", "F G"),
            ("no_sponsor", "D F G H"),
        ],
    );
}

#[test]
fn sponsors_are_missed_only_where_they_are_used() {
    let none = format!("{CROWD} UPDATE external_user SET sponsor = ''");
    expect("innosoft", &none, &[]);
    // One of eleven is too few, two are not.
    let one = format!("{CROWD} UPDATE external_user SET sponsor = 'x' WHERE id = @a");
    expect("innosoft", &one, &[]);
    let two = format!("{CROWD} UPDATE external_user SET sponsor = 'x' WHERE id IN (@a, @b)");
    expect("innosoft", &two, &[("no_sponsor", "c d e f g h i j k")]);
}

#[test]
fn daktela() {
    let world = format!(
        "{CROWD} UPDATE external_user SET validity = 2 WHERE id IN (@i, @j, @k);
         INSERT INTO account (id, key) VALUES (@1, 'ACME');
         INSERT INTO contact (id, account_id) VALUES (@2, @1), (@3, NULL);
         INSERT INTO user_contact (user_id, contact_id) VALUES (@a, @2), (@b, @3), (@c, @2), (@c, @3), (@d, @3);
         UPDATE external_user SET account_tickets = 1 WHERE id IN (@a, @b, @c, @k);
         UPDATE external_user SET account_contacts = 1 WHERE id IN (@a, @d);
         UPDATE external_user SET external_comments = 1 WHERE id IN (@a, @i);
         INSERT INTO queue (id, name, external_comments) VALUES (@4, 'Support', 0);"
    );
    let found = [
        ("no_contact", "e f g h"),
        ("account_tickets_without_account", "b"),
        ("account_contacts_without_account", "d"),
        ("comments_nowhere", "a"),
    ];
    // Eight can log in: not many.
    expect("daktela", &world, &found);
    let commented = format!("{world} UPDATE queue SET external_comments = 1;");
    expect("daktela", &commented, &found[..3]);
    let many = format!("{world} UPDATE external_user SET validity = 1, account_tickets = 1;
        INSERT INTO user_contact (user_id, contact_id) SELECT id, @2 FROM external_user WHERE true ON CONFLICT DO NOTHING;");
    let decided = [("comments_nowhere", "a i"), ("assumed_setting", "Portal::Involvement")];
    expect("daktela", &many, &decided);
    let confirmed =
        format!("{many} INSERT INTO desk_setting VALUES ('Portal::Involvement', '\"contact\"', 'confirmed');");
    expect("daktela", &confirmed, &decided[..1]);
}

#[test]
fn elma365() {
    let world = format!(
        "{CROWD} UPDATE external_user SET validity = 2, password = 'invitation' WHERE id = @a;
         UPDATE external_user SET validity = 4, password = 'invitation' WHERE id = @b;
         INSERT INTO portal_object (id, path, present) VALUES (@1, 'gone', 0), (@2, 'there', 1);
         INSERT INTO user_object (user_id, object_id, level) VALUES (@c, @1, 'view'), (@c, @2, 'view'), (@d, @2, 'view'), (@e, @2, 'edit');
         INSERT INTO permission_group (id, name) VALUES (@3, 'Partners');
         INSERT INTO group_object (group_id, object_id, level) VALUES (@3, @1, 'full'), (@3, @2, 'create');
         INSERT INTO user_group (user_id, group_id, permission) VALUES (@d, @3, 'member'), (@e, @3, 'member');
         INSERT INTO desk_setting VALUES ('Portico::LicencesTotal', '9', 'confirmed');"
    );
    let found = [
        ("locked_invitation", "a"),
        ("right_on_gone_object", "c"),
        ("right_group_gives", "d"),
    ];
    expect("elma365", &world, &found);
    let full = format!("{world} UPDATE desk_setting SET value = '8';");
    let exceeded = [&[("licences_exceeded", "Portico::LicencesTotal")], &found[..]].concat();
    expect("elma365", &full, &exceeded);
}

#[test]
fn innosoft() {
    let world = format!(
        "{CROWD} UPDATE external_user SET right_addresses = 1 WHERE id IN (@a, @b);
         UPDATE external_user SET restrict_states = 1 WHERE id = @e;
         INSERT INTO address (id, number) VALUES (@1, '1'), (@2, '2');
         INSERT INTO user_address (user_id, address_id, permission) VALUES
            (@a, @1, 'write'), (@a, @2, 'read'), (@b, @1, 'write'), (@b, @1, 'read'), (@c, @1, 'read');
         INSERT INTO ticket_state (id, name) VALUES (@3, 'open');
         INSERT INTO user_ticket_state (user_id, state_id) VALUES (@d, @3), (@e, @3);"
    );
    let found = [
        ("write_without_read", "a"),
        ("address_without_basic_right", "c"),
        ("states_not_restricted", "d"),
    ];
    expect("innosoft", &world, &found);
}

#[test]
fn zoho() {
    let world = "INSERT INTO account (id, key, name) VALUES (@1, 'A', 'Acme'), (@2, 'B', 'Beta');
         INSERT INTO external_user (id, login, login_full, account_id, validity, password) VALUES
            (@a, 'a', 'a', @1, 1, 'unchanged'), (@b, 'b', 'b', @1, 1, 'invitation'), (@c, 'c', 'c', @1, 2, 'invitation');
         INSERT INTO user_account (user_id, account_id) VALUES (@b, @2);
         INSERT INTO user_account_view (user_id, account_id) VALUES (@a, @1), (@a, @2), (@b, @2), (@c, @2);";
    let found = [("seen_account_of_others", "a"), ("locked_invitation", "c")];
    expect("zoho", world, &found);
    let everywhere =
        format!("{world} INSERT INTO desk_setting VALUES ('Portal::AccountTickets', 'true', 'confirmed');");
    let without_effect = [&found[..], &[("switches_everywhere", "Portal::AccountTickets")]].concat();
    expect("zoho", &everywhere, &without_effect);
}

/// Group support on, `users` everybody's, the context of other accounts off.
const OTOBO: &str = "INSERT INTO desk_setting VALUES ('CustomerGroupSupport', 'true', 'desk'),
        ('CustomerGroupAlwaysGroups', '[\"users\"]', 'desk'), ('CustomerGroupCompanyAlwaysGroups', '[\"company\"]', 'desk'),
        ('CustomerGroupPermissionContext###100-CustomerID-other', 'false', 'desk');
    INSERT INTO permission_group (id, name, validity) VALUES (@1, 'users', 1), (@2, 'finance', 1), (@3, 'old', 2), (@4, 'company', 1);
    INSERT INTO queue (id, name, group_id, validity) VALUES (@5, 'Open', @1, 1), (@6, 'Finance', @2, 1), (@7, 'Firm', @4, 1), (@8, 'Gone', @1, 2);
    INSERT INTO account (id, key, key_full, present, validity) VALUES
        (@9, 'ACME', 'acme', 1, 1), (@0, 'acme', 'acme', 0, 1), (@X, 'BETA', 'beta', 1, 2);
    INSERT INTO external_user (id, login, login_full, login_simple, account_id, has_password) VALUES
        (@a, 'anna', 'anna', 'anna', @9, 1), (@b, 'Bob', 'bob', 'bob', @0, 0), (@c, 'cora', 'cora', 'cora', @X, 1),
        (@d, 'dan', 'dan', 'dan', @X, 1), (@e, 'eve', 'eve', 'eve', @0, 1);
    INSERT INTO external_user (id, login, login_full, login_simple, present) VALUES (@f, 'bob', 'bob', 'bob', 0);
    INSERT INTO user_account (user_id, account_id) VALUES (@d, @9);
    INSERT INTO user_group (user_id, group_id, permission) VALUES (@a, @2, 'rw'), (@b, @3, 'ro'), (@c, @1, 'ro'), (@c, @1, 'rw');
    INSERT INTO account_group (account_id, group_id, permission, context) VALUES (@9, @3, 'ro', 'same'), (@9, @2, 'ro', 'other');";

#[test]
fn otobo() {
    let found = [
        ("always_queue", "5"),
        ("company_always_queue", "7"),
        ("account_missing", "b c e"),
        ("login_case", "b"),
        ("account_case", "9"),
        ("right_on_invalid_group", "b"),
        ("right_everybody_has", "c"),
        ("account_right_on_invalid_group", "9"),
        ("account_right_other_off", "9"),
        ("no_password", "b"),
    ];
    expect("otobo", OTOBO, &found);
    let other = format!("{OTOBO} UPDATE desk_setting SET value = 'true' WHERE name LIKE '%other';");
    let without = [&found[..8], &found[9..]].concat();
    expect("otobo", &other, &without);
    let off = format!("{OTOBO} UPDATE desk_setting SET value = 'false' WHERE name = 'CustomerGroupSupport';");
    let by_people = [
        found[2],
        found[3],
        found[4],
        found[9],
        ("rights_off", "CustomerGroupSupport"),
    ];
    expect("otobo", &off, &by_people);
}

#[test]
fn what_is_muted_is_counted_apart_and_undo_shows_it_again() {
    let (_folder, store) = workspace("otobo", OTOBO);
    let kind = kinds::named("account_missing").unwrap();
    let count = || {
        store
            .read(|c| list::count(c, &Scene::load(c, "otobo", TODAY)?, kind))
            .map(|count| (count.shown, count.muted, count.kind_muted))
            .unwrap()
    };
    let mute = |finding: &str| {
        let row = finding_mute::Row {
            finding: finding.to_owned(),
            reason: "by design".to_owned(),
        };
        store
            .transact(&actor(), &Intent::new("test"), |tx| finding_mute::put(tx, &row))
            .unwrap()
            .1
            .unwrap()
    };
    assert_eq!(count(), (3, 0, false));
    let bob = format!("{}62", "00000000-0000-0000-0000-0000000000");
    let change = mute(&key("account_missing", &bob));
    assert_eq!(count(), (2, 1, false));
    store
        .read(|c| {
            let scene = Scene::load(c, "otobo", TODAY)?;
            let of = |muted| page(c, &scene, kind, muted, None, 10).unwrap();
            assert_eq!(of(true).iter().map(subject).collect::<Vec<_>>(), ["b"]);
            assert_eq!(of(true)[0].muted.as_deref(), Some("by design"));
            assert_eq!(of(false).iter().map(subject).collect::<Vec<_>>(), ["c", "e"]);
            let check = checks("otobo", kind).next().unwrap();
            assert_eq!(people(c, &scene, check)?.len(), 2);
            let bobs = of_person(c, &scene, bob.parse().unwrap())?;
            let names: Vec<&str> = bobs.iter().map(|found| found.check.as_str()).collect();
            assert_eq!(names, ["login_case", "right_on_invalid_group", "no_password"]);
            assert_eq!(bobs[0].note, "bob");
            Ok::<_, StoreError>(())
        })
        .unwrap();
    mute("account_missing");
    assert_eq!(count(), (0, 3, true));
    store.undo(&actor()).unwrap();
    assert_eq!(count(), (2, 1, false));
    store.undo_change(&actor(), change).unwrap();
    assert_eq!(count(), (3, 0, false));
}

#[test]
fn work_that_is_to_stop_stops() {
    let (_folder, store) = workspace("otobo", OTOBO);
    let mut heard = 0;
    let stopped = store.read(|c| {
        counts(c, &Scene::load(c, "otobo", TODAY)?, &mut |_| {
            heard += 1;
            if heard == 3 { Err(StoreError::Cancelled) } else { Ok(()) }
        })
    });
    assert!(matches!(stopped, Err(StoreError::Cancelled)));
    assert_eq!(heard, 3);
}
