//! Taking a desk in, once and again.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_core::actor::Actor;
use portico_core::id::{AccountId, ExternalUserId};
use portico_core::model::{
    Account, AccountGroup, Activity, Contact, Context, DeskSetting, ExternalUser, Group, Queue, SettingOrigin, Ticket,
    UserAccount, UserGroup, Validity,
};
use portico_core::snapshot::{Batch, Scope, Sink};
use portico_store::conflict::{self, Keep};
use portico_store::history::{self, Intent, Kind};
use portico_store::import::{CancelFlag, ImportOptions, ImportOutcome, KindCount};
use portico_store::snapshot::{self, Compare, Dict};
use portico_store::table::{
    account, desk_setting, external_user, permission_group, queue, user_account, user_group, user_search,
};
use portico_store::{NewWorkspace, Result, Store, StoreError, Tx, base};
use rusqlite::Connection;
use tempfile::TempDir;

const DESK: &str = "otobo";

/// A small desk.
#[derive(Clone, Default)]
struct World {
    settings: Vec<DeskSetting>,
    groups: Vec<Group>,
    queues: Vec<Queue>,
    accounts: Vec<Account>,
    users: Vec<ExternalUser>,
    further: Vec<UserAccount>,
    rights: Vec<UserGroup>,
    account_rights: Vec<AccountGroup>,
    tickets: Vec<Ticket>,
    activities: Vec<Activity>,
}

fn person(login: &str, account: &str) -> ExternalUser {
    ExternalUser {
        key: login.to_owned(),
        login: login.to_owned(),
        last_name: login.to_uppercase(),
        account: account.to_owned(),
        ..ExternalUser::default()
    }
}

fn right(user: &str, group: &str, permission: &str) -> UserGroup {
    UserGroup {
        user: user.to_owned(),
        group: group.to_owned(),
        permission: permission.to_owned(),
    }
}

fn setting(name: &str, value: &str) -> DeskSetting {
    DeskSetting {
        name: name.to_owned(),
        value: value.to_owned(),
        origin: SettingOrigin::Desk,
    }
}

fn world() -> World {
    let group = |key: &str, name: &str| Group {
        key: key.to_owned(),
        name: name.to_owned(),
        ..Group::default()
    };
    let queue = |key: &str, name: &str, group: &str| Queue {
        key: key.to_owned(),
        name: name.to_owned(),
        group: group.to_owned(),
        ..Queue::default()
    };
    let account = |key: &str| Account {
        key: key.to_owned(),
        name: format!("{key} Ltd"),
        ..Account::default()
    };
    let ticket = |id: i64, owner: &str, account: &str, queue: &str| Ticket {
        id,
        number: format!("2026{id:04}"),
        title: format!("Ticket {id}"),
        owner: owner.to_owned(),
        account: account.to_owned(),
        queue: queue.to_owned(),
        state: "4".to_owned(),
        state_kind: "open".to_owned(),
        created: 1_700_000_000 + id,
        changed: 1_700_000_500 + id,
        ..Ticket::default()
    };
    World {
        settings: vec![setting("CustomerGroupSupport", "true")],
        groups: vec![group("1", "users"), group("2", "finance")],
        queues: vec![queue("1", "Raw", "1"), queue("2", "Money", "2")],
        accounts: vec![account("acme"), account("bolt")],
        users: vec![
            person("anna", "acme"),
            person("bert", "bolt"),
            person("cora", "nowhere"),
            person("dora", ""),
        ],
        further: vec![UserAccount {
            user: "anna".to_owned(),
            account: "bolt".to_owned(),
        }],
        // Doubled rows, and rights of a login that is no more.
        rights: vec![
            right("anna", "2", "ro"),
            right("anna", "2", "ro"),
            right("ghost", "1", "rw"),
            right("bert", "1", "rw"),
        ],
        account_rights: vec![AccountGroup {
            account: "acme".to_owned(),
            group: "1".to_owned(),
            permission: "rw".to_owned(),
            context: Context::Same,
        }],
        tickets: vec![
            ticket(1, "anna", "acme", "1"),
            ticket(2, "ANNA", "ACME", "2"),
            ticket(3, "anna", "acme", "1"),
            ticket(4, "", "", "9"),
        ],
        activities: vec![Activity {
            ticket: 1,
            position: 1,
            channel: "Email".to_owned(),
            sender: "customer".to_owned(),
            visible: true,
            from: "Anna".to_owned(),
            subject: "Hello".to_owned(),
            body: Some("Text".to_owned()),
            created: 1_700_009_999,
        }],
    }
}

