//! What was changed here and is not exported yet, when the desk comes in again.

use portico_core::id::{AccountId, ExternalUserId};
use portico_core::model::{Queue, Validity};
use portico_store::conflict::{self, Keep};
use portico_store::history::Intent;
use portico_store::table::{external_user, permission_group, queue, user_group};
use portico_store::{Result, StoreError, base};

use super::{DESK, actor, count, edit, import, login, person, right, workspace, world, write};

#[test]
fn the_base_moves_with_the_desk() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let mut next = world();
    next.user("anna").email = "anna@example.org".to_owned();
    next.users.retain(|u| u.login != "bert");
    next.users.push(person("emil", "acme"));
    next.rights = vec![right("anna", "1", "ro")];
    next.accounts[1].name = "Bolt SE".to_owned();
    next.tickets.remove(0);
    next.tickets[0].title = "Renamed".to_owned();
    next.settings.clear();
    let outcome = import(&store, &next);
    assert_eq!(count(&outcome, "external_users"), (1, 1, 1));
    assert_eq!(count(&outcome, "user_groups"), (1, 0, 3));
    assert_eq!(count(&outcome, "accounts"), (0, 1, 0));
    assert_eq!(count(&outcome, "tickets"), (0, 1, 1));
    assert_eq!(count(&outcome, "settings"), (0, 0, 1));
    store
        .read(|c| -> Result<()> {
            assert_eq!(base::pending(c)?, Vec::new());
            // Nothing refers to them any more.
            assert_eq!(external_user::by_key(c, "ghost")?, None);
            assert_eq!(external_user::by_key(c, "bert")?, None);
            Ok(())
        })
        .unwrap();
}

#[test]
fn pending_edits_survive_and_settled_ones_go() {
    let (_folder, store) = workspace();
    import(&store, &world());
    edit(&store, "anna", |r| r.email = "mine@example.org".to_owned());
    let (anna, bert) = (login(&store, "anna"), login(&store, "bert"));
    let users = store.read(|c| permission_group::by_name(c, "users")).unwrap().unwrap();
    let finance = store
        .read(|c| permission_group::by_name(c, "finance"))
        .unwrap()
        .unwrap();
    write(&store, |tx| {
        user_group::set_all_replaces_existing(tx, anna.id, &[(users.id, "rw".to_owned())])?;
        user_group::set_all_replaces_existing(
            tx,
            bert.id,
            &[(users.id, "rw".to_owned()), (finance.id, "ro".to_owned())],
        )
    });
    let pending = store.read(base::pending).unwrap();
    assert_eq!(pending.len(), 4);
    // The desk changes something else.
    let mut next = world();
    next.user("anna").phone = "123".to_owned();
    next.user("dora").phone = "456".to_owned();
    let outcome = import(&store, &next);
    assert_eq!((outcome.conflicts, count(&outcome, "external_users")), (0, (0, 2, 0)));
    assert_eq!(count(&outcome, "user_groups"), (0, 0, 0));
    let after = store.read(base::pending).unwrap();
    assert_eq!(
        after.iter().map(|p| (p.table, &p.key)).collect::<Vec<_>>(),
        pending.iter().map(|p| (p.table, &p.key)).collect::<Vec<_>>()
    );
    let anna = login(&store, "anna");
    assert_eq!((anna.email.as_str(), anna.phone.as_str()), ("mine@example.org", "123"));
    // The desk follows: what was pending is pending no more.
    next.user("anna").email = "mine@example.org".to_owned();
    next.rights = vec![
        right("ghost", "1", "rw"),
        right("anna", "1", "rw"),
        right("bert", "1", "rw"),
        right("bert", "2", "ro"),
    ];
    let outcome = import(&store, &next);
    assert_eq!(store.read(base::pending).unwrap(), Vec::new());
    assert_eq!(outcome.conflicts, 0);
}

