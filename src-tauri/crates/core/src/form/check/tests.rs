#![allow(clippy::unwrap_used, reason = "a test may panic")]
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Circumstances, Form, Known, KnownRecord, Value, check, check_password};
use crate::form::field::{Entity, Kind};
use crate::form::{FormRules, registry};
use crate::model::Validity;

/// A form of texts, flags (`on`) and lists.
#[derive(Debug, Clone, Default)]
struct Filled {
    texts: BTreeMap<&'static str, String>,
    flags: Vec<&'static str>,
    lists: BTreeMap<&'static str, Vec<String>>,
    rights: Vec<(&'static str, &'static str)>,
    objects: Vec<(&'static str, &'static str)>,
}

impl Filled {
    fn text(mut self, field: &'static str, text: &str) -> Self {
        self.texts.insert(field, text.to_owned());
        self
    }

    fn on(mut self, field: &'static str) -> Self {
        self.flags.push(field);
        self
    }

    fn list(mut self, field: &'static str, ids: &[&str]) -> Self {
        self.lists.insert(field, ids.iter().map(ToString::to_string).collect());
        self
    }

    fn right(mut self, of: &'static str, key: &'static str) -> Self {
        self.rights.push((of, key));
        self
    }

    fn object(mut self, of: &'static str, level: &'static str) -> Self {
        self.objects.push((of, level));
        self
    }
}

impl Form for Filled {
    fn value(&self, field: &str) -> Value<'_> {
        match field {
            "groups" => Value::Rights(self.rights.clone()),
            "objects" => Value::Rights(self.objects.clone()),
            _ if self.flags.contains(&field) => Value::Flag(true),
            _ => match (self.texts.get(field), self.lists.get(field)) {
                (Some(text), _) => Value::Text(text),
                (None, Some(list)) => Value::List(list),
                (None, None) => Value::Text(""),
            },
        }
    }
}

fn rules(desk: &str) -> &'static FormRules {
    registry::rules(desk).unwrap()
}

/// A complete person of a desk, in force for those that have no steps.
fn good(desk: &str) -> Filled {
    let rules = rules(desk);
    Filled::default()
        .text("title", "Anna Muster")
        .text("login", "anna")
        .text("first_name", "Anna")
        .text("last_name", "Muster")
        .text("email", "anna@a.example")
        .text("account", "ACME")
        .text("status", rules.status.first.name())
        .text("password", "unchanged")
}

fn codes_at(desk: &str, form: &Filled, at: &Circumstances<'_>) -> Vec<String> {
    check(rules(desk), Entity::ExternalUser, form, at)
        .into_iter()
        .map(|p| {
            let mark = if p.warning { " (warning)" } else { "" };
            let code = p.code.strip_prefix("problem.").unwrap();
            format!("{}: {code}{mark}", p.field)
        })
        .collect()
}

fn codes(desk: &str, form: &Filled) -> Vec<String> {
    codes_at(desk, form, &Circumstances::NEW)
}

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
fn a_complete_person_of_each_desk_has_no_problem() {
    for desk in registry::DESKS {
        assert_eq!(codes(desk, &good(desk)), [""; 0], "{desk}");
    }
}

#[test]
fn each_desk_asks_for_what_it_must_have() {
    let missing = |desk: &str| {
        let bare = Filled::default()
            .text("status", rules(desk).status.first.name())
            .text("password", "unchanged");
        let found = codes(desk, &bare);
        let fields = found
            .iter()
            .map(|line| line.strip_suffix(": missing").unwrap_or(line).to_owned());
        fields.collect::<Vec<_>>()
    };
    assert_eq!(
        missing("otobo"),
        ["first_name", "last_name", "login", "email", "account"]
    );
    assert_eq!(missing("daktela"), ["title", "login"]);
    assert_eq!(missing("elma365"), ["first_name", "last_name", "login", "email"]);
    assert_eq!(missing("innosoft"), ["last_name", "login"]);
    assert_eq!(missing("zoho"), ["last_name"]);
}

#[test]
fn what_the_desk_has_without_it_is_only_worth_a_warning() {
    let form = good("otobo").text("email", "");
    let full = good("otobo");
    let at = |saved| Circumstances {
        saved: Some(saved),
        desk_key: Some("anna"),
        ..Circumstances::NEW
    };
    assert_eq!(codes("otobo", &form), ["email: missing"]);
    assert_eq!(codes_at("otobo", &form, &at(&form)), ["email: missing (warning)"]);
    assert_eq!(codes_at("otobo", &form, &at(&full)), ["email: missing"], "emptied here");
    let nobody = good("otobo").text("login", "");
    let at = Circumstances {
        desk_key: Some(""),
        ..at(&nobody)
    };
    assert_eq!(codes_at("otobo", &nobody, &at), ["login: missing"]);
}

