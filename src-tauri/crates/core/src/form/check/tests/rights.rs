//! Custom fields, references and rights of a person.

use super::{Filled, codes, codes_at, good, rules};
use crate::form::check::{Circumstances, Known, KnownRecord, check};
use crate::form::field::{Entity, Kind};

fn known(records: &[(Entity, &str, bool)]) -> Known {
    let record = |(entity, id, has_account): &(Entity, &str, bool)| {
        let record = KnownRecord {
            name: id.to_uppercase(),
            present: *id != "ghost",
            has_account: *has_account,
        };
        ((*entity, (*id).to_owned()), record)
    };
    records.iter().map(record).collect()
}

#[test]
fn custom_fields_are_an_object_of_texts_each_as_long_as_the_desk_takes() {
    let with = |json: &str| codes("zoho", &good("zoho").text("custom", json));
    assert_eq!(with(r#"{"cf_level": "gold", "cf_note": ""}"#), [""; 0]);
    assert_eq!(with("{}"), [""; 0]);
    assert_eq!(with("{"), ["custom: custom"]);
    assert_eq!(with("[1]"), ["custom: custom"]);
    assert_eq!(
        with(r#"{"cf_level": 1, "cf_x": null}"#),
        ["custom: custom_text", "custom: custom_text"]
    );
    let long = format!(r#"{{"cf_level": "{}"}}"#, "ž".repeat(101));
    assert_eq!(with(&long), ["custom: custom_too_long"]);
    assert_eq!(with(&long.replace("žž", "ž")), [""; 0]);
    assert_eq!(with(r#"{"cf_level": "a\u0007"}"#), ["custom: control"]);
    assert_eq!(
        codes("otobo", &good("otobo").text("custom", "{")),
        ["custom: custom"],
        "kept for another desk"
    );
}

#[test]
fn permission_keys_of_the_desks_own_are_kept_and_told() {
    assert_eq!(
        codes("otobo", &good("otobo").right("desk", "ro").right("desk", "rw")),
        [""; 0]
    );
    let own = good("otobo").right("desk", "move_into").right("other", "move_into");
    assert_eq!(codes("otobo", &own), ["groups: permission (warning)"]);
    assert_eq!(
        codes("otobo", &good("otobo").right("desk", "")),
        ["groups: no_permission"]
    );
    for desk in ["elma365", "innosoft", "zoho"] {
        let found = codes(desk, &good(desk).right("desk", "ro"));
        assert_eq!(found, ["groups: permission (warning)"], "{desk}");
        assert_eq!(codes(desk, &good(desk).right("desk", "member")), [""; 0], "{desk}");
    }
    let elsewhere = codes("daktela", &good("daktela").right("desk", "ro"));
    assert_eq!(elsewhere, [""; 0], "kept for another desk");
}

#[test]
fn references_that_are_gone_stop_a_save_and_bare_names_are_told() {
    let known = known(&[
        (Entity::Account, "ACME", false),
        (Entity::Account, "ghost", false),
        (Entity::Contact, "ghost", false),
    ]);
    let at = Circumstances {
        known: Some(&known),
        ..Circumstances::NEW
    };
    let form = good("otobo")
        .list("further_accounts", &["ghost", "nobody", "nobody"])
        .list("contacts", &["ghost"])
        .text("backend", "ldap");
    assert_eq!(
        codes_at("otobo", &form, &at),
        [
            "further_accounts: account_without_record (warning)",
            "further_accounts: no_account",
            "contacts: without_record (warning)",
            "backend: no_backend",
        ]
    );
    // Every kind of reference of every desk is looked at.
    for field in Entity::ExternalUser.fields() {
        if field.kind.refers_to().is_none() {
            continue;
        }
        let form = match field.kind {
            Kind::One(_) => good("otobo").text(field.name, "nobody"),
            Kind::Many(_) => good("otobo").list(field.name, &["nobody"]),
            Kind::Levels(_) => good("otobo").object("nobody", "view"),
            _ => good("otobo").right("nobody", "ro"),
        };
        let found = codes_at("otobo", &form, &at);
        assert!(
            found
                .iter()
                .any(|line| line.starts_with(&format!("{}: no_", field.name))),
            "{}: {found:?}",
            field.name
        );
    }
}

#[test]
fn only_accounts_of_the_person_can_be_seen() {
    let form = good("zoho")
        .list("further_accounts", &["BETA"])
        .list("seen_accounts", &["ACME", "BETA", "GAMMA"]);
    assert_eq!(codes("zoho", &form), ["seen_accounts: seen_account_not_hers"]);
}

#[test]
fn account_switches_need_a_contact_with_an_account() {
    let known = known(&[
        (Entity::Contact, "jo", false),
        (Entity::Contact, "al", true),
        (Entity::Account, "ACME", false),
    ]);
    let at = Circumstances {
        known: Some(&known),
        ..Circumstances::NEW
    };
    let form = good("daktela").on("account_tickets").on("account_contacts");
    assert_eq!(
        codes_at("daktela", &form, &at),
        [
            "account_contacts: no_paired_contact (warning)",
            "account_tickets: no_paired_contact (warning)"
        ]
    );
    let alone = form.clone().list("contacts", &["jo"]);
    assert_eq!(
        codes_at("daktela", &alone, &at),
        [
            "account_contacts: no_paired_account (warning)",
            "account_tickets: no_paired_account (warning)"
        ]
    );
    assert_eq!(codes_at("daktela", &form.list("contacts", &["jo", "al"]), &at), [""; 0]);
    let elsewhere = good("otobo").on("account_tickets");
    assert_eq!(codes_at("otobo", &elsewhere, &at), [""; 0], "a desk without the switch");
}

#[test]
fn rights_without_their_basic_right_are_told() {
    let form = good("innosoft")
        .list("read_addresses", &["hq"])
        .list("write_addresses", &["hq"])
        .text("contact_person", "jo")
        .on("right_machines");
    assert_eq!(
        codes("innosoft", &form),
        [
            "contact_person: no_right_contact_person (warning)",
            "read_addresses: no_right_addresses (warning)",
            "write_addresses: no_right_addresses (warning)",
            "right_machines: machines_without_addresses (warning)",
        ]
    );
    let whole = form.clone().on("right_addresses").on("right_contact_person");
    assert_eq!(codes("innosoft", &whole), [""; 0]);
    assert_eq!(codes("daktela", &form), [""; 0], "a desk without basic rights");
}

#[test]
fn writing_without_reading_is_told_except_at_the_own_address() {
    let form = good("innosoft")
        .on("right_addresses")
        .text("address", "hq")
        .list("write_addresses", &["hq", "plant"]);
    assert_eq!(
        codes("innosoft", &form),
        ["write_addresses: write_without_read (warning)"]
    );
    assert_eq!(codes("innosoft", &form.list("read_addresses", &["plant"])), [""; 0]);
}

#[test]
fn listed_statuses_and_the_restriction_need_each_other() {
    let listed = good("innosoft").list("ticket_states", &["open"]);
    assert_eq!(
        codes("innosoft", &listed),
        ["ticket_states: states_not_restricted (warning)"]
    );
    assert_eq!(codes("innosoft", &listed.on("restrict_states")), [""; 0]);
    let none = good("innosoft").on("restrict_states");
    assert_eq!(codes("innosoft", &none), ["ticket_states: no_states_left (warning)"]);
}

#[test]
fn levels_are_those_there_are_and_one_is_enough() {
    let person = good("elma365").object("app", "view").object("folder", "full");
    assert_eq!(codes("elma365", &person), [""; 0]);
    assert_eq!(
        codes("elma365", &good("elma365").object("app", "export")),
        ["objects: level"]
    );
    let twice = person.object("app", "edit");
    assert_eq!(codes("elma365", &twice), ["objects: level_twice (warning)"]);
    let group = Filled::default()
        .text("name", "Partners")
        .text("status", "valid")
        .object("app", "export");
    let found = check(rules("elma365"), Entity::Group, &group, &Circumstances::NEW);
    assert_eq!(found.len(), 1, "{found:?}");
}