impl World {
    fn read(&self, sink: &mut Sink<'_>) -> Result<()> {
        // Links first: their order must not matter.
        for batch in [
            Batch::UserGroups(self.rights.clone()),
            Batch::UserAccounts(self.further.clone()),
            Batch::AccountGroups(self.account_rights.clone()),
            Batch::ExternalUsers(self.users.clone()),
            Batch::Accounts(self.accounts.clone()),
            Batch::Queues(self.queues.clone()),
            Batch::Groups(self.groups.clone()),
            Batch::Settings(self.settings.clone()),
            Batch::Tickets(self.tickets.clone()),
            Batch::Activities(self.activities.clone()),
        ] {
            sink(batch).map_err(|_| StoreError::Cancelled)?;
        }
        Ok(())
    }

    fn user(&mut self, login: &str) -> &mut ExternalUser {
        self.users.iter_mut().find(|u| u.login == login).unwrap()
    }
}

fn workspace() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewWorkspace {
        name: "Test".to_owned(),
        desk: DESK.to_owned(),
    };
    let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
    (folder, store)
}

fn actor() -> Actor {
    Actor::named("Ada")
}

fn try_import(store: &Store, world: &World, options: &ImportOptions) -> Result<ImportOutcome> {
    store.import(
        &actor(),
        DESK,
        &mut |sink| world.read(sink),
        options,
        &mut |_| {},
        &CancelFlag::new(),
    )
}

fn import(store: &Store, world: &World) -> ImportOutcome {
    let outcome = try_import(store, world, &ImportOptions::default()).unwrap();
    store
        .what_if(|tx| -> Result<()> {
            assert!(user_search::is_sound(tx)?);
            Ok(())
        })
        .unwrap();
    outcome
}

fn count(outcome: &ImportOutcome, kind: &str) -> (u64, u64, u64) {
    let KindCount {
        added,
        changed,
        removed,
        ..
    } = *outcome.counts.iter().find(|c| c.kind == kind).unwrap();
    (added, changed, removed)
}

fn write<T>(store: &Store, work: impl FnOnce(&Tx<'_>) -> Result<T>) -> T {
    store.transact(&actor(), &Intent::new("test"), work).unwrap().0
}

fn login(store: &Store, login: &str) -> external_user::Row {
    store.read(|c| external_user::by_login(c, login)).unwrap().unwrap()
}

fn edit(store: &Store, who: &str, change: impl FnOnce(&mut external_user::Row)) {
    let mut row = login(store, who);
    change(&mut row);
    write(store, |tx| external_user::update(tx, &row));
}

/// Everything but the log and the name of the snapshot.
fn dump(store: &Store) -> Vec<String> {
    let tables = [
        "account",
        "permission_group",
        "queue",
        "external_user",
        "user_account",
        "user_group",
        "account_group",
        "desk_setting",
        "base",
        "conflict",
        "user_search",
    ];
    store
        .read(|c: &Connection| -> Result<_> {
            let mut all = Vec::new();
            for table in
                tables
                    .into_iter()
                    .chain(["tickets.ticket", "tickets.cell", "tickets.activity", "tickets.dict"])
            {
                let mut statement = c.prepare(&format!("SELECT * FROM {table}"))?;
                let columns = statement.column_count();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    let values: Vec<String> = (0..columns).map(|n| format!("{:?}", row.get_ref(n).unwrap())).collect();
                    all.push(format!("{table} {}", values.join("|")));
                }
            }
            all.sort();
            Ok(all)
        })
        .unwrap()
}

