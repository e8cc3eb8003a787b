//! Desks that are read from the lists of their interface.

use std::path::Path;

use portico_api::types::ledger::{Outcome, OutcomeReason};
use portico_api::types::transfer::Settle;
use portico_api::types::users::UserQuery;
use portico_api::{desk, users};

use crate::world::*;

#[test]
fn lists_of_an_interface_tell_what_became_of_a_worklist_and_of_calls() {
    for (desk_id, name, file, old) in [
        (
            "daktela",
            "daktela-small",
            "externalsUsers.json",
            "\"description\": \"Aachen\"",
        ),
        (
            "zoho",
            "zoho-small",
            "contacts.json",
            "\"description\": \"Orders spare parts.\"",
        ),
    ] {
        let place = Place::new(desk_id);
        place.import(&fixture(name).display().to_string());
        let people = users::list_users(&place.session, &UserQuery::default(), 0, 50)
            .unwrap()
            .rows;
        let anna = people.iter().find(|row| row.email == "anna@aachen.example").unwrap();
        place.edit(&anna.login, |form| form.description = "another remark".into());
        place.export();
        let described = |text: &str| format!("\"description\": \"{text}\"");
        let with = |text: &str| {
            copy(name, &place.path("desk"), file, &|before| {
                before.replace(old, &described(text))
            })
        };

        let report = place.verify(&fixture(name).display().to_string());
        assert_eq!(outcomes(&report), [Outcome::NotApplied], "{desk_id}");
        let report = place.verify(&with("a third one"));
        assert_eq!(outcomes(&report), [Outcome::Drifted], "{desk_id}");
        // An import of the same files keeps what is pending, and the difference waits as a conflict.
        place.import(&with("a third one"));
        assert_eq!(desk::conflicts(&place.session).unwrap().len(), 1, "{desk_id}");
        let field = &report.operations[0].fields[0];
        assert_eq!(
            (field.field.as_str(), field.new.as_deref(), field.found.as_deref()),
            ("description", Some("another remark"), Some("a third one"))
        );
        // Without the list of people, nothing can be told of them.
        let path = with("another remark");
        std::fs::remove_file(Path::new(&path).join(file)).unwrap();
        let report = place.verify(&path);
        let one = &report.operations[0];
        assert_eq!(
            (one.outcome, one.reason, report.unknown),
            (Outcome::Unknown, Some(OutcomeReason::List), 1),
            "{desk_id}"
        );
        desk::settle(&place.session, &[mine(&place)]).unwrap();
        let report = place.verify(&with("another remark"));
        assert_eq!(
            (outcomes(&report), report.moved),
            (vec![Outcome::Applied], 1),
            "{desk_id}"
        );
        assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0, "{desk_id}");
    }
}

fn mine(place: &Place) -> Settle {
    Settle {
        id: desk::conflicts(&place.session).unwrap()[0].id,
        keep: "mine".to_owned(),
    }
}

#[test]
fn names_companies_and_rights_of_a_portal_are_told_one_by_one() {
    const PEOPLE: &str = "app/_system_catalogs/_user_profiles/list-1.json";
    let place = Place::new("elma365");
    let before = fixture("elma365-small").display().to_string();
    place.import(&before);
    let people = users::list_users(&place.session, &UserQuery::default(), 0, 50)
        .unwrap()
        .rows;
    let of = |email: &str| people.iter().find(|row| row.email == email).unwrap().clone();
    let petra = of("petra@brno.example");
    place.edit(&of("anna@aachen.example").login, |form| {
        form.last_name = "Bergmann".into();
    });
    place.edit(&petra.login, |form| form.objects.clear());
    place.export();
    let report = place.verify(&before);
    assert!(report.not_applied >= 2, "{report:?}");
    assert!(
        outcomes(&report).iter().all(|one| *one == Outcome::NotApplied),
        "{report:?}"
    );
    // The name was entered; the right is there still.
    let path = copy("elma365-small", &place.path("desk"), PEOPLE, &|text| {
        text.replace("\"lastname\": \"Berg\"", "\"lastname\": \"Bergmann\"")
    });
    let report = place.verify(&path);
    for one in &report.operations {
        let expected = if one.operation.kind == "unlink" {
            Outcome::NotApplied
        } else {
            Outcome::Applied
        };
        assert_eq!(one.outcome, expected, "{one:?}");
    }
    // Without the list of rights nothing can be told of them, and of names it still can.
    std::fs::remove_file(Path::new(&path).join("rights.json")).unwrap();
    let report = place.verify(&path);
    for one in &report.operations {
        let expected = match one.operation.kind.as_str() {
            "unlink" => (Outcome::Unknown, Some(OutcomeReason::List)),
            _ => (Outcome::Applied, None),
        };
        assert_eq!((one.outcome, one.reason), expected, "{one:?}");
    }
}

