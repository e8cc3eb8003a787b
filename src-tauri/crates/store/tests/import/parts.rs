//! Sources that tell only some kinds, some records or some fields.

use portico_core::id::AccountId;
use portico_core::model::{Account, Contact, ExternalUser, Ticket, UserAccount, Validity};
use portico_core::snapshot::{Batch, Scope, Sink};
use portico_store::import::{CancelFlag, ImportOptions, ImportOutcome};
use portico_store::table::{user_account, user_search};
use portico_store::{Result, Store, StoreError, base, snapshot};
use rusqlite::Connection;

use super::{DESK, actor, count, dump, edit, import, login, workspace, world};

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
