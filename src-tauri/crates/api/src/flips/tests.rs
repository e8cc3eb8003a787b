//! What is proposed is done to a world in memory, which shares no code with the store, and the tree read there.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_core::access::decide::{Case, holds};
use portico_core::access::registry::{DESKS, model as model_of};
use portico_core::access::setting::SettingKind;
use portico_core::access::world::World;
use portico_core::access::world_links::any_world;
use portico_core::access::world_random::Dice;
use portico_core::actor::Actor;
use portico_core::form::field::Entity;
use portico_core::id::ExternalUserId;
use portico_core::model::{
    AccountGroup, DeskSetting, ExternalUser, SettingOrigin, Ticket, UserAccount, UserAccountView, UserAddress,
    UserContact, UserGroup, UserObject,
};
use portico_core::snapshot::Batch;
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::visibility::setting_value;
use portico_store::{NewWorkspace, Store};
use tempfile::TempDir;

use super::*;
use crate::types::flips::FlipChange;

fn imported(world: &World, desk: &str) -> (TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.portico");
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: desk.to_owned(),
    };
    let store = Store::create(&path, &new).unwrap();
    let model = model_of(desk).unwrap();
    let known = model
        .settings
        .iter()
        .filter_map(|n| Some((n.name, world.settings.get(n.name)?)));
    let rows = known.map(|(name, value)| DeskSetting {
        name: name.to_owned(),
        value: plan::json(value),
        origin: SettingOrigin::Desk,
    });
    let mut batches = vec![Batch::Settings(rows.collect())];
    batches.extend(world.batches());
    store
        .import::<StoreError>(
            &Actor::named("Ada"),
            desk,
            &mut |sink| {
                for batch in batches.drain(..) {
                    sink(batch).map_err(|_| StoreError::Cancelled)?;
                }
                Ok(())
            },
            &ImportOptions::default(),
            &mut |_| {},
            &CancelFlag::new(),
        )
        .unwrap();
    let session = Session::of(store, &path, Actor::named("Ada"), false).unwrap();
    (folder, session)
}

/// Takes what goes out of a list and puts what comes into it.
fn swap<T: PartialEq>(list: &mut Vec<T>, change: &FlipChange, item: impl Fn(&str) -> T) {
    if !change.from.is_empty() {
        let gone = item(&change.from);
        let before = list.len();
        list.retain(|one| *one != gone);
        assert!(list.len() < before, "{change:?}: it was not there");
    }
    if !change.to.is_empty() {
        let new = item(&change.to);
        assert!(!list.contains(&new), "{change:?}: it was there");
        list.push(new);
    }
}

/// `Support:ro` in two.
fn pair(text: &str) -> (&str, &str) {
    text.rsplit_once(':').unwrap()
}

fn group_key(world: &World, name: &str) -> String {
    world
        .groups
        .iter()
        .find(|group| group.name == name)
        .unwrap()
        .key
        .clone()
}

fn validity(text: &str) -> portico_core::model::Validity {
    portico_core::model::Validity::from_name(text).unwrap()
}

/// Does to the world what a change says.
fn apply(world: &mut World, desk: &str, change: &FlipChange) {
    match change.entity.as_str() {
        "external_user" => apply_to_person(world, change),
        "account" => {
            let groups = world.clone();
            let account = change.key.clone();
            let context = if change.field == "groups" { "same" } else { "other" };
            swap(&mut world.account_groups, change, |text| AccountGroup {
                account: account.clone(),
                group: group_key(&groups, pair(text).0),
                permission: pair(text).1.to_owned(),
                context: portico_core::model::Context::from_name(context).unwrap(),
            });
        }
        "queue" => {
            let group = (change.field == "group").then(|| group_key(world, &change.to));
            let queue = world.queues.iter_mut().find(|queue| queue.name == change.key).unwrap();
            match group {
                Some(group) => queue.group = group,
                None => queue.follow_up.clone_from(&change.to),
            }
        }
        "group" => {
            let group = world.groups.iter_mut().find(|group| group.name == change.key).unwrap();
            group.validity = validity(&change.to);
        }
        "setting" => {
            let settings = model_of(desk).unwrap().settings;
            let needed = settings.iter().find(|one| one.name == change.key).unwrap();
            let kind: SettingKind = needed.kind;
            world
                .settings
                .set(change.key.clone(), setting_value(kind, &change.to).unwrap());
        }
        other => panic!("{other}"),
    }
}

