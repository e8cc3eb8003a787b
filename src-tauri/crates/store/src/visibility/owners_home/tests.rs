#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_core::access::registry;
use portico_core::access::world::World;
use portico_core::actor::Actor;
use portico_core::id::{AccountId, ContactId};
use portico_core::model::{Account, Contact, ExternalUser, Ticket, UserContact};

use crate::history::Intent;
use crate::import::{CancelFlag, ImportOptions};
use crate::visibility::tests::{batches, imported};
use crate::visibility::{CellCache, DirectoryCache, Eyes, PersonFacts, Question};
use crate::{Store, StoreError};

const DESK: &str = "daktela";

fn world() -> World {
    let contact = |key: &str, account: &str| Contact {
        key: key.to_owned(),
        account: account.to_owned(),
        ..Contact::default()
    };
    let account = |key: &str| Account {
        key: key.to_owned(),
        ..Account::default()
    };
    let ticket = |id: i64, owner: &str| Ticket {
        id,
        number: id.to_string(),
        owner: owner.to_owned(),
        created: id,
        ..Ticket::default()
    };
    World {
        accounts: vec![account("acme"), account("beta")],
        users: vec![ExternalUser {
            key: "ann".to_owned(),
            login: "ann".to_owned(),
            account_tickets: true,
            ..ExternalUser::default()
        }],
        contacts: vec![
            contact("c1", "acme"),
            contact("c2", "acme"),
            contact("c3", "beta"),
            contact("c4", ""),
            contact("c5", "beta"),
        ],
        user_contacts: vec![UserContact {
            user: "ann".to_owned(),
            contact: "c1".to_owned(),
        }],
        tickets: ["c1", "c2", "c2", "c3", "c4", "c5", "nobody"]
            .into_iter()
            .zip(1..)
            .map(|(owner, id)| ticket(id, owner))
            .collect(),
        ..World::default()
    }
}

/// How many tickets Ann sees by cells, and by SQL; how many owners have moved, and whether all are looked up.
fn look(store: &Store) -> (u64, u64, usize, bool) {
    let model = registry::model(DESK).unwrap();
    let ann = portico_core::id::ExternalUserId::from_desk(DESK, "ann");
    store
        .read(|c| {
            let directory = DirectoryCache::default().get(c, &model)?;
            let cells = CellCache::default().get(c)?;
            let facts = PersonFacts::load(c, ann, &model)?;
            let eyes = Eyes::new(c, &model, &directory, &facts, &cells)?;
            let mut told = 0;
            eyes.each(&Question::Listed, false, &mut |_| {
                told += 1;
                Ok(())
            })?;
            let moved = &directory.moved;
            Ok::<_, StoreError>((eyes.count(&Question::Listed)?.all, told, moved.owners.len(), moved.all))
        })
        .unwrap()
}

fn write(store: &Store, sql: &str, contact: &str, account: &str) {
    let (contact, account) = (ContactId::from_desk(DESK, contact), AccountId::from_desk(DESK, account));
    store
        .transact(&Actor::named("Ada"), &Intent::new("test"), |tx| {
            tx.execute(sql, (contact.as_bytes(), account.as_bytes()))?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

const MOVE: &str = "UPDATE contact SET account_id = ?2 WHERE id = ?1";

#[test]
fn a_contact_that_moves_takes_its_tickets_along() {
    let (_folder, store) = imported(&world(), &registry::model(DESK).unwrap());
    assert_eq!(look(&store), (3, 3, 0, false), "as imported");
    write(&store, MOVE, "c3", "acme");
    assert_eq!(look(&store), (4, 4, 1, false), "into her account");
    write(&store, MOVE, "c2", "beta");
    assert_eq!(look(&store), (2, 2, 2, false), "out of it, with two tickets");
    write(&store, MOVE, "c4", "acme");
    assert_eq!(
        look(&store),
        (3, 3, 6, true),
        "more have moved than are told apart: all owners in contacts' places"
    );
}

#[test]
fn accounts_may_be_renamed_and_contacts_go() {
    let (_folder, store) = imported(&world(), &registry::model(DESK).unwrap());
    write(
        &store,
        "UPDATE account SET key = 'other', key_simple = 'other', key_full = 'other' WHERE id = ?2 AND ?1 = ?1",
        "c1",
        "acme",
    );
    assert_eq!(look(&store), (3, 3, 2, false), "renamed");
    write(&store, "DELETE FROM contact WHERE id = ?1 AND ?2 = ?2", "c2", "acme");
    assert_eq!(
        look(&store),
        (1, 1, 2, false),
        "tickets of a contact that is gone belong to no account"
    );
}

#[test]
fn what_is_pending_stays_noted_after_an_import() {
    let (world, model) = (world(), registry::model(DESK).unwrap());
    let (_folder, store) = imported(&world, &model);
    write(&store, MOVE, "c3", "acme");
    let mut batches = batches(&world, &model);
    // Tickets before their contacts: what is known from before counts until the end.
    batches.reverse();
    let read = &mut |sink: &mut portico_core::snapshot::Sink<'_>| {
        batches
            .drain(..)
            .try_for_each(|batch| sink(batch).map_err(|_| StoreError::Cancelled))
    };
    let (ada, options, cancel) = (Actor::named("Ada"), ImportOptions::default(), CancelFlag::new());
    store.import(&ada, DESK, read, &options, &mut |_| {}, &cancel).unwrap();
    let (cells, sql, ..) = look(&store);
    assert_eq!((cells, sql), (4, 4), "what is pending counts");
    write(&store, MOVE, "c3", "beta");
    assert_eq!(look(&store).0, 3, "taken back");
}