#[test]
fn a_desk_comes_in_with_all_that_it_tolerates() {
    let (folder, store) = workspace();
    let outcome = import(&store, &world());
    assert_eq!(count(&outcome, "external_users"), (4, 0, 0));
    assert_eq!(count(&outcome, "user_groups"), (3, 0, 0));
    assert_eq!(count(&outcome, "tickets"), (4, 0, 0));
    assert_eq!((outcome.tickets, outcome.activities, outcome.conflicts), (4, 1, 0));
    assert_eq!(outcome.as_of, Some(1_700_009_999));
    store
        .read(|c| -> Result<()> {
            let anna = external_user::by_key(c, "anna")?.unwrap();
            assert_eq!(anna.id, ExternalUserId::from_desk(DESK, "anna"));
            assert_eq!(anna.account_id, Some(AccountId::from_desk(DESK, "acme")));
            assert_eq!(
                user_group::of_user(c, anna.id)?
                    .iter()
                    .map(|r| r.copies)
                    .collect::<Vec<_>>(),
                vec![2]
            );
            assert_eq!(user_account::of_user(c, anna.id)?[0].position, 1);
            let ghost = external_user::by_key(c, "ghost")?.unwrap();
            assert!(!ghost.present);
            assert_eq!(external_user::by_login(c, "ghost")?, None);
            let nowhere = account::by_key(c, "nowhere")?.unwrap();
            assert!(!nowhere.present);
            assert_eq!(external_user::by_key(c, "dora")?.unwrap().account_id, None);
            assert_eq!(
                external_user::count_matching(c, &external_user::ListQuery::default())?,
                4
            );
            assert_eq!(desk_setting::find(c, "CustomerGroupSupport")?.unwrap().value, "true");
            let money = queue::by_name(c, "Money")?.unwrap();
            assert_eq!(
                money.group_id,
                Some(permission_group::by_name(c, "finance")?.unwrap().id)
            );
            assert_eq!(base::pending(c)?, Vec::new());
            let log = history::list(c, None, 5)?;
            assert_eq!((log.len(), log[0].kind), (1, Kind::Import));
            Ok(())
        })
        .unwrap();
    store
        .read(|c| -> Result<()> {
            assert_eq!(snapshot::as_of(c)?, Some(1_700_009_999));
            let two = snapshot::ticket_by_number(c, "20260002")?.unwrap();
            assert_eq!(
                (two.owner.as_str(), two.queue.as_str(), two.created),
                ("ANNA", "2", 1_700_000_002)
            );
            assert_eq!(snapshot::ids_of(c, Dict::Owner, Compare::Full, "Anna")?.len(), 2);
            assert_eq!(
                snapshot::ids_of(c, Dict::Owner, Compare::Exact, "Anna")?,
                Vec::<i64>::new()
            );
            assert_eq!(snapshot::activities(c, 1)?[0].body.as_deref(), Some("Text"));
            // Cells: acme/1, ACME/2, none/9.
            let cells: (i64, i64, i64) =
                c.query_row("SELECT count(*), sum(count), min(newest) FROM tickets.cell", [], |r| {
                    Ok((r.get(0)?, r.get(1)?, r.get(2)?))
                })?;
            assert_eq!(cells, (3, 4, -1_700_000_004));
            let loose: i64 = c.query_row(
                "SELECT count(*) FROM tickets.ticket t JOIN tickets.cell c ON c.id = t.cell
                 WHERE c.account = t.account AND c.queue = t.queue AND c.state_kind = t.state_kind",
                [],
                |r| r.get(0),
            )?;
            assert_eq!(loose, 4);
            Ok(())
        })
        .unwrap();
    let parts = std::fs::read_dir(folder.path())
        .unwrap()
        .filter(|e| e.as_ref().unwrap().path().extension().unwrap() == "part");
    assert_eq!(parts.count(), 0);
    assert!(folder.path().join("w.portico-tickets").is_file());
}