fn flag<'a>(user: &'a mut ExternalUser, field: &str) -> &'a mut bool {
    match field {
        "external" => user.external.get_or_insert(true),
        "account_contacts" => &mut user.account_contacts,
        "account_tickets" => &mut user.account_tickets,
        "external_comments" => &mut user.external_comments,
        "right_addresses" => &mut user.right_addresses,
        other => panic!("{other}"),
    }
}

fn apply_to_person(world: &mut World, change: &FlipChange) {
    let before = world.clone();
    let key = change.key.clone();
    let user = || key.clone();
    let row = world.users.iter_mut().find(|user| user.login == change.key).unwrap();
    match change.field.as_str() {
        "status" => row.validity = validity(&change.to),
        "account" => row.account.clone_from(&change.to),
        "address" => row.address.clone_from(&change.to),
        "further_accounts" => swap(&mut world.user_accounts, change, |text| UserAccount {
            user: user(),
            account: text.to_owned(),
        }),
        "seen_accounts" => swap(&mut world.user_account_views, change, |text| UserAccountView {
            user: user(),
            account: text.to_owned(),
        }),
        "contacts" => swap(&mut world.user_contacts, change, |text| UserContact {
            user: user(),
            contact: text.replace("contact ", "c"),
        }),
        "groups" => swap(&mut world.user_groups, change, |text| UserGroup {
            user: user(),
            group: group_key(&before, pair(text).0),
            permission: pair(text).1.to_owned(),
        }),
        "read_addresses" | "write_addresses" => swap(&mut world.user_addresses, change, |text| UserAddress {
            user: user(),
            address: text.to_owned(),
            permission: change.field.trim_end_matches("_addresses").to_owned(),
        }),
        "objects" => swap(&mut world.user_objects, change, |text| UserObject {
            user: user(),
            object: pair(text).0.replace("object ", "o"),
            level: pair(text).1.to_owned(),
        }),
        field => {
            let flag = flag(row, field);
            assert_eq!(
                (flag.to_string(), (!*flag).to_string()),
                (change.from.clone(), change.to.clone())
            );
            *flag = !*flag;
        }
    }
}

fn ask(session: &Session, viewer: &Viewer, number: &str, question: &str) -> Result<Flips, ApiError> {
    let cancelled = Arc::new(AtomicBool::new(false));
    let mut work = Work {
        job: "flips",
        tell: &mut |_| {},
        cancelled: &cancelled,
    };
    flips(session, viewer, number, question, Counting::All, &mut work)
}

fn saved(desk: &str, key: &str) -> Viewer {
    Viewer {
        id: Some(ExternalUserId::from_desk(desk, key).to_string()),
        draft: None,
        at: None,
        desk: None,
    }
}

/// The tree, read in the world.
fn answer_of(world: &World, model: &AccessModel, question: &str, user: &ExternalUser, ticket: &Ticket) -> Option<bool> {
    let node = Asked::named(question).node(model).unwrap();
    let person = world.person(&user.key).unwrap();
    holds(
        &node,
        &Case {
            person: &person,
            subject: &world.ticket(ticket),
            workspace: world,
        },
    )
}

/// How many proposals there were, in each direction.
#[derive(Debug, Default)]
struct Shown {
    open: usize,
    shut: usize,
    several: usize,
    none: usize,
}

/// All parts of the changes that are neither empty nor the whole.
fn smaller(changes: &[FlipChange]) -> impl Iterator<Item = Vec<FlipChange>> {
    assert!(changes.len() < 10, "{changes:#?} are not small");
    (1..(1_usize << changes.len()) - 1).map(|mask| {
        let of = changes.iter().enumerate().filter(move |(n, _)| mask & (1 << n) != 0);
        of.map(|(_, change)| change.clone()).collect()
    })
}

