//! Tickets on which something was said in every way there is, and people who see different parts of it.

use portico_api::session::Session;
use portico_core::actor::Actor;
use portico_core::model::{Account, Activity, Contact, ExternalUser, Queue, Ticket, UserContact, Validity};
use portico_core::snapshot::Batch;
use portico_testkit::{Batches, TempWorkspace};

/// Ticket 1 lies where external comments are allowed, ticket 2 where they are not.
pub(crate) const OPEN: &str = "1";
pub(crate) const SHUT: &str = "2";

/// What is said on each ticket: how it came, and whether it is marked as external.
pub(crate) const SAID: [(&str, bool); 6] = [
    ("EMAIL", true),
    ("CALL", true),
    ("CHAT", true),
    ("COMMENT", false),
    ("COMMENT", true),
    ("SMS", true),
];

/// Author, subject and text of what is said at this position: found nowhere else.
pub(crate) fn words(position: usize) -> [String; 3] {
    ["author", "subject", "text"].map(|part| format!("{part} number {position}"))
}

pub(crate) fn said(ticket: i64) -> impl Iterator<Item = Activity> {
    (1..).zip(SAID).map(move |(position, (channel, visible))| {
        let [from, subject, body] = words(usize::try_from(position).unwrap());
        Activity {
            ticket,
            position,
            channel: channel.to_owned(),
            sender: "agent".to_owned(),
            visible,
            from,
            subject,
            body: Some(body),
            created: 1_700_000_000 + position,
        }
    })
}

pub(crate) fn ticket(id: i64, owner: &str, queue: &str) -> Ticket {
    Ticket {
        id,
        number: id.to_string(),
        title: format!("Ticket {id}"),
        owner: owner.to_owned(),
        queue: queue.to_owned(),
        created: 1_700_000_000,
        changed: 1_700_000_000,
        ..Ticket::default()
    }
}

pub(crate) fn opened(desk: &str, batches: Vec<Batch>) -> (TempWorkspace, Session) {
    let workspace = TempWorkspace::empty_of(desk);
    workspace.import(&mut Batches(batches));
    let session = Session::open(&workspace.path("test.portico"), Actor::named("test")).unwrap();
    (workspace, session)
}

/// `speaker` may have external comments, `listener` may not, and the tickets are not those of the `stranger`.
pub(crate) fn daktela() -> (TempWorkspace, Session) {
    let user = |login: &str, external_comments| ExternalUser {
        key: login.to_owned(),
        login: login.to_owned(),
        title: login.to_owned(),
        email: format!("{login}@aachen.example"),
        validity: Validity::Valid,
        external_comments,
        ..ExternalUser::default()
    };
    let contact = |key: &str| Contact {
        key: key.to_owned(),
        title: key.to_owned(),
        account: "AACHEN".to_owned(),
        ..Contact::default()
    };
    let pair = |user: &str, contact: &str| UserContact {
        user: user.to_owned(),
        contact: contact.to_owned(),
    };
    let category = |key: &str, external_comments| Queue {
        key: key.to_owned(),
        name: key.to_owned(),
        external_comments,
        validity: Validity::Valid,
        ..Queue::default()
    };
    opened(
        "daktela",
        vec![
            Batch::Queues(vec![category("with", true), category("without", false)]),
            Batch::Accounts(vec![Account {
                key: "AACHEN".to_owned(),
                name: "Aachen Cold Storage".to_owned(),
                ..Account::default()
            }]),
            Batch::Contacts(vec![contact("hers"), contact("another")]),
            Batch::ExternalUsers(vec![
                user("speaker", true),
                user("listener", false),
                user("stranger", true),
            ]),
            Batch::UserContacts(vec![
                pair("speaker", "hers"),
                pair("listener", "hers"),
                pair("stranger", "another"),
            ]),
            Batch::Tickets(vec![ticket(1, "hers", "with"), ticket(2, "hers", "without")]),
            Batch::Activities(said(1).chain(said(2)).collect()),
        ],
    )
}