#[test]
fn importing_the_same_again_changes_nothing() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let before = dump(&store);
    let outcome = import(&store, &world());
    assert_eq!(dump(&store), before);
    for c in &outcome.counts {
        assert_eq!((c.added, c.changed, c.removed), (0, 0, 0), "{}", c.kind);
    }
}

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

#[test]
fn undo_stops_at_an_import() {
    let (_folder, store) = workspace();
    import(&store, &world());
    edit(&store, "anna", |r| r.email = "mine@example.org".to_owned());
    import(&store, &world());
    assert!(matches!(store.undo(&actor()), Err(StoreError::NothingToUndo)));
    assert!(store.read(history::can_undo).unwrap().is_none());
    edit(&store, "anna", |r| r.phone = "1".to_owned());
    store.undo(&actor()).unwrap();
    assert!(matches!(store.undo(&actor()), Err(StoreError::NothingToUndo)));
    assert_eq!(login(&store, "anna").email, "mine@example.org");
}

#[test]
fn a_rehearsal_a_refusal_and_a_cancellation_leave_everything_as_it_was() {
    let (folder, store) = workspace();
    import(&store, &world());
    edit(&store, "anna", |r| r.email = "mine@example.org".to_owned());
    let before = dump(&store);
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let count_before = files();
    let mut next = world();
    next.users.push(person("emil", ""));
    next.tickets.pop();
    next.user("anna").email = "theirs@example.org".to_owned();
    let outcome = try_import(
        &store,
        &next,
        &ImportOptions {
            dry_run: true,
            keep_settings: false,
            ..ImportOptions::default()
        },
    )
    .unwrap();
    assert_eq!(
        (outcome.change, outcome.conflicts, count(&outcome, "external_users")),
        (None, 1, (1, 1, 0))
    );
    assert_eq!((dump(&store), files()), (before.clone(), count_before));

    let mut twice = world();
    twice.users.push(person("anna", ""));
    match try_import(&store, &twice, &ImportOptions::default()) {
        Err(StoreError::Duplicate { table, value, .. }) => {
            assert_eq!((table.as_str(), value.as_str()), ("external_user", "anna"));
        }
        other => panic!("{other:?}"),
    }
    let mut twice = world();
    twice.tickets[1].number = twice.tickets[0].number.clone();
    match try_import(&store, &twice, &ImportOptions::default()) {
        Err(StoreError::Duplicate { table, field, value }) => {
            assert_eq!(
                (table.as_str(), field.as_str(), value.as_str()),
                ("ticket", "number", "20260001")
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!((dump(&store), files()), (before.clone(), count_before));

    for phase in ["reading", "indexing", "writing"] {
        let flag = CancelFlag::new();
        let mut seen = false;
        let result: Result<ImportOutcome> = store.import(
            &actor(),
            DESK,
            &mut |sink| next.read(sink),
            &ImportOptions::default(),
            &mut |p| {
                if p.phase == phase {
                    seen = true;
                    flag.cancel();
                }
            },
            &flag,
        );
        assert!(
            seen && matches!(result, Err(StoreError::Cancelled)),
            "{phase}: {result:?}"
        );
        assert_eq!((dump(&store), files()), (before.clone(), count_before), "{phase}");
    }
    // An error of the source itself.
    let result: Result<ImportOutcome> = store.import(
        &actor(),
        DESK,
        &mut |sink| {
            sink(Batch::Accounts(world().accounts)).map_err(|_| StoreError::Cancelled)?;
            Err(StoreError::Damaged("the source".to_owned()))
        },
        &ImportOptions::default(),
        &mut |_| {},
        &CancelFlag::new(),
    );
    assert!(matches!(result, Err(StoreError::Damaged(_))));
    assert_eq!((dump(&store), files()), (before, count_before));
}

#[test]
fn an_import_that_was_killed_is_cleared_up_and_a_take_over_completed() {
    let (folder, store) = workspace();
    import(&store, &world());
    let before = dump(&store);
    let id: String = store
        .read(|c| {
            Ok::<_, StoreError>(c.query_row("SELECT value FROM meta WHERE key = 'snapshot_id'", [], |r| r.get(0))?)
        })
        .unwrap();
    let path = store.path().to_owned();
    drop(store);
    // Killed while loading.
    let leftover = folder.path().join("w.portico-tickets.0000.part");
    std::fs::write(&leftover, "half a file").unwrap();
    // Killed between commit and renaming.
    let file = folder.path().join("w.portico-tickets");
    std::fs::rename(&file, folder.path().join(format!("w.portico-tickets.{id}.part"))).unwrap();
    std::fs::write(&file, "the old one").unwrap();
    let store = Store::open(&path).unwrap();
    assert!(!leftover.exists());
    assert_eq!(dump(&store), before);
    assert_eq!(
        std::fs::read_dir(folder.path())
            .unwrap()
            .filter(|e| e.as_ref().unwrap().path().extension().unwrap() == "part")
            .count(),
        0
    );
}

#[test]
fn an_import_that_runs_is_not_cleared_up_by_another_who_opens() {
    let (_folder, store) = workspace();
    let path = store.path().to_owned();
    let world = world();
    let outcome = store
        .import(
            &actor(),
            DESK,
            &mut |sink| -> Result<()> {
                world.read(sink)?;
                // Meanwhile: somebody opens, reads and writes. Nothing is locked.
                let other = Store::open(&path)?;
                other.transact(&actor(), &Intent::new("x"), |tx| {
                    desk_setting::set(
                        tx,
                        &desk_setting::Row {
                            name: "a".to_owned(),
                            value: "1".to_owned(),
                            origin: SettingOrigin::Confirmed,
                        },
                    )
                })?;
                Ok(())
            },
            &ImportOptions::default(),
            &mut |_| {},
            &CancelFlag::new(),
        )
        .unwrap();
    assert_eq!(outcome.tickets, 4);
    assert_eq!(store.read(snapshot::count).unwrap(), 4);
    // A value that a person confirmed stays.
    assert!(store.read(|c| desk_setting::find(c, "a")).unwrap().is_some());
}

#[test]
fn a_reader_keeps_its_tickets_while_new_ones_come() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let mut next = world();
    next.tickets.truncate(1);
    store
        .read(|c| -> Result<()> {
            import(&store, &next);
            assert_eq!(snapshot::count(c)?, 4);
            assert_eq!(store.read(snapshot::count)?, 1);
            Ok(())
        })
        .unwrap();
    assert_eq!(store.read(snapshot::count).unwrap(), 1);
    assert_eq!(store.what_if(|tx| snapshot::count(tx)).unwrap(), 1);
    assert_eq!(
        Store::open_read_only(store.path())
            .unwrap()
            .read(snapshot::count)
            .unwrap(),
        1
    );
}

#[test]
fn validity_and_settings_follow_the_desk() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let mut next = world();
    next.user("anna").validity = Validity::InvalidTemporarily;
    next.settings = vec![setting("Other", "[\"users\"]")];
    try_import(
        &store,
        &next,
        &ImportOptions {
            dry_run: false,
            keep_settings: true,
            ..ImportOptions::default()
        },
    )
    .unwrap();
    assert_eq!(login(&store, "anna").validity, Validity::InvalidTemporarily);
    assert_eq!(store.read(desk_setting::all).unwrap().len(), 2);
    let query = external_user::ListQuery {
        status: vec![Validity::InvalidTemporarily],
        ..Default::default()
    };
    assert_eq!(store.read(|c| external_user::count_matching(c, &query)).unwrap(), 1);
}

#[test]
fn a_backup_is_a_workspace_with_the_same_in_it() {
    let (folder, store) = workspace();
    import(&store, &world());
    edit(&store, "anna", |r| r.email = "mine@example.org".to_owned());
    let to = folder.path().join("copy.portico");
    store.backup(&to).unwrap();
    let copy = Store::open(&to).unwrap();
    assert_eq!(dump(&copy), dump(&store));
    edit(&copy, "anna", |r| r.email = "other@example.org".to_owned());
    assert_eq!(login(&store, "anna").email, "mine@example.org");
    assert!(matches!(store.backup(&to), Err(StoreError::Exists(_))));
}

/// Takes in what a source hands over that tells only a part.
fn import_part(store: &Store, scope: &Scope, batches: &[Batch]) -> ImportOutcome {
    import_part_of(DESK, store, scope, batches)
}

fn import_part_of(desk: &str, store: &Store, scope: &Scope, batches: &[Batch]) -> ImportOutcome {
    let options = ImportOptions {
        keep_settings: true,
        scope: scope.clone(),
        ..ImportOptions::default()
    };
    let mut read = |sink: &mut Sink<'_>| -> Result<()> {
        batches
            .iter()
            .cloned()
            .try_for_each(sink)
            .map_err(|_| StoreError::Cancelled)
    };
    store
        .import(&actor(), desk, &mut read, &options, &mut |_| {}, &CancelFlag::new())
        .unwrap()
}

