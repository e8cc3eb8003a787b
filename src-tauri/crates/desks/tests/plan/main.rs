//! What is exported, in which order, and what is not; and the console's words.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod console;

use portico_desks::plan::{Fields, Kind, KnownRecords, Pending, Plan, PlanInput};
use portico_desks::registry;
use portico_desks::writer::{Occasion, Passwords};

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned().into(), (*value).to_owned()))
        .collect()
}

fn pending(entity: &str, key: &str, base: Option<Fields>, current: Option<Fields>) -> Pending {
    Pending {
        entity: entity.to_owned(),
        record: String::new(),
        key: key.to_owned(),
        subject: String::new(),
        base,
        current,
    }
}

fn plan(pending: Vec<Pending>) -> Plan {
    let logins = pending
        .iter()
        .filter_map(|p| p.current.as_ref()?.get("login").cloned())
        .collect();
    registry::writer("otobo").unwrap().plan(&PlanInput {
        pending,
        logins,
        settings: Vec::new(),
        initial_passwords: false,
        known: KnownRecords::new(),
    })
}

fn person(login: &str, more: &[(&str, &str)]) -> Fields {
    let mut all = fields(&[
        ("login", login),
        ("first_name", "A"),
        ("last_name", "B"),
        ("email", "a@b.example"),
        ("account", "ACME"),
        ("status", "valid"),
    ]);
    all.extend(fields(more));
    all
}

fn codes(plan: &Plan) -> Vec<&str> {
    plan.not_exported.iter().map(|n| n.code).collect()
}

#[test]
fn operations_come_in_the_order_of_their_dependencies() {
    let link = fields(&[("user", "new"), ("group", "g"), ("permission", "rw")]);
    let plan = plan(vec![
        pending("external_user", "old", Some(person("old", &[])), None),
        pending(
            "user_group",
            "x",
            Some(fields(&[("user", "old"), ("group", "g"), ("permission", "ro")])),
            None,
        ),
        pending("user_group", "y", None, Some(link)),
        pending(
            "external_user",
            "anna",
            Some(person("anna", &[])),
            Some(person("anna", &[("email", "n@b.example")])),
        ),
        pending("external_user", "new", None, Some(person("new", &[]))),
        pending("account", "NEW", None, Some(fields(&[("key", "NEW"), ("name", "New")]))),
        pending("permission_group", "g", None, Some(fields(&[("name", "g")]))),
    ]);
    let order: Vec<_> = plan
        .operations
        .iter()
        .map(|o| (o.kind.name(), o.entity.as_str(), o.target.as_str()))
        .collect();
    assert_eq!(
        order,
        [
            ("create", "permission_group", "groups_table"),
            ("create", "account", "customer_company"),
            ("create", "external_user", "customer_user"),
            ("update", "external_user", "customer_user"),
            ("link", "user_group", "group_customer_user"),
            ("unlink", "user_group", "group_customer_user"),
            ("deactivate", "external_user", "customer_user"),
        ]
    );
    let gone = plan.operations.last().unwrap();
    assert_eq!(
        (gone.old_value("status"), gone.new_value("status")),
        ("valid", "invalid")
    );
    assert!(plan.refused.is_empty());
}

#[test]
fn what_the_desk_cannot_take_is_listed_with_its_reason() {
    let base = person("anna", &[("has_password", "1")]);
    let renamed = person("anna2", &[("has_password", "0"), ("phone", "1")]);
    let plan = plan(vec![
        pending("external_user", "anna", Some(base), Some(renamed)),
        pending(
            "external_user",
            "ghost",
            None,
            Some(person("ghost", &[("present", "0")])),
        ),
        pending(
            "external_user",
            "vanished",
            Some(person("vanished", &[])),
            Some(person("vanished", &[("present", "0")])),
        ),
        pending(
            "external_user",
            "gone",
            Some(person("gone", &[("status", "invalid")])),
            None,
        ),
        pending(
            "account",
            "A",
            Some(fields(&[("key", "A")])),
            Some(fields(&[("key", "B")])),
        ),
        pending("queue", "7", Some(Fields::new()), Some(fields(&[("name", "x")]))),
        // Of a new record only what its form shows: no columns of ours, and nothing that every new one has.
        pending(
            "external_user",
            "new",
            None,
            Some(person(
                "new",
                &[
                    ("id", "0192"),
                    ("login_full", "new"),
                    ("external", "1"),
                    ("language", "de"),
                ],
            )),
        ),
    ]);
    assert_eq!(
        codes(&plan),
        [
            "not_exported.renamed_login",
            "not_exported.password",
            "not_exported.placeholder",
            "not_exported.placeholder",
            "not_exported.deleted",
            "not_exported.renamed_account",
            "not_exported.entity",
            "not_exported.field",
            "not_exported.password_none",
        ]
    );
    assert_eq!(plan.not_exported[7].field, "language");
    let renamed = &plan.not_exported[0];
    assert_eq!(
        (renamed.old.as_deref(), renamed.new.as_deref()),
        (Some("anna"), Some("anna2"))
    );
    let kinds: Vec<_> = plan.operations.iter().map(|o| (o.kind, o.key.as_str())).collect();
    assert_eq!(kinds, [(Kind::Create, "new"), (Kind::Update, "anna")]);
    assert_eq!(
        plan.operations[1].changes.len(),
        1,
        "the rename is not among the changes"
    );
}

