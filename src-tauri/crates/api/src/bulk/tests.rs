#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::collections::BTreeSet;
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
use crate::error::Code;
use crate::types::bulk::FieldEdit;
use crate::types::form::FieldValue;
use crate::types::users::{GroupRight, ObjectRight, UserForm, UserQuery};
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

/// What an edit must come to, told in sets.
fn wanted(
    field: &str,
    how: &str,
    before: &FieldValue,
    value: &FieldValue,
    ladder: &[&str],
) -> BTreeSet<(String, String)> {
    let set = |value: &FieldValue| -> BTreeSet<(String, String)> {
        match value {
            FieldValue::Text(text) if field == "custom" => match text.as_str() {
                "" => BTreeSet::new(),
                text => [(text.to_owned(), String::new())].into(),
            },
            FieldValue::Text(text) => [(text.clone(), String::new())].into(),
            FieldValue::Flag(flag) => [(flag.to_string(), String::new())].into(),
            FieldValue::List(list) => list.iter().map(|id| (id.clone(), String::new())).collect(),
            FieldValue::Groups(rights) => {
                let all = rights
                    .iter()
                    .flat_map(|r| r.permissions.iter().map(|p| (r.group.clone(), p.clone())));
                all.collect()
            }
            FieldValue::Objects(rights) => rights.iter().map(|r| (r.object.clone(), r.level.clone())).collect(),
        }
    };
    let (mut held, value) = (set(before), set(value));
    let rungs: &[&str] = if field == "objects" { LEVELS } else { ladder };
    let rung = |key: &str| rungs.iter().position(|step| *step == key);
    match how {
        "set" => return value,
        "remove" => held.retain(|entry| !value.contains(entry)),
        "change" => {
            for (id, key) in value {
                let had = held.iter().any(|(other, k)| *other == id && rung(k).is_some());
                if had {
                    held.retain(|(other, k)| *other != id || rung(k).is_none());
                    held.insert((id, key));
                }
            }
        }
        _ => {
            for (id, key) in value {
                let Some(new) = rung(&key) else {
                    held.insert((id, key));
                    continue;
                };
                let strongest = held
                    .iter()
                    .filter(|(other, _)| *other == id)
                    .filter_map(|(_, k)| rung(k))
                    .max();
                if strongest.is_none_or(|old| old < new) {
                    held.retain(|(other, k)| *other != id || rung(k).is_none());
                    held.insert((id, key));
                }
            }
        }
    }
    held
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

fn edits(house: &House) -> BoxedStrategy<Vec<FieldEdit>> {
    let fields: Vec<_> = Entity::ExternalUser
        .fields()
        .iter()
        .filter(|f| f.name != "login")
        .collect();
    let ids: std::collections::HashMap<&str, Vec<String>> = fields
        .iter()
        .map(|f| {
            (
                f.name,
                f.kind.refers_to().map(|entity| house.ids(entity)).unwrap_or_default(),
            )
        })
        .collect();
    proptest::sample::subsequence(fields, 1..=4)
        .prop_flat_map(move |fields| {
            let one = |field: &'static portico_core::form::field::Field| {
                let hows = match field.kind {
                    Kind::Rights(_) | Kind::Levels(_) => vec!["set", "add", "remove", "change"],
                    Kind::Many(_) | Kind::Custom => vec!["set", "add", "remove"],
                    _ => vec!["set"],
                };
                (
                    proptest::sample::select(hows),
                    values(field.kind, ids[field.name].clone()),
                )
                    .prop_map(move |(how, value)| edit(field.name, how, value))
            };
            fields.into_iter().map(one).collect::<Vec<_>>()
        })
        .boxed()
}