#[test]
fn kinds_that_a_source_does_not_tell_stay_and_told_ones_may_be_empty() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let before = dump(&store);
    let scope = Scope {
        some_kinds: true,
        ..Scope::default()
    };
    let outcome = import_part(&store, &scope, &[Batch::Accounts(world().accounts)]);
    assert_eq!(count(&outcome, "accounts"), (0, 0, 0));
    assert_eq!(outcome.counts.len(), 1);
    assert_eq!(dump(&store), before);
    // Only what was told is compared; an empty batch says that there are none.
    let outcome = import_part(&store, &scope, &[Batch::UserGroups(Vec::new())]);
    assert_eq!(count(&outcome, "user_groups"), (0, 0, 3));
    assert_eq!(store.read(snapshot::count).unwrap(), 4);
    assert_eq!(store.read(snapshot::as_of).unwrap(), Some(1_700_009_999));
    let outcome = import_part(&store, &scope, &[Batch::Tickets(Vec::new())]);
    assert_eq!(count(&outcome, "tickets"), (0, 0, 4));
    assert_eq!(login(&store, "anna").last_name, "ANNA");
}

#[test]
fn a_list_of_some_people_touches_only_them_and_only_its_fields() {
    let (_folder, store) = workspace();
    let mut full = world();
    full.user("anna").email = "theirs@example.org".to_owned();
    full.user("anna").phone = "1".to_owned();
    full.further.push(UserAccount {
        user: "bert".to_owned(),
        account: "acme".to_owned(),
    });
    import(&store, &full);
    edit(&store, "anna", |row| row.email = "mine@example.org".to_owned());
    edit(&store, "bert", |row| row.city = "Brno".to_owned());
    let pending = || -> Vec<_> {
        let all = store.read(base::pending).unwrap();
        let differs = |one: base::Pending| {
            let (base, current) = (one.base.unwrap(), one.current.unwrap());
            let fields = current
                .into_iter()
                .filter(|(name, value)| base.get(name) != Some(value));
            let fields: Vec<_> = fields.map(|(name, value)| (base[&name].clone(), value, name)).collect();
            (one.key, fields)
        };
        all.into_iter().map(differs).collect()
    };
    let before = pending();
    let scope = Scope {
        some_kinds: true,
        some_records: true,
        fields: [("external_users", vec!["phone".to_owned(), "status".to_owned()])].into(),
    };
    let told = |login: &str| ExternalUser {
        key: login.to_owned(),
        login: login.to_owned(),
        phone: "2".to_owned(),
        validity: Validity::Invalid,
        ..ExternalUser::default()
    };
    let outcome = import_part(
        &store,
        &scope,
        &[
            Batch::ExternalUsers(vec![told("anna"), told("zeno")]),
            Batch::UserAccounts(Vec::new()),
        ],
    );
    assert_eq!(count(&outcome, "external_users"), (1, 1, 0));
    assert_eq!((count(&outcome, "user_accounts"), outcome.conflicts), ((0, 0, 1), 0));
    let anna = login(&store, "anna");
    assert_eq!((anna.phone.as_str(), anna.validity), ("2", Validity::Invalid));
    assert_eq!(
        (anna.last_name.as_str(), anna.email.as_str()),
        ("ANNA", "mine@example.org")
    );
    assert_eq!(anna.account_id, Some(AccountId::from_desk(DESK, "acme")));
    assert_eq!(login(&store, "bert").phone, "");
    // What waits to be exported waits still, with the same base.
    assert_eq!(before.len(), 2);
    assert_eq!(pending(), before);
    let further = |who: &str| {
        let id = login(&store, who).id;
        store.read(|c| user_account::of_user(c, id)).unwrap().len()
    };
    assert_eq!((further("anna"), further("bert")), (0, 1));
    assert_eq!(login(&store, "cora").last_name, "CORA");
}