fn hold_a_world(desk: &str, seed: u64, shown: &mut Shown) {
    let mut dice = Dice::new(seed);
    let world = any_world(desk, &mut dice, 4);
    let (_folder, session) = imported(&world, desk);
    let model = model_of(desk).unwrap();
    let version = session.store().data_version().unwrap();
    let mut questions = vec!["login", "listed", "openable", "reply"];
    questions.extend(model.lists.iter().map(|list| list.name));
    for _ in 0..5 {
        let (user, ticket) = (dice.pick(&world.users), dice.pick(&world.tickets));
        for question in &questions {
            let told = ask(&session, &saved(desk, &user.key), &ticket.number, question).unwrap();
            let answer_in = |world: &World| answer_of(world, &model, question, user, ticket);
            assert_eq!(told.answer, answer_in(&world), "{desk} {seed} {question}");
            let Some(answer) = told.answer else {
                assert!(told.flips.is_empty());
                continue;
            };
            let order: Vec<_> = told
                .flips
                .iter()
                .map(|flip| (flip.changes.len(), flip.touches))
                .collect();
            assert!(order.is_sorted(), "{order:?}");
            shown.none += usize::from(told.flips.is_empty());
            for flip in &told.flips {
                let mut other = world.clone();
                for change in &flip.changes {
                    apply(&mut other, desk, change);
                }
                assert_eq!(
                    answer_in(&other),
                    Some(!answer),
                    "{desk} {seed} {question}: {:#?}",
                    flip.changes
                );
                for part in smaller(&flip.changes) {
                    let mut other = world.clone();
                    for change in &part {
                        apply(&mut other, desk, change);
                    }
                    assert_ne!(
                        answer_in(&other),
                        Some(!answer),
                        "{desk} {seed} {question}: {part:#?} is enough"
                    );
                }
                *if answer { &mut shown.shut } else { &mut shown.open } += 1;
                let touches = flip.touches.unwrap();
                assert!(touches.others <= touches.concerns);
                shown.several += usize::from(flip.changes.len() > 1);
            }
        }
    }
    assert_eq!(session.store().data_version().unwrap(), version, "{desk}: asking wrote");
    let left = session
        .store()
        .read(|c| Ok::<_, ApiError>(portico_store::base::pending(c)?))
        .unwrap();
    assert!(left.is_empty(), "{desk}: asking wrote {left:?}");
}

#[test]
fn every_proposal_flips_the_answer_on_every_desk_and_asking_writes_nothing() {
    for desk in DESKS.iter().filter(|desk| crate::forms::rules(desk).is_ok()) {
        let mut shown = Shown::default();
        for seed in 0..10 {
            hold_a_world(desk, seed, &mut shown);
        }
        assert!(
            shown.open > 20 && shown.shut > 20 && shown.several > 0,
            "{desk}: {shown:?}"
        );
    }
}

/// An item into a list of the person's, or out of it.
fn item(user: &ExternalUser, field: &str, item: String, held: bool) -> FlipChange {
    let (from, to) = if held {
        (item, String::new())
    } else {
        (String::new(), item)
    };
    FlipChange {
        from,
        to,
        ..plan::line("external_user", &user.login, String::new(), field)
    }
}

/// Every single change of the person's own form that the desk knows, as far as worlds have what it takes.
fn single_changes(world: &World, desk: &str, user: &ExternalUser) -> Vec<FlipChange> {
    let rules = crate::forms::rules(desk).unwrap();
    let mut found = Vec::new();
    for field in [
        "external",
        "account_tickets",
        "account_contacts",
        "external_comments",
        "right_addresses",
    ] {
        let now = *flag(&mut user.clone(), field);
        found.push(FlipChange {
            from: now.to_string(),
            to: (!now).to_string(),
            ..plan::line("external_user", &user.login, String::new(), field)
        });
    }
    // Some steps are not an admin's: somebody who is not registered registers herself.
    let steps = rules.status.offered.iter().copied();
    for to in steps.filter(|to| *to != user.validity && rules.status.allows(user.validity, *to)) {
        found.push(FlipChange {
            from: user.validity.name().to_owned(),
            to: to.name().to_owned(),
            ..plan::line("external_user", &user.login, String::new(), "status")
        });
    }
    found.extend(links(world, user));
    found.retain(|change| rules.knows(Entity::ExternalUser, &change.field));
    found
}

