//! Records of the directory, saved and deleted.

use portico_api::expectations;
use portico_api::records;
use portico_api::types::expectations::ExpectationInput;
use portico_api::types::form::FieldValue;
use portico_api::types::records::{DeleteHow, RecordDetail, RecordQuery, SaveRecord, Values};

use super::*;

fn records_of(session: &Session, entity: &str) -> Vec<RecordDetail> {
    let rows = records::list_records(session, entity, &RecordQuery::default(), 0, 1000)
        .unwrap()
        .rows;
    let get = |id: &str| records::get_record(session, entity, id).unwrap();
    rows.iter().map(|row| get(&row.id)).collect()
}

/// People of whom it is looked at what they see: some for whom it means most, and some for whom it means nothing.
const LOOKED_AT: usize = 3;

/// Holds what is told of a write against what people see before and after it, and takes it back.
fn hold(session: &Session, told: &Exposure, write: impl FnOnce()) {
    assert!(told.affected > 0 && (told.affected <= 50 || told.examples.len() == 50));
    let concerned = told.examples.iter().map(|of| (of.id.clone(), of.gained, of.lost));
    let others = everybody(session)
        .into_iter()
        .filter(|id| told.affected <= 50 && told.examples.iter().all(|of| of.id != *id))
        .map(|id| (id, 0, 0));
    let people: Vec<_> = concerned.take(LOOKED_AT).chain(others.take(LOOKED_AT)).collect();
    let sight = || -> Vec<BTreeSet<String>> { people.iter().map(|of| seen(session, &of.0)).collect() };
    let before = sight();
    write();
    let after = sight();
    history::undo(session).unwrap();
    for ((of, before), after) in people.iter().zip(&before).zip(&after) {
        let count = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).count() as u64;
        assert_eq!((of.1, of.2), (count(after, before), count(before, after)), "{}", of.0);
    }
}

/// One field of one record with another value.
struct Edited<'a> {
    entity: &'a str,
    record: &'a RecordDetail,
    values: Values,
}

impl<'a> Edited<'a> {
    fn of(entity: &'a str, record: &'a RecordDetail, field: &str, value: FieldValue) -> Self {
        let mut values = record.values.clone();
        values.insert(field.to_owned(), value);
        Self { entity, record, values }
    }

    fn ask(&self, session: &Session) -> Result<Exposure, ApiError> {
        told(|work| exposure::of_record(session, self.entity, Some(&self.record.id), &self.values, work))
    }

    fn hold(&self, session: &Session) {
        hold(session, &self.ask(session).unwrap(), || {
            let input = SaveRecord {
                entity: self.entity.to_owned(),
                id: Some(self.record.id.clone()),
                version: Some(self.record.version.clone()),
                values: self.values.clone(),
            };
            records::save_record(session, &input).unwrap();
        });
    }
}

/// The first edit of which it is told that it matters to somebody.
fn first<'e, 'a>(session: &Session, edits: &'e [Edited<'a>], matters: impl Fn(&Exposure) -> bool) -> &'e Edited<'a> {
    let found = edits.iter().find(|edit| matters(&edit.ask(session).unwrap()));
    found.unwrap()
}

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.to_owned())
}

fn how(how: &str, to: Option<&str>) -> DeleteHow {
    DeleteHow {
        how: how.to_owned(),
        to: to.map(str::to_owned),
    }
}

/// Every queue, put under every group.
fn moved<'a>(queues: &'a [RecordDetail], groups: &[RecordDetail]) -> Vec<Edited<'a>> {
    let under = |queue: &'a RecordDetail| {
        let edits = groups
            .iter()
            .map(move |group| Edited::of("queue", queue, "group", text(&group.id)));
        edits.collect::<Vec<_>>()
    };
    queues.iter().flat_map(under).collect()
}