#[test]
fn unsafe_exports_are_refused() {
    let long = "x".repeat(101);
    let link = fields(&[("user", &long), ("account", "ACME")]);
    let cases = [
        (
            vec![pending("user_account", "k", None, Some(link.clone()))],
            "101 characters",
        ),
        (
            vec![pending(
                "external_user",
                "a",
                None,
                Some(person("a", &[("title", &"t".repeat(51))])),
            )],
            "title has 51 characters",
        ),
        (
            vec![pending(
                "external_user",
                "a",
                None,
                Some(person("a", &[("description", "a\0b")])),
            )],
            "NUL",
        ),
        (
            vec![pending(
                "external_user",
                "a",
                None,
                Some(person("a", &[("status", "maybe")])),
            )],
            "no status",
        ),
        (
            vec![pending("external_user", "", None, Some(person("", &[])))],
            "no login",
        ),
        (
            vec![
                pending("external_user", "a", None, Some(person("a", &[]))),
                pending("external_user", "A", None, Some(person("A", &[]))),
            ],
            "capitals",
        ),
    ];
    for (pending, words) in cases {
        let plan = plan(pending);
        assert!(
            plan.refused.iter().any(|r| r.contains(words)),
            "{words}: {:?}",
            plan.refused
        );
        assert!(
            registry::writer("otobo")
                .unwrap()
                .write(&plan, &Passwords::new(), &Occasion::default())
                .is_err(),
            "{words}"
        );
    }
    assert!(
        plan(vec![pending("user_account", "k", Some(link), None)])
            .refused
            .is_empty(),
        "a link that ends is harmless"
    );
    let fits = plan(vec![pending(
        "external_user",
        "a",
        None,
        Some(person("a", &[("title", &"ä".repeat(50))])),
    )]);
    assert!(fits.refused.is_empty(), "lengths are counted in characters");
}

/// What an export makes of a password of somebody who is there and of somebody new.
fn fates(more: &[(&str, &str)], settings: &[(&str, &str)], initial_passwords: bool) -> Plan {
    let anna = |password: &str| person("anna", &[("password", password)]);
    let mut now = anna("unchanged");
    now.extend(fields(more));
    let mut new = person("new", &[]);
    new.extend(fields(more));
    let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    registry::writer("otobo").unwrap().plan(&PlanInput {
        pending: vec![
            pending("external_user", "anna", Some(anna("unchanged")), Some(now)),
            pending("external_user", "new", None, Some(new)),
        ],
        logins: vec!["anna".to_owned(), "new".to_owned()],
        settings: settings.iter().map(pair).collect(),
        initial_passwords,
        known: KnownRecords::new(),
    })
}

#[test]
fn a_password_is_set_only_where_there_is_one_to_set() {
    let typed: &[_] = &[("password", "typed"), ("password_kept", "1")];
    let initial: &[_] = &[("password", "initial")];
    let set = |plan: &Plan| -> Vec<String> {
        let those = plan.operations.iter().filter(|operation| operation.sets_password());
        those.map(|operation| operation.key.clone()).collect()
    };
    let plan = fates(typed, &[], false);
    assert_eq!(
        (set(&plan), codes(&plan)),
        (vec!["anna".to_owned(), "new".to_owned()], vec![])
    );
    assert_eq!(plan.operations.last().unwrap().new_value("password"), "typed");
    let error = registry::writer("otobo")
        .unwrap()
        .write(&plan, &Passwords::new(), &Occasion::default())
        .unwrap_err();
    assert!(error.to_string().contains("anna"), "no password, no files: {error}");
    assert_eq!(set(&fates(initial, &[], true)).len(), 2);

    let in_clear: &[_] = &[("Customer::AuthModule::DB::CryptType", "\"plain\"")];
    for (more, settings, code) in [
        (&[("password", "typed")][..], &[][..], "password_gone"),
        (initial, &[], "password_initial"),
        (typed, in_clear, "password_plain"),
        (&[("password", "invitation")], &[], "password_way"),
    ] {
        let plan = fates(more, settings, false);
        let code = format!("not_exported.{code}");
        assert_eq!((set(&plan), codes(&plan)), (vec![], vec![code.as_str(), &code]));
    }
}
