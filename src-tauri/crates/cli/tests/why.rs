//! `why` as a program, on the samples: what the preview says of replies, comments and activities is what it explains.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, answer_files};
use serde_json::{Value, json};

fn sample(kind: &str) -> (Desk, Value) {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", kind, "--sample"]);
    let everybody = desk.run(&["preview", "w.portico", "--all", "--json"]).json();
    (desk, everybody)
}

fn why(desk: &Desk, login: &str, number: &str) -> Value {
    let asked = ["why", "w.portico", "--user", login, "--ticket", number, "--json"];
    desk.run(&asked).json()
}

/// The first ticket that somebody can open and that is like this, with what the preview says of it.
fn opened(everybody: &Value, like: impl Fn(&Value) -> bool) -> (&str, &str, &Value) {
    let people = everybody.as_object().unwrap().iter();
    let mut all = people.flat_map(|(login, preview)| {
        let tickets = preview["openable"].as_object().unwrap().iter();
        tickets.map(move |(number, how)| (login.as_str(), number.as_str(), how))
    });
    all.find(|(.., how)| like(how)).unwrap()
}

#[test]
fn a_comment_is_a_question_of_its_own_where_the_desk_has_comments() {
    let (desk, everybody) = sample("daktela");
    for may in [true, false] {
        let (login, number, _) = opened(&everybody, |how| (how["comment"] == true) == may);
        let why = why(&desk, login, number);
        assert_eq!(why["comment"], may, "{why}");
        let tree = &why["trees"]["comment"];
        assert_eq!(tree["id"], "daktela.comment");
        assert_eq!(tree["verdict"], if may { "passed" } else { "blocked" });
        assert_eq!(tree["standing"], "D");
        let text = desk.ok(&["why", "w.portico", "--user", login, "--ticket", number]).out;
        assert!(
            text.contains(if may { "\ncomment: yes" } else { "\ncomment: no" }),
            "{text}"
        );
    }
    let why = why(&Desk::with_otobo(&answer_files()[0]), "anna", "2026000001");
    assert!(
        why.get("comment").is_none() && why["trees"].get("comment").is_none(),
        "{why}"
    );
}

#[test]
fn where_nobody_may_reply_a_rule_says_so() {
    for (kind, rule, standing) in [("daktela", "daktela.reply", "D"), ("elma365", "elma365.reply", "A")] {
        let (desk, everybody) = sample(kind);
        let (login, number, how) = opened(&everybody, |_| true);
        assert_eq!(how["reply"], false);
        let why = why(&desk, login, number);
        let tree = &why["trees"]["reply"];
        assert_eq!(
            (&why["reply"], &tree["id"], &tree["verdict"], &tree["standing"]),
            (&json!(false), &json!(rule), &json!("blocked"), &json!(standing))
        );
        assert!(tree["text"].as_str().unwrap().contains("reply"), "{tree}");
    }
}

#[test]
fn each_activity_is_told_with_the_rule_that_shows_or_hides_it_and_without_a_word_of_it() {
    for (kind, shown, hidden) in [
        ("daktela", "daktela.activity.email", "daktela.activity.comment.marked"),
        ("elma365", "elma365.activity", ""),
        ("innosoft", "innosoft.activity", "innosoft.activity"),
        ("zoho", "zoho.activity", "zoho.activity"),
    ] {
        let (desk, everybody) = sample(kind);
        let mut seen = [false, false];
        let mut said = 0;
        let people = everybody.as_object().unwrap().iter();
        let opened = people.flat_map(|(login, preview)| {
            let tickets = preview["openable"].as_object().unwrap().iter();
            tickets.map(move |(number, how)| (login, number, how))
        });
        for (login, number, how) in opened.step_by(7).take(12) {
            let why = why(&desk, login, number);
            let all = why["activities"].as_array().unwrap();
            said += all.len();
            let positions = |wanted: bool, simplified: bool| -> Value {
                let of = all
                    .iter()
                    .filter(|one| one["shown"] == wanted && one["simplified"] == simplified);
                of.map(|one| one["position"].clone()).collect()
            };
            assert_eq!(how["activities"], positions(true, false), "{kind} {login} {number}");
            let simplified = how.get("simplified").cloned().unwrap_or_else(|| json!([]));
            assert_eq!(simplified, positions(true, true), "{kind} {login} {number}");
            for one in all {
                seen[0] |= one["shown"] == true && one["rule"] == shown;
                seen[1] |= one["shown"] == false && one["rule"] == hidden;
                assert!(
                    ["body", "subject", "from"].iter().all(|key| one.get(key).is_none()),
                    "{one}"
                );
            }
        }
        assert!(said > 12, "{kind}: {said}");
        assert_eq!(seen, [true, !hidden.is_empty()], "{kind}");
    }
}