#[test]
fn a_list_of_some_tickets_leaves_the_others_and_what_it_does_not_tell() {
    let (_folder, store) = workspace();
    import(&store, &world());
    let all = |store: &Store| store.read(|c| Ok::<_, StoreError>(tickets_of(c))).unwrap();
    let before = all(&store);
    let (first, rest) = before.split_first().unwrap();
    let scope = Scope {
        some_kinds: true,
        some_records: true,
        fields: [("tickets", vec!["queue".to_owned(), "archived".to_owned()])].into(),
    };
    let told = |number: &str| Ticket {
        number: number.to_owned(),
        title: "not told".to_owned(),
        queue: "fresh".to_owned(),
        archived: true,
        created: 1_600_000_000,
        ..Ticket::default()
    };
    let batch = vec![told(&first.number), told("n-1"), told("n-2")];
    let activities = |store: &Store| store.read(|c| snapshot::activities(c, first.id)).unwrap();
    let said = activities(&store);
    let outcome = import_part(&store, &scope, &[Batch::Tickets(batch.clone())]);
    assert_eq!(count(&outcome, "tickets"), (2, 1, 0));
    assert_eq!((outcome.tickets, outcome.counts.len()), (before.len() as u64 + 2, 1));
    let after = all(&store);
    let now = after.iter().find(|ticket| ticket.number == first.number).unwrap();
    // What has a column is as told, what has none as it was; the row keeps its number, and what was said on it.
    assert_eq!((&*now.queue, now.archived, now.created), ("fresh", true, 1_600_000_000));
    assert_eq!(
        (now.id, &now.title, &now.owner, &now.state_kind),
        (first.id, &first.title, &first.owner, &first.state_kind)
    );
    assert_eq!(activities(&store), said);
    for old in rest {
        let kept = after.iter().find(|ticket| ticket.id == old.id).unwrap();
        let without_cell = |ticket: &snapshot::Ticket| snapshot::Ticket {
            cell: 0,
            ..ticket.clone()
        };
        assert_eq!(without_cell(kept), without_cell(old));
    }
    let new: Vec<i64> = after
        .iter()
        .filter(|ticket| ticket.number.starts_with("n-"))
        .map(|ticket| ticket.id)
        .collect();
    let last = before.iter().map(|ticket| ticket.id).max().unwrap();
    assert_eq!(new, [last + 1, last + 2]);
    // The cells count every ticket once.
    let cells: i64 = store
        .read(|c| {
            Ok::<_, StoreError>(
                c.query_row("SELECT sum(count) FROM tickets.cell", [], |r| r.get(0))
                    .unwrap(),
            )
        })
        .unwrap();
    assert_eq!(cells.unsigned_abs(), outcome.tickets);
    // The same again changes nothing.
    let again = import_part(&store, &scope, &[Batch::Tickets(batch)]);
    assert_eq!(count(&again, "tickets"), (0, 0, 0));
    assert_eq!(all(&store), after);
}