#[test]
fn lengths_are_counted_in_characters_and_by_the_desks_own_limits() {
    for (desk, field, max) in [
        ("otobo", "phone", 150),
        ("otobo", "zip", 200),
        ("otobo", "description", 250),
        ("zoho", "first_name", 40),
        ("zoho", "country", 30),
        ("zoho", "twitter", 100),
    ] {
        let fits = good(desk).text(field, &"ž".repeat(max));
        assert_eq!(codes(desk, &fits), [""; 0], "{desk} {field}");
        let long = good(desk).text(field, &"ž".repeat(max + 1));
        assert_eq!(codes(desk, &long), [format!("{field}: too_long")], "{desk}");
    }
}

#[test]
fn control_characters_broken_addresses_and_letters_in_digits_are_named() {
    let form = good("otobo")
        .text("first_name", "An\u{0}na")
        .text("email", "anna at a.example");
    assert_eq!(codes("otobo", &form), ["first_name: control", "email: email"]);
    let lines = good("otobo").text("description", "one\n\ttwo");
    assert_eq!(codes("otobo", &lines), [""; 0]);
    let zip = good("zoho").text("zip", "10 115");
    assert_eq!(codes("zoho", &zip), ["zip: digits"]);
    let second = good("zoho").text("secondary_email", "@nowhere");
    assert_eq!(codes("zoho", &second), ["secondary_email: email"]);
    let spaced = good("otobo").text("login", "anna ");
    assert_eq!(codes("otobo", &spaced), ["login: spaces"]);
}

#[test]
fn what_is_wrong_already_does_not_keep_the_rest_from_being_saved() {
    let form = good("otobo").text("login", " anna").text("email", "nowhere");
    let at = Circumstances {
        saved: Some(&form),
        desk_key: Some(" anna"),
        ..Circumstances::NEW
    };
    assert_eq!(
        codes_at("otobo", &form, &at),
        ["login: spaces (warning)", "email: email (warning)"]
    );
}

#[test]
fn a_long_login_fits_until_it_has_links() {
    let long = good("otobo").text("login", &"a".repeat(101));
    assert_eq!(codes("otobo", &long), [""; 0]);
    let linked = ["login: login_too_long_for_links"];
    assert_eq!(
        codes("otobo", &long.clone().list("further_accounts", &["BETA"])),
        linked
    );
    assert_eq!(codes("otobo", &long.clone().right("desk", "ro")), linked);
    assert_eq!(
        codes("innosoft", &long.right("desk", "member")),
        [""; 0],
        "another desk's tables"
    );
}

#[test]
fn a_login_changes_as_the_desk_lets_it() {
    let (saved, form) = (good("daktela"), good("daktela").text("login", "anna.m"));
    let at = |key| Circumstances {
        saved: Some(&saved),
        desk_key: key,
        ..Circumstances::NEW
    };
    assert_eq!(
        codes_at("daktela", &form, &at(None)),
        ["login: login_fixed"],
        "once saved"
    );
    assert_eq!(codes_at("daktela", &form, &at(Some("anna"))), ["login: login_fixed"]);
    assert_eq!(codes_at("daktela", &saved, &at(Some("anna"))), [""; 0]);
    assert_eq!(
        codes_at("otobo", &form, &at(Some("anna"))),
        ["login: renamed (warning)"]
    );
    assert_eq!(codes_at("otobo", &form, &at(None)), [""; 0], "no desk has it yet");
    for desk in ["innosoft", "zoho", "elma365"] {
        let saved = good(desk);
        let at = Circumstances {
            saved: Some(&saved),
            desk_key: Some("anna"),
            ..Circumstances::NEW
        };
        assert_eq!(
            codes_at(desk, &good(desk).text("login", "anna.m"), &at),
            [""; 0],
            "{desk}"
        );
    }
}

