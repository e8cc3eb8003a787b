//! The fields of a person, one rule after the other.

use super::{Filled, codes, codes_at, good, rules};
use crate::form::check::Circumstances;
use crate::form::registry;
use crate::model::Validity;

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