fn tickets_of(c: &Connection) -> Vec<snapshot::Ticket> {
    let mut ids = c.prepare("SELECT id FROM tickets.ticket ORDER BY id").unwrap();
    let ids: Vec<i64> = ids.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    ids.into_iter()
        .map(|id| snapshot::ticket(c, id).unwrap().unwrap())
        .collect()
}

#[test]
fn where_a_ticket_has_its_account_from_its_contact_it_has_it_from_there_also_when_it_stays() {
    let (_folder, store) = workspace();
    let some = |fields: &[&str]| Scope {
        some_kinds: true,
        some_records: true,
        fields: [("tickets", fields.iter().map(ToString::to_string).collect())].into(),
    };
    let ticket = |number: &str, owner: &str| Ticket {
        number: number.to_owned(),
        owner: owner.to_owned(),
        created: 1_600_000_000,
        ..Ticket::default()
    };
    let contact = |account: &str| Contact {
        key: "c-1".to_owned(),
        title: "Anna".to_owned(),
        account: account.to_owned(),
        ..Contact::default()
    };
    let accounts = ["acme", "other"].map(|key| Account {
        key: key.to_owned(),
        name: key.to_owned(),
        ..Account::default()
    });
    let import = |scope: &Scope, batches: &[Batch]| import_part_of("daktela", &store, scope, batches);
    let account = |number: &str| {
        let found = store.read(|c| snapshot::ticket_by_number(c, number)).unwrap();
        found.unwrap().account
    };
    let whole = Scope {
        some_kinds: true,
        some_records: true,
        ..Scope::default()
    };
    import(
        &whole,
        &[
            Batch::Accounts(accounts.to_vec()),
            Batch::Contacts(vec![contact("acme")]),
        ],
    );
    import(
        &some(&["owner"]),
        &[Batch::Tickets(vec![ticket("1", "c-1"), ticket("2", "c-1")])],
    );
    assert_eq!((&*account("1"), &*account("2")), ("acme", "acme"));
    import(&whole, &[Batch::Contacts(vec![contact("other")])]);
    // One is told anew without its contact, the other one stays.
    import(&some(&["title"]), &[Batch::Tickets(vec![ticket("1", "")])]);
    assert_eq!((&*account("1"), &*account("2")), ("other", "other"));
}