#[test]
fn queues_and_groups_give_and_take_what_saving_them_does() {
    let (session, _folder) = sample_of("otobo");
    let groups = records_of(&session, "permission_group");
    let queues = records_of(&session, "queue");
    let moved = moved(&queues, &groups);
    first(&session, &moved, |told| told.gained > 0).hold(&session);
    let shut: Vec<_> = groups
        .iter()
        .map(|group| Edited::of("permission_group", group, "status", text("invalid")))
        .collect();
    first(&session, &shut, |told| told.lost > 0).hold(&session);
    let accounts = records_of(&session, "account");
    let account = accounts.iter().find(|of| of.present).unwrap();
    let word = Edited::of("account", account, "city", text("Elsewhere"));
    let told = word.ask(&session).unwrap();
    assert_eq!((told.people, told.affected, told.complete), (0, 0, true));
}

#[test]
fn contacts_and_objects_give_and_take_what_saving_them_does() {
    let (session, _folder) = sample_of("daktela");
    let accounts = records_of(&session, "account");
    let contacts = records_of(&session, "contact");
    let moved: Vec<_> = contacts
        .iter()
        .flat_map(|contact| {
            accounts
                .iter()
                .map(move |of| Edited::of("contact", contact, "account", text(&of.id)))
        })
        .collect();
    first(&session, &moved, |told| told.affected > 0).hold(&session);
    let (session, _folder) = sample_of("elma365");
    let objects = records_of(&session, "portal_object");
    let turned: Vec<_> = objects
        .iter()
        .map(|object| {
            let inherits = object.values["inherits"] == FieldValue::Flag(true);
            Edited::of("portal_object", object, "inherits", FieldValue::Flag(!inherits))
        })
        .collect();
    first(&session, &turned, |told| told.affected > 0).hold(&session);
}

#[test]
fn deleting_a_record_takes_what_is_told_before() {
    let (session, _folder) = sample_of("otobo");
    let accounts = records_of(&session, "account");
    let has_people = |of: &&RecordDetail| of.used_by.iter().any(|usage| usage.entity == "external_user");
    let account = accounts.iter().find(has_people).unwrap();
    let other = accounts.iter().find(|of| of.id != account.id).unwrap();
    let ask = |how: &DeleteHow| told(|work| exposure::of_deletion(&session, "account", &account.id, how, work));
    let moved = how("move", Some(&other.id));
    let exposure = ask(&moved).unwrap();
    assert!(exposure.gained + exposure.lost > 0);
    hold(&session, &exposure, || {
        records::delete_record(&session, "account", &account.id, &moved).unwrap();
    });
    let refused = ask(&how("refuse", None)).unwrap_err();
    assert_eq!(refused.code, Code::Conflict, "refused as the deletion is");
    assert!(
        records::get_record(&session, "account", &account.id).is_ok(),
        "it was only tried"
    );
}

#[test]
fn what_a_record_breaks_is_named_before_it_is_saved() {
    let (session, _folder) = sample_of("otobo");
    let queues = records_of(&session, "queue");
    let edits = moved(&queues, &records_of(&session, "permission_group"));
    let edit = first(&session, &edits, |told| told.gained > 0);
    let before = edit.ask(&session).unwrap();
    assert_eq!(before.broken, []);
    let who = before.examples.iter().find(|of| of.gained > 0).unwrap();
    let expected = ExpectationInput {
        who: "external_user".to_owned(),
        who_key: who.id.clone(),
        sees: false,
        what: "ticket".to_owned(),
        what_key: who.gained_tickets[0].clone(),
    };
    expectations::add_expectations(&session, &[expected]).unwrap();
    let after = edit.ask(&session).unwrap();
    assert_eq!(after.broken.len(), 1);
    assert_eq!(after.broken[0].examples[0].id, who.id);
    let empty = Edited::of("queue", edit.record, "name", text(""));
    assert_eq!(empty.ask(&session).unwrap_err().code, Code::Invalid);
}