#[test]
fn a_status_must_be_one_of_the_desks_and_the_step_one_it_takes() {
    for desk in registry::DESKS {
        let offered = rules(desk).status.offered;
        for status in ["valid", "invalid", "invalid-temporarily", "not-registered", "dead"] {
            let form = good(desk).text("status", status);
            let has = Validity::from_name(status).is_some_and(|v| offered.contains(&v));
            let found = codes(desk, &form);
            let first = rules(desk).status.steps.is_empty() || rules(desk).status.first.name() == status;
            let expected: &[&str] = match (has, first) {
                (false, _) => &["status: status"],
                (true, false) => &["status: status_first"],
                (true, true) => &[],
            };
            assert_eq!(found, expected, "{desk} {status}");
        }
    }
}

#[test]
fn only_active_people_are_locked_and_only_locked_ones_unlocked() {
    let step = |from: &str, to: &str| {
        let (saved, form) = (good("elma365").text("status", from), good("elma365").text("status", to));
        let at = Circumstances {
            saved: Some(&saved),
            desk_key: Some("anna"),
            ..Circumstances::NEW
        };
        codes_at("elma365", &form, &at).is_empty()
    };
    let all = ["not-registered", "valid", "invalid"];
    let taken: Vec<_> = all
        .iter()
        .flat_map(|from| all.iter().map(move |to| (*from, *to)))
        .filter(|(from, to)| from != to && step(from, to))
        .collect();
    assert_eq!(taken, [("valid", "invalid"), ("invalid", "valid")]);
    assert!(all.iter().all(|same| step(same, same)));
}

#[test]
fn a_status_the_desk_has_not_is_kept_where_it_is_saved() {
    let odd = good("daktela").text("status", "invalid-temporarily");
    let at = Circumstances {
        saved: Some(&odd),
        ..Circumstances::NEW
    };
    assert_eq!(codes_at("daktela", &odd, &at), ["status: status (warning)"]);
}

#[test]
fn the_way_of_a_password_is_one_of_the_desks() {
    for desk in registry::DESKS {
        for way in ["unchanged", "invitation", "initial", "typed", "guess"] {
            let at = Circumstances {
                has_secret: true,
                ..Circumstances::NEW
            };
            let found = codes_at(desk, &good(desk).text("password", way), &at);
            let fits = rules(desk).password.ways.contains(&way);
            let expected: &[&str] = if fits { &[] } else { &["password: password_way"] };
            assert_eq!(found, expected, "{desk} {way}");
        }
    }
    let typed = good("otobo").text("password", "typed");
    assert_eq!(codes("otobo", &typed), ["password: password_not_kept"]);
    let invited = good("zoho").text("password", "invitation").text("email", "");
    assert_eq!(codes("zoho", &invited), ["password: invitation_email"]);
}