#[test]
fn the_same_field_changed_on_both_sides_is_a_conflict() {
    let (_folder, store) = workspace();
    import(&store, &world());
    edit(&store, "anna", |r| {
        r.email = "mine@example.org".to_owned();
        r.account_id = None;
    });
    let mut next = world();
    next.user("anna").email = "theirs@example.org".to_owned();
    next.user("anna").account = "bolt".to_owned();
    assert_eq!(import(&store, &next).conflicts, 2);
    // Again: no further ones, nothing lost.
    assert_eq!(import(&store, &next).conflicts, 2);
    let found = store.read(conflict::list).unwrap();
    let email = found.iter().find(|c| c.field == "email").unwrap();
    assert_eq!(
        (email.base.as_str(), email.mine.as_str(), email.theirs.as_str()),
        (Some(""), Some("mine@example.org"), Some("theirs@example.org"))
    );
    assert_eq!(login(&store, "anna").email, "mine@example.org");
    let pending = store.read(base::pending).unwrap();
    let changes = pending[0].changes();
    let old = changes
        .iter()
        .find(|(n, _, _)| *n == "email")
        .map(|(_, old, new)| (old.as_str(), new.as_str()));
    assert_eq!(old, Some((Some("theirs@example.org"), Some("mine@example.org"))));
    let account = found.iter().find(|c| c.field == "account_id").unwrap();
    write(&store, |tx| conflict::settle(tx, email.id, Keep::Mine));
    assert_eq!(login(&store, "anna").email, "mine@example.org");
    write(&store, |tx| conflict::settle(tx, account.id, Keep::Theirs));
    assert_eq!(
        login(&store, "anna").account_id,
        Some(AccountId::from_desk(DESK, "bolt"))
    );
    assert_eq!(store.read(conflict::list).unwrap(), Vec::new());
    let pending = store.read(base::pending).unwrap();
    assert_eq!(pending[0].changes().len(), 1);
    assert!(matches!(
        store.transact(&actor(), &Intent::new("x"), |tx| conflict::settle(
            tx,
            email.id,
            Keep::Mine
        )),
        Err(StoreError::NotFound { .. })
    ));
}

#[test]
fn changed_here_and_removed_there_waits_to_be_settled() {
    for keep in [Keep::Mine, Keep::Theirs] {
        let (_folder, store) = workspace();
        import(&store, &world());
        edit(&store, "anna", |r| r.email = "mine@example.org".to_owned());
        let mut next = world();
        next.users.retain(|u| u.login != "anna");
        next.rights.retain(|r| r.user != "anna");
        next.further.clear();
        let outcome = import(&store, &next);
        assert_eq!((outcome.conflicts, count(&outcome, "external_users")), (1, (0, 0, 1)));
        let found = store.read(conflict::list).unwrap();
        assert_eq!((found[0].field.as_str(), found[0].theirs.is_null()), ("", true));
        assert_eq!(login(&store, "anna").desk_key, None);
        write(&store, |tx| conflict::settle(tx, found[0].id, keep));
        let there = store.read(|c| external_user::by_login(c, "anna")).unwrap().is_some();
        assert_eq!(there, keep == Keep::Mine);
        let pending = store.read(base::pending).unwrap();
        assert_eq!(pending.len(), usize::from(keep == Keep::Mine));
        assert_eq!(store.read(conflict::list).unwrap(), Vec::new());
    }
}

#[test]
fn removed_here_and_changed_there_waits_to_be_settled() {
    for keep in [Keep::Mine, Keep::Theirs] {
        let (_folder, store) = workspace();
        import(&store, &world());
        let dora = login(&store, "dora");
        write(&store, |tx| external_user::delete(tx, dora.id));
        assert_eq!(import(&store, &world()).conflicts, 0);
        assert_eq!(store.read(base::pending).unwrap().len(), 1);
        let mut next = world();
        next.user("dora").email = "dora@example.org".to_owned();
        assert_eq!(import(&store, &next).conflicts, 1);
        let found = store.read(conflict::list).unwrap();
        write(&store, |tx| conflict::settle(tx, found[0].id, keep));
        let there = store.read(|c| external_user::by_login(c, "dora")).unwrap();
        assert_eq!(
            there.map(|r| r.email),
            (keep == Keep::Theirs).then(|| "dora@example.org".to_owned())
        );
        assert_eq!(
            store.read(base::pending).unwrap().len(),
            usize::from(keep == Keep::Mine)
        );
    }
}

