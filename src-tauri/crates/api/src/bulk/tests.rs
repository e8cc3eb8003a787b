//! Editing many people at once, against a workspace with everything a form can name.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::expect_used, reason = "a test may panic")]

mod drawn;
mod fields;
mod refused;
mod told;

use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

use portico_core::actor::Actor;
use portico_core::form::field::Kind;
use portico_core::model::{
    Account, Address, Agent, Backend, Contact, ExternalUser, Group, LEVELS, Named, PortalObject, TicketState,
    UserAccount, UserAccountView, UserAddress, UserContact, UserGroup, UserObject, UserResponsibleAgent,
    UserResponsibleGroup, UserService, UserTicketState, UserTicketType, Validity,
};
use portico_core::snapshot::{Batch, Sink, Source};
use portico_store::import::{CancelFlag, ImportOptions};
use portico_store::table::external_user;
use portico_testkit::Batches;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::types::bulk::FieldEdit;
use crate::types::form::FieldValue;
use crate::types::users::{GroupRight, ObjectRight, UserForm};
use crate::{history, users};

const PEOPLE: usize = 30;
const EACH: usize = 4;

/// A workspace with everything a form can name, four of each, and people with all sorts of links.
pub(crate) struct House {
    pub(crate) session: Session,
    pub(crate) people: Vec<ExternalUserId>,
    _folder: TempDir,
}

/// Whether person `n` has entry `m` of a kind: some have all, some none, most some.
fn has(kind: usize, n: usize, m: usize) -> bool {
    n % 10 != 9 && !(n * 7 + m * 3 + kind * 11).is_multiple_of(5)
}

fn each<T>(make: impl Fn(usize, String) -> T) -> Vec<T> {
    (0..EACH).map(|m| make(m, m.to_string())).collect()
}

fn links<T>(kind: usize, make: impl Fn(String, String, usize) -> T) -> Vec<T> {
    let pairs = (0..PEOPLE).flat_map(|n| (0..EACH).map(move |m| (n, m)));
    let linked = pairs.filter(|(n, m)| has(kind, *n, *m));
    linked
        .map(|(n, m)| make(format!("p{n:02}"), m.to_string(), n + m))
        .collect()
}

fn records() -> Vec<Batch> {
    let named = |what: &str| {
        each(|_, key| Named {
            name: format!("{what} {key}"),
            key,
            ..Named::default()
        })
    };
    vec![
        Batch::Groups(each(|_, key| Group {
            name: format!("group {key}"),
            key,
            ..Group::default()
        })),
        Batch::TicketTypes(named("type")),
        Batch::Services(named("service")),
        Batch::TicketStates(each(|_, key| TicketState {
            name: format!("state {key}"),
            key,
            ..TicketState::default()
        })),
        Batch::Accounts(each(|_, key| Account {
            name: format!("account {key}"),
            key,
            ..Account::default()
        })),
        Batch::Contacts(each(|_, key| Contact {
            title: format!("contact {key}"),
            key,
            ..Contact::default()
        })),
        Batch::Addresses(each(|_, key| Address {
            number: key.clone(),
            key,
            ..Address::default()
        })),
        Batch::Agents(each(|_, key| Agent {
            login: key.clone(),
            key,
            ..Agent::default()
        })),
        Batch::Backends(each(|_, key| Backend {
            name: key.clone(),
            key,
            ..Backend::default()
        })),
        Batch::PortalObjects(each(|_, key| PortalObject {
            path: format!("object {key}"),
            key,
            kind: "page".to_owned(),
            ..PortalObject::default()
        })),
    ]
}

fn person(n: usize) -> ExternalUser {
    ExternalUser {
        key: format!("p{n:02}"),
        login: format!("p{n:02}"),
        first_name: "Pat".to_owned(),
        last_name: format!("Number {n:02}"),
        email: format!("p{n:02}@house.example"),
        account: (n % EACH).to_string(),
        validity: if n % 5 == 4 { Validity::Invalid } else { Validity::Valid },
        ..ExternalUser::default()
    }
}

fn people_with_links() -> Vec<Batch> {
    let permissions = ["ro", "rw", "note"];
    vec![
        Batch::ExternalUsers((0..PEOPLE).map(person).collect()),
        Batch::UserAccounts(links(0, |user, account, _| UserAccount { user, account })),
        Batch::UserAccountViews(links(1, |user, account, _| UserAccountView { user, account })),
        Batch::UserContacts(links(2, |user, contact, _| UserContact { user, contact })),
        Batch::UserGroups(links(3, |user, group, n| UserGroup {
            user,
            group,
            permission: permissions[n % 3].to_owned(),
        })),
        Batch::UserServices(links(4, |user, service, _| UserService { user, service })),
        Batch::UserAddresses(links(5, |user, address, n| UserAddress {
            user,
            address,
            permission: ["read", "write"][n % 2].to_owned(),
        })),
        Batch::UserResponsibleGroups(links(6, |user, group, _| UserResponsibleGroup { user, group })),
        Batch::UserResponsibleAgents(links(7, |user, agent, _| UserResponsibleAgent { user, agent })),
        Batch::UserTicketTypes(links(8, |user, ticket_type, _| UserTicketType { user, ticket_type })),
        Batch::UserTicketStates(links(9, |user, state, _| UserTicketState { user, state })),
        Batch::UserObjects(links(10, |user, object, n| UserObject {
            user,
            object,
            level: LEVELS[n % LEVELS.len()].to_owned(),
        })),
    ]
}