#[test]
fn only_the_named_fields_of_the_named_people_change_and_undo_restores_all() {
    let house = House::of("otobo");
    let original = house.forms();
    let who = proptest::sample::subsequence((0..PEOPLE).collect::<Vec<_>>(), 1..PEOPLE);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(60));
    let ladder = crate::forms::rules("otobo").unwrap().permissions;
    let outcome = runner.run(&(who, edits(&house)), |(who, edits)| {
        let wanted_change = of(house.these(&who), edits.clone());
        let told = preview(&house, &wanted_change);
        let log = changes(&house);
        let saved = save(
            &house,
            &BulkEdit {
                skip_invalid: true,
                ..wanted_change
            },
        )
        .unwrap();
        let after = house.forms();
        let mut differ = 0;
        let invalid: BTreeSet<String> = told.problems.iter().map(|p| p.id.clone()).collect();
        for (n, (before, after)) in original.iter().zip(&after).enumerate() {
            differ += usize::from(before != after);
            let meant = who.contains(&n) && !invalid.contains(&house.people[n].to_string());
            for field in Entity::ExternalUser.fields() {
                let (old, new) = (before.value(field.name).unwrap(), after.value(field.name).unwrap());
                match edits.iter().find(|edit| edit.field == field.name) {
                    Some(edit) if meant => {
                        let wanted = wanted(field.name, &edit.how, &old, &edit.value, ladder);
                        let got = wanted_of(field.name, &new);
                        prop_assert_eq!(got, wanted, "{} of {}", field.name, n);
                    }
                    _ => prop_assert_eq!(old, new, "{} of {} is untouched", field.name, n),
                }
            }
        }
        prop_assert_eq!(usize::try_from(saved.people).unwrap(), differ);
        prop_assert_eq!(told.changed - told.invalid, saved.people);
        prop_assert_eq!(changes(&house) - log, usize::from(differ > 0), "one change, or none");
        if differ > 0 {
            history::undo(&house.session).unwrap();
        }
        prop_assert_eq!(&house.forms(), &original, "undo restores all");
        Ok(())
    });
    outcome.unwrap();
}

fn wanted_of(field: &str, value: &FieldValue) -> BTreeSet<(String, String)> {
    wanted(field, "set", value, value, &[])
}

#[test]
fn lists_are_added_to_removed_from_and_replaced() {
    let house = House::of("otobo");
    let groups = house.ids(Entity::Group);
    let everybody = || house.these(&(0..PEOPLE).collect::<Vec<_>>());
    let rights = |rights: Vec<GroupRight>| FieldValue::Groups(rights);
    let on = |form: &UserForm, group: &str| -> Vec<String> {
        let right = form.groups.iter().find(|right| right.group == group);
        right.map(|right| right.permissions.clone()).unwrap_or_default()
    };
    let before = house.forms();
    save(
        &house,
        &of(
            everybody(),
            vec![edit("groups", "add", rights(vec![right(&groups[0], &["ro"])]))],
        ),
    )
    .unwrap();
    for (old, new) in before.iter().zip(house.forms()) {
        let (old, new) = (on(old, &groups[0]), on(&new, &groups[0]));
        // Whoever may write may read: she loses nothing. What the desk has beside the two stays.
        let expected: Vec<String> = match old.as_slice() {
            [one] if one == "rw" => vec!["rw".to_owned()],
            [one] if one == "note" => vec!["note".to_owned(), "ro".to_owned()],
            _ => vec!["ro".to_owned()],
        };
        assert_eq!(new, expected);
    }
    save(
        &house,
        &of(
            everybody(),
            vec![edit("groups", "add", rights(vec![right(&groups[0], &["rw"])]))],
        ),
    )
    .unwrap();
    assert!(
        house
            .forms()
            .iter()
            .all(|form| on(form, &groups[0]).contains(&"rw".to_owned()))
    );
    assert!(
        !house
            .forms()
            .iter()
            .any(|form| on(form, &groups[0]).contains(&"ro".to_owned()))
    );
    save(
        &house,
        &of(
            everybody(),
            vec![edit("groups", "remove", rights(vec![right(&groups[0], &[])]))],
        ),
    )
    .unwrap();
    assert!(house.forms().iter().all(|form| on(form, &groups[0]).is_empty()));
    let only = vec![edit("groups", "set", rights(vec![right(&groups[1], &["ro"])]))];
    save(&house, &of(everybody(), only.clone())).unwrap();
    assert!(
        house
            .forms()
            .iter()
            .all(|form| form.groups == vec![right(&groups[1], &["ro"])])
    );
    let again = save(&house, &of(everybody(), only)).unwrap();
    assert_eq!((again.change, again.people), (0, 0), "what is so already is no change");
}