#[test]
fn days_are_days_and_an_access_that_should_have_ended_is_told() {
    for desk in registry::DESKS {
        let at = |text: &str| {
            let form = good(desk).text("status", "valid").text("expires", text);
            let saved = good(desk).text("status", "valid");
            let at = Circumstances {
                saved: Some(&saved),
                today: Some(jiff::civil::date(2026, 11, 26)),
                ..Circumstances::NEW
            };
            codes_at(desk, &form, &at)
        };
        for wrong in [
            "tomorrow",
            "2026-02-30",
            "20261126",
            "2026-11-26T10:00",
            " 2026-11-26",
            "26.11.2026",
        ] {
            assert_eq!(at(wrong), ["expires: date"], "{desk} {wrong}");
        }
        assert_eq!(at("2026-11-26"), [""; 0], "{desk}: the last day still counts");
        assert_eq!(at("2026-11-25"), ["expires: expired (warning)"], "{desk}");
    }
    let gone = good("otobo").text("status", "invalid").text("expires", "2020-01-01");
    let at = Circumstances {
        today: Some(jiff::civil::date(2026, 11, 26)),
        ..Circumstances::NEW
    };
    assert_eq!(codes_at("otobo", &gone, &at), [""; 0]);
    assert_eq!(
        codes("otobo", &good("otobo").text("invited", "soon")),
        ["invited: date"]
    );
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

#[test]
fn other_records_are_checked_by_the_same_rules() {
    let at = Circumstances::NEW;
    let codes = |desk: &str, entity, form: &Filled| {
        let found = check(rules(desk), entity, form, &at);
        found
            .into_iter()
            .map(|p| format!("{}: {}", p.field, p.code))
            .collect::<Vec<_>>()
    };
    let valid = Filled::default().text("status", "valid");
    assert_eq!(
        codes("otobo", Entity::Queue, &valid),
        ["name: problem.missing", "group: problem.missing"]
    );
    let queue = valid
        .clone()
        .text("name", "Raw")
        .text("group", "users")
        .text("follow_up", "perhaps");
    assert_eq!(codes("otobo", Entity::Queue, &queue), ["follow_up: problem.choice"]);
    assert_eq!(
        codes("otobo", Entity::TicketState, &valid.clone().text("name", "x")),
        ["kind: problem.missing"]
    );
    assert_eq!(
        codes("daktela", Entity::Contact, &valid),
        ["title: problem.missing", "last_name: problem.missing"]
    );
    assert_eq!(
        codes("innosoft", Entity::Address, &valid),
        ["number: problem.missing", "name: problem.missing"]
    );
    let status = Filled::default().text("name", "x").text("status", "not-registered");
    assert_eq!(codes("zoho", Entity::Group, &status), ["status: problem.status"]);
    let long = valid.text("name", &"x".repeat(101));
    assert_eq!(codes("zoho", Entity::Group, &long), ["name: problem.too_long"]);
}

#[test]
fn a_full_package_of_licences_is_told_when_somebody_would_need_one() {
    let told = |from: Option<&str>, to: &str, free: u32| {
        let saved = from.map(|from| good("elma365").text("status", from));
        let at = Circumstances {
            saved: saved.as_ref().map(|form| form as &dyn Form),
            licences: Some(super::Licences { total: 5, free }),
            ..Circumstances::NEW
        };
        let found = codes_at("elma365", &good("elma365").text("status", to), &at);
        found.iter().any(|line| line == "status: licences_full (warning)")
    };
    assert!(told(None, "not-registered", 0), "nobody new can register");
    assert!(told(Some("invalid"), "valid", 0), "unlocked");
    assert!(!told(Some("invalid"), "valid", 1));
    assert!(!told(Some("valid"), "valid", 0), "has one already");
    assert!(!told(Some("valid"), "invalid", 0), "gives one back");
    assert!(!told(Some("not-registered"), "not-registered", 0));
}

#[test]
fn passwords_are_as_the_desk_wants_them() {
    let found = |desk: &str, clear: &str| {
        let found = check_password(&rules(desk).password, clear);
        found
            .into_iter()
            .map(|p| p.code.replace("problem.password_", ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("daktela", "Ab1!x"), ["short"]);
    assert_eq!(found("daktela", "Ab1!xy"), [""; 0]);
    for weak in ["ab1!xy", "Abc!xy", "Abc1xy", "Abc1 xy"] {
        assert_eq!(found("daktela", weak), ["mixed"], "{weak}");
    }
    assert_eq!(found("daktela", "Žluť1!"), [""; 0], "letters of any language");
    assert_eq!(found("otobo", "a"), [""; 0], "a desk without a rule");
    assert_eq!(found("otobo", ""), ["short"]);
    assert_eq!(found("otobo", "a\nb"), ["control"]);
    let told = format!("{:?}", check_password(&rules("daktela").password, "geheim"));
    assert!(!told.contains("geheim"), "{told}");
}

proptest! {
    /// Whatever stands in a form, the check says the same of what is saved as of itself: nothing saved stops a save
    /// of something else but what no desk can take.
    #[test]
    fn the_check_never_panics_and_names_fields_of_the_form(
        desk in proptest::sample::select(registry::DESKS),
        texts in proptest::collection::btree_map(0usize..60, "\\PC{0,12}", 0..12),
        list in proptest::collection::vec("[a-c]", 0..3),
    ) {
        let fields = Entity::ExternalUser.fields();
        let mut form = good(desk);
        for (n, text) in texts {
            form = form.text(fields[n % fields.len()].name, &text);
        }
        let ids: Vec<&str> = list.iter().map(String::as_str).collect();
        let form = form.list("seen_accounts", &ids).list("contacts", &ids);
        let found = check(rules(desk), Entity::ExternalUser, &form, &Circumstances::NEW);
        let place = |name: &str| fields.iter().position(|field| field.name == name);
        let places: Vec<_> = found.iter().map(|p| place(&p.field)).collect();
        prop_assert!(places.iter().all(Option::is_some));
        prop_assert!(places.is_sorted(), "{found:?}");
        for problem in &found {
            prop_assert!(problem.code.starts_with("problem.") && !problem.message.is_empty());
        }
    }
}