impl House {
    pub(crate) fn of(desk: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("house.portico");
        let session = Session::create(&path, "House", desk, Actor::named("Ada Admin")).unwrap();
        let mut source = Batches([records(), people_with_links()].concat());
        let mut read = |sink: &mut Sink<'_>| source.read(sink).map_err(|e: Infallible| match e {});
        let (options, cancel) = (ImportOptions::default(), CancelFlag::new());
        let done: Result<_, portico_store::StoreError> =
            session
                .store()
                .import(session.actor(), desk, &mut read, &options, &mut |_| {}, &cancel);
        done.unwrap();
        let mut people = session.store().read(external_user::all).unwrap();
        people.sort_by(|a, b| a.login.cmp(&b.login));
        let people: Vec<ExternalUserId> = people.iter().map(|row| row.id).collect();
        assert_eq!(people.len(), PEOPLE);
        Self {
            session,
            people,
            _folder: folder,
        }
    }

    pub(crate) fn forms(&self) -> Vec<UserForm> {
        let read = self.session.store().read(|c| users::forms(c, &self.people)).unwrap();
        read.into_iter().map(|(_, form)| form).collect()
    }

    /// Ids of the records of a kind.
    pub(crate) fn ids(&self, entity: Entity) -> Vec<String> {
        let sql = format!("SELECT lower(hex(id)) FROM {} ORDER BY desk_key", entity.name());
        let hex: Vec<String> = self
            .session
            .store()
            .read(|c| {
                let mut statement = c.prepare(&sql).unwrap();
                let rows = statement.query_map([], |r| r.get(0)).unwrap();
                Ok::<_, ApiError>(rows.map(Result::unwrap).collect())
            })
            .unwrap();
        let hyphenated = |hex: &String| uuid::Uuid::parse_str(hex).unwrap().hyphenated().to_string();
        hex.iter().map(hyphenated).collect()
    }

    pub(crate) fn these(&self, which: &[usize]) -> Selection {
        Selection {
            ids: which.iter().map(|n| self.people[*n].to_string()).collect(),
            ..Selection::default()
        }
    }
}

pub(crate) fn working<T>(work: impl FnOnce(&mut Work<'_>) -> T) -> T {
    working_until(&Arc::new(AtomicBool::new(false)), work)
}

fn working_until<T>(cancelled: &Arc<AtomicBool>, work: impl FnOnce(&mut Work<'_>) -> T) -> T {
    work(&mut Work {
        job: "test",
        tell: &mut |_| (),
        cancelled,
    })
}

fn save(house: &House, edit: &BulkEdit) -> Result<BulkSaved, ApiError> {
    working(|work| bulk_save(&house.session, edit, None, work))
}

fn preview(house: &House, edit: &BulkEdit) -> BulkPreview {
    working(|work| bulk_preview(&house.session, edit, work)).unwrap()
}

fn of(people: Selection, edits: Vec<FieldEdit>) -> BulkEdit {
    BulkEdit {
        people,
        edits,
        skip_invalid: false,
    }
}

fn edit(field: &str, how: &str, value: FieldValue) -> FieldEdit {
    FieldEdit {
        field: field.to_owned(),
        how: how.to_owned(),
        value,
    }
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn right(group: &str, permissions: &[&str]) -> GroupRight {
    GroupRight {
        group: group.to_owned(),
        permissions: permissions.iter().map(ToString::to_string).collect(),
    }
}

fn changes(house: &House) -> usize {
    history::list_changes(&house.session, None, 200).unwrap().len()
}

#[test]
fn the_forms_of_many_are_those_of_each() {
    let house = House::of("otobo");
    let mut asked = house.people.clone();
    asked.reverse();
    asked.insert(3, ExternalUserId::new());
    let (many, each): (Vec<_>, Vec<_>) = house
        .session
        .store()
        .read(|c| {
            let each = asked.iter().filter_map(|id| users::form(c, *id).ok()).collect();
            Ok::<_, ApiError>((users::forms(c, &asked)?, each))
        })
        .unwrap();
    let many: Vec<UserForm> = many.into_iter().map(|(_, form)| form).collect();
    assert_eq!(many.len(), PEOPLE, "who is gone is passed over");
    assert_eq!(many, each);
}

/// Values that fit a field, of the records there are.
fn values(kind: Kind, ids: Vec<String>) -> BoxedStrategy<FieldValue> {
    let some = |ids: Vec<String>| proptest::sample::subsequence(ids, 0..=EACH);
    match kind {
        Kind::Flag => any::<bool>().prop_map(FieldValue::Flag).boxed(),
        Kind::Status => proptest::sample::select(vec!["valid", "invalid", "invalid-temporarily"])
            .prop_map(text)
            .boxed(),
        Kind::Password => Just(text("initial")).boxed(),
        Kind::Date => Just(text("2027-01-31")).boxed(),
        Kind::Custom => Just(text("{\"a\":\"b\"}")).boxed(),
        Kind::Email => "[a-z]{1,8}@b\\.example".prop_map(FieldValue::Text).boxed(),
        Kind::One(_) => proptest::sample::select(ids).prop_map(FieldValue::Text).boxed(),
        Kind::Many(_) => some(ids).prop_map(FieldValue::List).boxed(),
        Kind::Rights(_) => {
            let keys = proptest::sample::subsequence(vec!["ro", "rw", "note"], 1..=1);
            (some(ids), keys)
                .prop_map(|(ids, keys)| FieldValue::Groups(ids.iter().map(|id| right(id, &keys)).collect()))
                .boxed()
        }
        Kind::Levels(_) => (some(ids), proptest::sample::select(LEVELS))
            .prop_map(|(ids, level)| {
                let object = |object| ObjectRight {
                    object,
                    level: level.to_owned(),
                };
                FieldValue::Objects(ids.into_iter().map(object).collect())
            })
            .boxed(),
        _ => "[A-Za-z ]{0,12}".prop_map(FieldValue::Text).boxed(),
    }
}