#[test]
fn a_right_is_changed_into_a_weaker_or_stronger_one_in_one_change_and_nobody_else_gets_it() {
    let house = House::of("otobo");
    let group = house.ids(Entity::Group).remove(0);
    let everybody = || house.these(&(0..PEOPLE).collect::<Vec<_>>());
    let on = |form: &UserForm| -> Vec<String> {
        let right = form.groups.iter().find(|right| right.group == group);
        right.map(|right| right.permissions.clone()).unwrap_or_default()
    };
    let before = house.forms();
    let held = |key: &str| before.iter().filter(|form| on(form).contains(&key.to_owned())).count();
    assert!(held("ro") > 0 && held("rw") > 0 && before.iter().any(|form| on(form).is_empty()));
    for (from, to) in [("ro", "rw"), ("rw", "ro")] {
        let log = changes(&house);
        let change = edit("groups", "change", FieldValue::Groups(vec![right(&group, &[to])]));
        save(&house, &of(everybody(), vec![change])).unwrap();
        assert_eq!(changes(&house) - log, 1, "{from} to {to}");
        for (old, new) in before.iter().zip(house.forms()) {
            let usual = |key: &String| key == "ro" || key == "rw";
            let mut wanted: Vec<String> = on(old).into_iter().filter(|key| !usual(key)).collect();
            if on(old).iter().any(usual) {
                wanted.push(to.to_owned());
            }
            let mut new = on(&new);
            new.sort();
            wanted.sort();
            assert_eq!(new, wanted, "{from} to {to}");
        }
    }
    history::undo(&house.session).unwrap();
    history::undo(&house.session).unwrap();
    assert_eq!(house.forms(), before, "one undo for each");
}

#[test]
fn a_level_on_an_object_is_changed_where_there_is_one() {
    let house = House::of("elma365");
    let object = house.ids(Entity::PortalObject).remove(0);
    let everybody = || house.these(&(0..PEOPLE).collect::<Vec<_>>());
    let level = |level: &str| {
        let object = object.clone();
        let level = level.to_owned();
        FieldValue::Objects(vec![ObjectRight { object, level }])
    };
    save(
        &house,
        &of(
            house.these(&[0]),
            vec![edit("objects", "set", FieldValue::Objects(vec![]))],
        ),
    )
    .unwrap();
    save(
        &house,
        &of(house.these(&[1]), vec![edit("objects", "set", level("full"))]),
    )
    .unwrap();
    save(&house, &of(everybody(), vec![edit("objects", "change", level("view"))])).unwrap();
    let forms = house.forms();
    assert!(forms[0].objects.is_empty());
    assert_eq!(forms[1].value("objects"), Some(level("view")));
}