/// What could enter or leave the lists of the person's form.
fn links(world: &World, user: &ExternalUser) -> Vec<FlipChange> {
    let mut found = Vec::new();
    for account in &world.accounts {
        let further = UserAccount {
            user: user.login.clone(),
            account: account.key.clone(),
        };
        found.push(item(
            user,
            "further_accounts",
            account.key.clone(),
            world.user_accounts.contains(&further),
        ));
        let view = UserAccountView {
            user: user.login.clone(),
            account: account.key.clone(),
        };
        found.push(item(
            user,
            "seen_accounts",
            account.key.clone(),
            world.user_account_views.contains(&view),
        ));
    }
    for contact in &world.contacts {
        let link = UserContact {
            user: user.login.clone(),
            contact: contact.key.clone(),
        };
        found.push(item(
            user,
            "contacts",
            contact.key.replacen('c', "contact ", 1),
            world.user_contacts.contains(&link),
        ));
    }
    let addresses: BTreeSet<_> = world.user_addresses.iter().map(|link| &link.address).collect();
    for address in addresses {
        for permission in ["read", "write"] {
            let link = UserAddress {
                user: user.login.clone(),
                address: address.clone(),
                permission: permission.to_owned(),
            };
            let field = format!("{permission}_addresses");
            found.push(item(
                user,
                &field,
                address.clone(),
                world.user_addresses.contains(&link),
            ));
        }
    }
    for group in &world.groups {
        for permission in world
            .user_groups
            .iter()
            .map(|link| &link.permission)
            .collect::<BTreeSet<_>>()
        {
            let link = UserGroup {
                user: user.login.clone(),
                group: group.key.clone(),
                permission: permission.clone(),
            };
            found.push(item(
                user,
                "groups",
                format!("{}:{permission}", group.name),
                world.user_groups.contains(&link),
            ));
        }
    }
    for object in &world.objects {
        for level in ["view", "full"] {
            let link = UserObject {
                user: user.login.clone(),
                object: object.key.clone(),
                level: level.to_owned(),
            };
            let name = format!("{}:{level}", object.key.replacen('o', "object ", 1));
            found.push(item(user, "objects", name, world.user_objects.contains(&link)));
        }
    }
    found
}

#[test]
fn where_one_change_of_the_person_is_enough_one_is_proposed() {
    let mut overlooked = Vec::new();
    for desk in DESKS.iter().filter(|desk| crate::forms::rules(desk).is_ok()) {
        let mut enough = 0;
        for seed in 100..106 {
            let mut dice = Dice::new(seed);
            let world = any_world(desk, &mut dice, 4);
            let (_folder, session) = imported(&world, desk);
            let model = model_of(desk).unwrap();
            for _ in 0..5 {
                let (user, ticket) = (dice.pick(&world.users), dice.pick(&world.tickets));
                for question in ["login", "listed", "openable", "reply"] {
                    let told = ask(&session, &saved(desk, &user.key), &ticket.number, question).unwrap();
                    let Some(answer) = told.answer else { continue };
                    let one = told.flips.iter().any(|flip| flip.changes.len() == 1);
                    // A further account of no use but that she then has several, so that a list is no longer limited to
                    // one, is nothing to advise.
                    let beside = |change: &FlipChange| {
                        change.field == "further_accounts" && !change.to.is_empty() && change.to != ticket.account
                    };
                    for change in single_changes(&world, desk, user)
                        .into_iter()
                        .filter(|change| !beside(change))
                    {
                        let mut other = world.clone();
                        apply(&mut other, desk, &change);
                        let now = answer_of(&other, &model, question, user, ticket);
                        if now == Some(!answer) {
                            enough += 1;
                            if !one {
                                overlooked.push(format!("{desk} {seed} {question} {}: {change:?}", ticket.number));
                            }
                        }
                    }
                }
            }
        }
        assert!(enough > 20, "{desk}: {enough}");
    }
    assert!(overlooked.is_empty(), "{overlooked:#?}");
}

