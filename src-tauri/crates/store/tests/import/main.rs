//! Taking a desk in, once and again.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod interrupted;
mod parts;
mod pending;

use portico_core::actor::Actor;
use portico_core::id::{AccountId, ExternalUserId};
use portico_core::model::{
    Account, AccountGroup, Activity, Context, DeskSetting, ExternalUser, Group, Queue, SettingOrigin, Ticket,
    UserAccount, UserGroup,
};
use portico_core::snapshot::{Batch, Sink};
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