#[test]
fn a_new_contact_to_which_the_desk_gave_a_key_is_found_by_its_values() {
    let place = Place::new("daktela");
    place.import(&fixture("daktela-small").display().to_string());
    let values = [("title", "Nina Neu"), ("first_name", "Nina"), ("last_name", "Neu")];
    let values = values.map(|(name, text)| {
        (
            name.to_owned(),
            portico_api::types::form::FieldValue::Text(text.to_owned()),
        )
    });
    let input = portico_api::types::records::SaveRecord {
        entity: "contact".into(),
        id: None,
        version: None,
        values: values.into_iter().collect(),
    };
    let contact = portico_api::records::save_record(&place.session, &input).unwrap().id;
    place.edit("karel", |form| form.contacts.push(contact));
    place.export();
    let nina = |title: &str| {
        format!(
            "\"data\": [{{\"name\": \"contact_77\", \"title\": \"{title}\", \"firstname\": \"Nina\", \"lastname\": \"Neu\", \"database\": \"default\", \"account\": null, \"user\": null, \"description\": \"\", \"customFields\": {{\"email\": [], \"number\": []}}}},"
        )
    };
    let with = |title: &str| {
        let path = copy("daktela-small", &place.path("desk"), "contacts-1.json", &|before| {
            before
                .replace("\"data\": [", &nina(title))
                .replace("\"total\": 3", "\"total\": 4")
        });
        for (file, old, new) in [
            ("contacts-2.json", "\"total\": 3", "\"total\": 4"),
            (
                "externalsUsers.json",
                "\"email\": \"\", \"contacts\": []",
                "\"email\": \"\", \"contacts\": [\"contact_77\"]",
            ),
        ] {
            let file = Path::new(&path).join(file);
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.contains(old), "{text}");
            std::fs::write(file, text.replace(old, new)).unwrap();
        }
        path
    };
    let report = place.verify(&fixture("daktela-small").display().to_string());
    assert_eq!(
        outcomes(&report),
        [Outcome::NotApplied, Outcome::NotApplied],
        "{report:?}"
    );
    // With another title nobody can say whether it is she.
    let report = place.verify(&with("Nina Alt"));
    assert_eq!(outcomes(&report), [Outcome::Unknown, Outcome::Unknown], "{report:?}");
    assert!(
        report
            .operations
            .iter()
            .all(|one| one.reason == Some(OutcomeReason::NoKey))
    );
    let report = place.verify(&with("Nina Neu"));
    assert_eq!(outcomes(&report), [Outcome::Applied, Outcome::Applied], "{report:?}");
    // She is the desk's now: nothing is pending, and an import makes no second one of her.
    assert_eq!(
        (report.moved, desk::plan(&place.session).unwrap().operations.len()),
        (2, 0)
    );
    place.import(&with("Nina Neu"));
    assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0);
    let named = portico_api::types::records::RecordQuery {
        search: "Nina".into(),
        ..Default::default()
    };
    let found = portico_api::records::list_records(&place.session, "contact", &named, 0, 10).unwrap();
    assert_eq!(found.rows.len(), 1);
}