#[test]
fn custom_fields_are_set_and_taken_away_by_name() {
    let house = House::of("zoho");
    let two = || house.these(&[0, 1]);
    save(
        &house,
        &of(
            house.these(&[0]),
            vec![edit("custom", "set", text(r#"{"b":"1","a":"2"}"#))],
        ),
    )
    .unwrap();
    save(&house, &of(house.these(&[1]), vec![edit("custom", "set", text(""))])).unwrap();
    let custom = |n: usize| house.forms()[n].custom.clone();
    save(&house, &of(two(), vec![edit("custom", "add", text(r#"{"b":"3"}"#))])).unwrap();
    assert_eq!(
        (custom(0), custom(1)),
        (r#"{"a":"2","b":"3"}"#.to_owned(), r#"{"b":"3"}"#.to_owned())
    );
    let spread = super::spread::form;
    let all = house.session.store().read(|c| spread(c, &house.people[..2])).unwrap();
    let told = &all
        .fields
        .iter()
        .find(|spread| spread.field == "custom")
        .unwrap()
        .values;
    assert_eq!(
        (told[0].label.as_str(), told[0].right.as_str(), told[0].people),
        ("b", "3", 2)
    );
    save(&house, &of(two(), vec![edit("custom", "remove", text(r#"{"b":""}"#))])).unwrap();
    assert_eq!((custom(0), custom(1)), (r#"{"a":"2"}"#.to_owned(), String::new()));
    // What is so already is not written in another order.
    save(
        &house,
        &of(
            house.these(&[0]),
            vec![edit("custom", "set", text(r#"{"z":"1","a":"2"}"#))],
        ),
    )
    .unwrap();
    let same = save(
        &house,
        &of(house.these(&[0]), vec![edit("custom", "add", text(r#"{"a":"2"}"#))]),
    )
    .unwrap();
    assert_eq!((same.people, custom(0)), (0, r#"{"z":"1","a":"2"}"#.to_owned()));
}

#[test]
fn further_accounts_keep_their_order() {
    let house = House::of("otobo");
    let accounts = house.ids(Entity::Account);
    let who = house.these(&[9]);
    let list = |ids: &[usize]| FieldValue::List(ids.iter().map(|n| accounts[*n].clone()).collect());
    save(
        &house,
        &of(who.clone(), vec![edit("further_accounts", "set", list(&[3, 1]))]),
    )
    .unwrap();
    save(
        &house,
        &of(who.clone(), vec![edit("further_accounts", "add", list(&[0, 3]))]),
    )
    .unwrap();
    save(&house, &of(who, vec![edit("further_accounts", "remove", list(&[1]))])).unwrap();
    assert_eq!(
        FieldValue::List(house.forms()[9].further_accounts.clone()),
        list(&[3, 0])
    );
}

#[test]
fn people_whose_form_would_become_invalid_stop_the_whole_edit_unless_they_are_passed_over() {
    let house = House::of("otobo");
    let before = house.forms();
    let mut wanted = of(
        house.these(&[0, 1, 2]),
        vec![edit("city", "set", text("Aachen")), edit("phone", "set", text("\u{7}"))],
    );
    let told = preview(&house, &wanted);
    assert_eq!((told.people, told.changed, told.invalid), (3, 3, 3));
    assert_eq!(told.problems[0].problem.code, "problem.control");
    assert_eq!(told.problems[0].name, "Pat Number 00");
    let refused = save(&house, &wanted).unwrap_err();
    assert_eq!((refused.code, refused.detail.len()), (Code::Invalid, 3));
    assert!(refused.detail[0].starts_with("p00: phone: "), "{:?}", refused.detail);
    assert_eq!(house.forms(), before);
    wanted.skip_invalid = true;
    let passed = save(&house, &wanted).unwrap();
    assert_eq!((passed.change, passed.people, passed.skipped), (0, 0, 3));
}

#[test]
fn what_was_wrong_before_in_an_untouched_field_stops_nobody() {
    let house = House::of("otobo");
    let broken = vec![edit("phone", "set", text("\u{7}"))];
    // Written past the check, as an import would.
    house
        .session
        .store()
        .transact(house.session.actor(), &Intent::new("test"), |tx| {
            let mut row = external_user::get(tx, house.people[0])?;
            row.phone = "\u{7}".to_owned();
            external_user::update(tx, &row)
        })
        .unwrap();
    let saved = save(
        &house,
        &of(house.these(&[0, 1]), vec![edit("city", "set", text("Aachen"))]),
    )
    .unwrap();
    assert_eq!((saved.people, saved.skipped), (2, 0));
    let told = preview(&house, &of(house.these(&[0]), broken));
    assert_eq!(
        (told.changed, told.invalid),
        (0, 0),
        "and what is wrong already is no change"
    );
}

#[test]
fn an_edit_that_cannot_be_meant_is_refused() {
    let house = House::of("otobo");
    let two = || house.these(&[0, 1]);
    let refusal = |one: FieldEdit| save(&house, &of(two(), vec![one])).unwrap_err().message;
    assert!(refusal(edit("shoe_size", "set", text("44"))).contains("shoe_size"));
    assert!(refusal(edit("city", "add", text("Aachen"))).contains("only be set"));
    assert!(refusal(edit("city", "become", text("Aachen"))).contains("become"));
    assert!(refusal(edit("external", "set", text("yes"))).contains("not what it holds"));
    assert!(refusal(edit("login", "set", text("same"))).contains("one login"));
    assert!(refusal(edit("password", "set", text("typed"))).contains("one person"));
    let rights = |permissions: &[&str]| FieldValue::Groups(vec![right("x", permissions)]);
    assert!(refusal(edit("city", "change", text("Aachen"))).contains("only a right"));
    assert!(refusal(edit("groups", "change", rights(&[]))).contains("into which right"));
    assert!(refusal(edit("custom", "add", text("[1]"))).contains("no JSON object"));
    let one = of(house.these(&[0]), vec![edit("login", "set", text("other"))]);
    assert_eq!(save(&house, &one).unwrap().people, 1);
}

#[test]
fn what_somebody_changed_meanwhile_is_not_written_over() {
    let house = House::of("otobo");
    let wanted = of(house.these(&[0, 1]), vec![edit("city", "set", text("Aachen"))]);
    let seen = preview(&house, &wanted).version;
    let elsewhere = |field: &str, value: &str| {
        save(&house, &of(house.these(&[1]), vec![edit(field, "set", text(value))])).unwrap();
    };
    elsewhere("city", "Brno");
    let before = house.forms();
    let refused = working(|work| bulk_save(&house.session, &wanted, Some(&seen), work)).unwrap_err();
    assert_eq!(refused.code, Code::Stale);
    assert_eq!(house.forms(), before);
    let seen = preview(&house, &wanted).version;
    elsewhere("phone", "1");
    working(|work| bulk_save(&house.session, &wanted, Some(&seen), work)).unwrap();
    let form = &house.forms()[1];
    assert_eq!(
        (form.city.as_str(), form.phone.as_str()),
        ("Aachen", "1"),
        "another field is not ours"
    );
}

#[test]
fn who_matches_later_is_not_written_unseen() {
    let house = House::of("otobo");
    let invalid = Selection {
        all: Some(UserQuery {
            status: vec!["invalid".to_owned()],
            ..UserQuery::default()
        }),
        ..Selection::default()
    };
    let wanted = of(invalid, vec![edit("city", "set", text("Aachen"))]);
    let told = preview(&house, &wanted);
    assert_eq!(told.people, 6);
    save(
        &house,
        &of(house.these(&[0]), vec![edit("status", "set", text("invalid"))]),
    )
    .unwrap();
    let refused = working(|work| bulk_save(&house.session, &wanted, Some(&told.version), work)).unwrap_err();
    assert_eq!(refused.code, Code::Stale);
}

#[test]
fn cancelling_leaves_nothing_half_written() {
    let house = House::of("otobo");
    let everybody = house.these(&(0..PEOPLE).collect::<Vec<_>>());
    let wanted = of(everybody, vec![edit("city", "set", text("Aachen"))]);
    let (before, log) = (house.forms(), changes(&house));
    let cancelled = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&cancelled);
    let stopped = bulk_save(
        &house.session,
        &wanted,
        None,
        &mut Work {
            job: "test",
            // Everybody is written when the last beat comes.
            tell: &mut |progress| raised.store(progress.done == 0, std::sync::atomic::Ordering::Relaxed),
            cancelled: &cancelled,
        },
    );
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
    assert_eq!((house.forms(), changes(&house)), (before, log));
    let late = Arc::new(AtomicBool::new(true));
    let stopped = working_until(&late, |work| bulk_exposure(&house.session, &wanted, work));
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
}

#[test]
fn what_people_have_in_common_is_told_and_how_far_they_differ() {
    let house = House::of("otobo");
    let form = bulk_form(&house.session, &house.these(&[0, 4, 8, 9])).unwrap();
    let spread = |name: &str| form.fields.iter().find(|field| field.field == name).expect("a field");
    assert_eq!(form.people, 4);
    assert_eq!(spread("first_name").common, Some(text("Pat")));
    assert_eq!(
        (spread("last_name").common.clone(), spread("last_name").different),
        (None, 4)
    );
    let status = spread("status");
    assert_eq!((status.different, status.values.len()), (2, 2));
    assert_eq!(status.values.iter().map(|v| v.people).sum::<u32>(), 4);
    let account = &spread("account").values[0];
    assert_eq!((account.label.as_str(), account.people), ("account 0", 3));
    let groups = spread("groups");
    assert!(
        groups
            .values
            .iter()
            .all(|v| v.label.starts_with("group ") && !v.right.is_empty())
    );
    let names: Vec<&str> = form.fields.iter().map(|field| field.field.as_str()).collect();
    let all: Vec<&str> = Entity::ExternalUser.fields().iter().map(|field| field.name).collect();
    assert_eq!(names, all);
}

#[test]
fn the_log_says_how_many_and_which_fields() {
    let house = House::of("otobo");
    let wanted = of(
        house.these(&[0, 1, 2]),
        vec![edit("phone", "set", text("1")), edit("city", "set", text("Aachen"))],
    );
    save(&house, &wanted).unwrap();
    let change = history::list_changes(&house.session, None, 1).unwrap().remove(0);
    assert_eq!((change.intent.as_str(), change.undoable), ("intent.bulk_edit", true));
    let detail = [
        ("count".to_owned(), "3".to_owned()),
        ("fields".to_owned(), "phone, city".to_owned()),
    ];
    assert_eq!(change.detail, detail);
}

#[test]
fn a_short_log_tells_the_first_differences_and_counts_the_others() {
    let house = House::of("otobo");
    let wanted = of(
        house.these(&[0, 1, 2]),
        vec![edit("phone", "set", text("1")), edit("city", "set", text("Aachen"))],
    );
    save(&house, &wanted).unwrap();
    let found = house
        .session
        .store()
        .read(portico_store::table::external_user::ids)
        .unwrap();
    let like = found[0].to_string();
    let mut form = crate::users::new_user(&house.session, Some(&like)).unwrap().form;
    for field in [&mut form.login, &mut form.first_name, &mut form.last_name] {
        "neu".clone_into(field);
    }
    "neu@x.example".clone_into(&mut form.email);
    let input = crate::types::users::SaveUser {
        id: None,
        version: None,
        form,
    };
    crate::users::save_user(&house.session, &input).unwrap();
    let whole = history::list_changes(&house.session, None, 10).unwrap();
    assert!(whole[0].lines.len() > 3 && whole[1].lines.len() == 6, "{whole:#?}");
    for most in 0..8_u32 {
        let short = history::list_changes_in_short(&house.session, None, 10, most).unwrap();
        for (whole, short) in whole.iter().zip(&short) {
            let shown = whole.lines.len().min(most as usize);
            let told: Vec<_> = short.lines.iter().map(|line| (&line.subject, &line.field)).collect();
            let first: Vec<_> = whole.lines[..shown]
                .iter()
                .map(|line| (&line.subject, &line.field))
                .collect();
            assert_eq!(told, first);
            assert_eq!(
                short.more_lines as usize,
                whole.lines.len() - shown,
                "{most} of {whole:#?}"
            );
        }
    }
}