#[test]
fn whoever_stops_while_others_are_counted_gets_what_was_counted() {
    let mut stopped = 0;
    for seed in 0..6 {
        let mut dice = Dice::new(seed);
        let world = any_world("otobo", &mut dice, 4);
        let (_folder, session) = imported(&world, "otobo");
        for user in &world.users {
            let (viewer, number) = (saved("otobo", &user.key), &dice.pick(&world.tickets).number);
            let all = ask(&session, &viewer, number, "openable").unwrap();
            let cancelled = Arc::new(AtomicBool::new(false));
            let mut work = Work {
                job: "flips",
                tell: &mut |_| cancelled.store(true, Ordering::Relaxed),
                cancelled: &cancelled,
            };
            let some = flips(&session, &viewer, number, "openable", Counting::All, &mut work).unwrap();
            assert_eq!(some.flips.len(), all.flips.len());
            for flip in &some.flips {
                let counted = all.flips.iter().find(|one| one.changes == flip.changes).unwrap();
                assert!(flip.touches.is_none() || flip.touches == counted.touches);
            }
            stopped += some.flips.iter().filter(|flip| flip.touches.is_none()).count();
        }
    }
    assert!(stopped > 0);
    let world = any_world("otobo", &mut Dice::new(0), 4);
    let (_folder, session) = imported(&world, "otobo");
    let cancelled = Arc::new(AtomicBool::new(true));
    let mut work = Work {
        job: "flips",
        tell: &mut |_| {},
        cancelled: &cancelled,
    };
    let (user, ticket) = (&world.users[0], &world.tickets[0]);
    let error = flips(
        &session,
        &saved("otobo", &user.key),
        &ticket.number,
        "login",
        Counting::All,
        &mut work,
    )
    .unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
}

fn never() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

#[test]
fn what_concerns_many_is_counted_when_it_is_asked_for() {
    let (mut counted, mut left) = (0, 0);
    for seed in 0..8 {
        let mut dice = Dice::new(seed);
        let world = any_world("otobo", &mut dice, 4);
        let (_folder, session) = imported(&world, "otobo");
        for user in &world.users {
            let (viewer, number) = (saved("otobo", &user.key), &dice.pick(&world.tickets).number);
            let all = ask(&session, &viewer, number, "openable").unwrap();
            let cancelled = never();
            let mut work = Work {
                job: "flips",
                tell: &mut |_| {},
                cancelled: &cancelled,
            };
            let near = flips(&session, &viewer, number, "openable", Counting::Near, &mut work).unwrap();
            assert_eq!(near.flips.len(), all.flips.len());
            for flip in &near.flips {
                let whole = all.flips.iter().find(|one| one.changes == flip.changes).unwrap();
                let touch = whole.touches.unwrap();
                assert_eq!(flip.concerns, whole.concerns);
                assert!(touch.others <= flip.concerns, "{flip:?}");
                if flip.concerns <= NEAR {
                    counted += 1;
                    assert_eq!(flip.touches, Some(touch));
                    continue;
                }
                left += 1;
                assert_eq!(flip.touches, None);
                let asked = flip_touch(&session, &viewer, number, "openable", &flip.changes, &mut work).unwrap();
                assert_eq!(asked, touch);
            }
            if let Some(flip) = all.flips.first() {
                let mut other = flip.changes.clone();
                other[0].to.push('x');
                let error = flip_touch(&session, &viewer, number, "openable", &other, &mut work).unwrap_err();
                assert_eq!(error.code, Code::Stale);
            }
        }
    }
    assert!(counted > 10 && left > 10, "{counted} {left}");
}

#[test]
fn a_workspace_that_is_only_read_is_told_the_same_and_stays_as_it_is() {
    let mut told = 0;
    for desk in DESKS.iter().filter(|desk| crate::forms::rules(desk).is_ok()) {
        let mut dice = Dice::new(3);
        let world = any_world(desk, &mut dice, 4);
        let (folder, session) = imported(&world, desk);
        let files = || {
            let mut files: Vec<_> = std::fs::read_dir(folder.path())
                .unwrap()
                .map(|e| e.unwrap().path())
                .collect();
            // Whoever reads puts an empty log and its index beside the workspace.
            files.retain(|path| !["-shm", "-wal"].iter().any(|end| path.to_string_lossy().ends_with(end)));
            files.sort();
            files
                .into_iter()
                .map(|path| (std::fs::read(&path).unwrap(), path))
                .collect::<Vec<_>>()
        };
        let path = session.path().to_owned();
        let expected: Vec<_> = world
            .users
            .iter()
            .map(|user| ask(&session, &saved(desk, &user.key), &world.tickets[0].number, "openable").unwrap())
            .collect();
        drop(session);
        let before = files();
        let reads = Session::unlock_read_only(&path, None, Actor::named("Eve")).unwrap();
        for (user, expected) in world.users.iter().zip(&expected) {
            let found = ask(&reads, &saved(desk, &user.key), &world.tickets[0].number, "openable").unwrap();
            assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{desk}");
            told += found.flips.len();
        }
        assert!(files() == before, "{desk}: a file has changed");
    }
    assert!(told > 10, "{told}");
}