#[test]
fn many_people_at_once_are_found_and_sorted_as_few_are() {
    let (_folder, store) = workspace();
    let schema = |store: &Store| {
        let sql = "SELECT type || name || tbl_name || coalesce(sql, '') FROM sqlite_schema WHERE type <> 'table' ORDER BY name, type";
        let all = |c: &Connection| -> rusqlite::Result<Vec<String>> {
            c.prepare(sql)?.query_map([], |r| r.get(0))?.collect()
        };
        store.read(|c| Ok::<_, StoreError>(all(c).unwrap())).unwrap()
    };
    let before = schema(&store);
    let scope = Scope {
        some_kinds: true,
        some_records: true,
        ..Scope::default()
    };
    let many = |from: u32, to: u32| {
        let person = |n: u32| ExternalUser {
            key: format!("k{n}"),
            login: format!("user.{n}"),
            last_name: format!("Last {}", n % 997),
            ..ExternalUser::default()
        };
        (from..to).map(person).collect::<Vec<_>>()
    };
    let outcome = import_part(&store, &scope, &[Batch::ExternalUsers(many(0, 25_000))]);
    assert_eq!(count(&outcome, "external_users"), (25_000, 0, 0));
    // What was taken away while they came is there again, word for word, and says what the table says.
    assert!(schema(&store) == before);
    assert!(store.what_if(|tx| user_search::is_sound(tx)).unwrap());
    let again = import_part(&store, &scope, &[Batch::ExternalUsers(many(24_000, 26_000))]);
    assert_eq!(count(&again, "external_users"), (1_000, 0, 0));
    assert!(schema(&store) == before);
    assert_eq!(login(&store, "user.25999").last_name, format!("Last {}", 25_999 % 997));
}
