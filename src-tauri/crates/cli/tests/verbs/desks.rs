//! What differs from desk to desk: the words of statuses, settings, visitors, interfaces.

use serde_json::{Value, json};

use crate::common::{Desk, Ran, fixture};

#[test]
fn statuses_are_known_by_the_words_of_the_desk() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    desk.ok(&["set", "w.portico", "--user", "a.nowak", "status=Invalid-Temporarily"]);
    assert_eq!(
        desk.json(&["show", "w.portico", "--user", "a.nowak"])["status"],
        "invalid-temporarily"
    );
    let odd = desk.run(&["set", "w.portico", "--user", "a.nowak", "status=Locked"]);
    assert!(odd.code == 2 && odd.err.contains("invalid-temporarily"), "{odd:?}");
}

#[test]
fn settings_are_listed_given_and_forgotten_and_what_does_not_fit_is_refused() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "zoho"]);
    let listed = desk.run(&["settings", "w.portico", "--json"]);
    assert_eq!(
        (listed.code, &listed.json()["unknown"]),
        (1, &json!(["Portal::Access"])),
        "{listed:?}"
    );
    let given = desk.run(&[
        "settings",
        "w.portico",
        "--set",
        "Portal::Access=registered",
        "--set",
        "Portal::Forums=true",
        "--json",
    ]);
    assert_eq!(given.code, 0, "{given:?}");
    let value = |ran: &Ran, name: &str| {
        let all = ran.json()["settings"].as_array().unwrap().clone();
        all.into_iter().find(|s| s["name"] == name).unwrap()["value"].clone()
    };
    assert_eq!(value(&given, "Portal::Access"), "registered");
    assert_eq!(value(&given, "Portal::Forums"), true);
    let forgotten = desk.run(&["settings", "w.portico", "--forget", "Portal::Forums", "--json"]);
    assert_eq!(value(&forgotten, "Portal::Forums"), Value::Null);
    let refused = desk.run(&["settings", "w.portico", "--set", "Portal::Access=some"]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("one of all, registered"), "{refused:?}");
    assert_eq!(desk.run(&["settings", "w.portico", "--set", "Portal::Access"]).code, 2);
    assert!(
        desk.run(&["settings", "w.portico"])
            .out
            .contains("Portal::Scenario::Open::Visitor")
    );
}

#[test]
fn a_workspace_is_made_for_every_desk_and_its_changes_are_kept() {
    for (desk_id, name) in [
        ("daktela", "Daktela"),
        ("elma365", "ELMA365"),
        ("innosoft", "Innosoft FSM"),
        ("otobo", "OTOBO / Znuny"),
        ("zoho", "Zoho Desk"),
    ] {
        let desk = Desk::new();
        assert!(desk.ok(&["init", "w.portico", "--desk", desk_id]).out.contains(name));
        assert_eq!(desk.json(&["plan", "w.portico"])["operations"], json!([]));
    }
    let refused = Desk::new().run(&["init", "w.portico", "--desk", "nowhere"]);
    assert_eq!(refused.code, 3, "{refused:?}");
}

#[test]
fn a_visitor_sees_what_the_desk_shows_without_a_login() {
    for (kind, open) in [
        ("daktela", false),
        ("elma365", false),
        ("innosoft", false),
        ("otobo", false),
        ("zoho", true),
    ] {
        let desk = Desk::new();
        desk.ok(&["init", "w.portico", "--desk", kind, "--sample"]);
        let access = |how: &str| {
            if open {
                desk.run(&[
                    "settings",
                    "w.portico",
                    "--set",
                    &format!("Portal::Access={how}"),
                    "--set",
                    "Portal::LoginToSubmit=false",
                    "--set",
                    "Portal::Forums=true",
                ]);
            }
            desk.run(&["preview", "w.portico", "--visitor", "--json"]).json()
        };
        let told = access("all");
        assert_eq!(told["may_submit"], open, "{kind}: {told}");
        for part in ["KnowledgeBase", "Forums"] {
            assert_eq!(
                told["home"].as_array().unwrap().contains(&part.into()),
                open,
                "{kind}: {told}"
            );
        }
        let shut = access("registered");
        assert_eq!(
            (&shut["may_submit"], &shut["home"]),
            (&false.into(), &serde_json::json!([])),
            "{kind}: {shut}"
        );
        assert!(
            desk.run(&["preview", "w.portico", "--visitor"])
                .out
                .contains("login page only"),
            "{kind}"
        );
    }
}

#[test]
fn lists_of_a_desk_s_interface_come_in_and_a_cut_one_changes_nothing() {
    let desk = Desk::new();
    desk.ok(&["init", "z.portico", "--desk", "zoho"]);
    let from = fixture().with_file_name("zoho-small");
    let first = desk.run(&["import", "z.portico", "--from", from.to_str().unwrap(), "--json"]);
    assert_eq!(first.json()["added"]["external_users"], 4, "{first:?}");
    assert_eq!(first.json()["unknown"], json!([]), "{first:?}");
    let again = desk
        .run(&["import", "z.portico", "--from", from.to_str().unwrap(), "--json"])
        .json();
    assert_eq!(
        (&again["added"], &again["changed"], &again["removed"]),
        (&json!({}), &json!({}), &json!({}))
    );
    assert_eq!(desk.json(&["plan", "z.portico"])["operations"], json!([]));
    desk.write("contacts.json", "{\"data\": [{\"id\": \"1\",\n\"lastName\": \"B");
    let cut = desk.run(&["import", "z.portico", "--from", "contacts.json"]);
    assert_eq!(cut.code, 3, "{cut:?}");
    assert!(cut.err.contains("contacts.json:2: ends too early"), "{cut:?}");
    assert_eq!(desk.json(&["users", "z.portico"])["total"], 4);
}