#[test]
fn removed_here_and_out_of_force_there_comes_back_so() {
    let (_folder, store) = workspace();
    import(&store, &world());
    write(&store, |tx| external_user::delete(tx, login(&store, "dora").id));
    let mut next = world();
    next.user("dora").validity = Validity::InvalidTemporarily;
    // Not what a removal becomes: somebody else did that.
    assert_eq!(import(&store, &next).conflicts, 1);
    next.user("dora").validity = Validity::Invalid;
    let outcome = import(&store, &next);
    assert_eq!((outcome.conflicts, count(&outcome, "external_users")), (0, (1, 0, 0)));
    assert_eq!(login(&store, "dora").validity, Validity::Invalid);
    assert_eq!(store.read(base::pending).unwrap(), Vec::new());
    assert_eq!(store.read(conflict::list).unwrap(), Vec::new());
}

#[test]
fn what_was_created_here_is_recognized_in_the_desk() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let like = login(&store, "dora");
    let emil = external_user::Row {
        id: ExternalUserId::new(),
        desk_key: None,
        login: "emil".to_owned(),
        last_name: "EMIL".to_owned(),
        ..like
    };
    write(&store, |tx| external_user::insert(tx, &emil));
    let mut next = world();
    next.users.push(person("emil", ""));
    let outcome = import(&store, &next);
    assert_eq!((outcome.conflicts, count(&outcome, "external_users")), (0, (1, 0, 0)));
    let found = login(&store, "emil");
    assert_eq!((found.id, found.desk_key.as_deref()), (emil.id, Some("emil")));
    assert_eq!(store.read(base::pending).unwrap(), Vec::new());
}

#[test]
fn names_may_swap_and_a_name_taken_there_comes_back() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let mut next = world();
    next.queues[0].name = "Money".to_owned();
    next.queues[1].name = "Raw".to_owned();
    assert_eq!(count(&import(&store, &next), "queues"), (0, 2, 0));
    assert_eq!(
        store
            .read(|c| queue::by_name(c, "Raw"))
            .unwrap()
            .unwrap()
            .desk_key
            .as_deref(),
        Some("2")
    );
    // Here a queue is renamed; then the desk gives that name to a new one.
    let mut raw = store.read(|c| queue::by_name(c, "Raw")).unwrap().unwrap();
    raw.name = "Fresh".to_owned();
    write(&store, |tx| queue::update(tx, &raw));
    next.queues.push(Queue {
        key: "3".to_owned(),
        name: "Fresh".to_owned(),
        group: "1".to_owned(),
        ..Queue::default()
    });
    for _ in 0..2 {
        assert_eq!(import(&store, &next).conflicts, 1);
        assert_eq!(store.read(|c| queue::get(c, raw.id)).unwrap().name, "Raw");
    }
    let found = store.read(conflict::list).unwrap();
    assert_eq!(
        (found[0].field.as_str(), found[0].mine.as_str()),
        ("name", Some("Fresh"))
    );
    let mine: Result<_> = store.transact(&actor(), &Intent::new("x"), |tx| {
        conflict::settle(tx, found[0].id, Keep::Mine)
    });
    assert!(matches!(mine, Err(StoreError::Duplicate { .. })), "{mine:?}");
    write(&store, |tx| conflict::settle(tx, found[0].id, Keep::Theirs));
    assert_eq!(store.read(base::pending).unwrap(), Vec::new());
    assert_eq!(store.read(base::count).unwrap(), 0);
}
