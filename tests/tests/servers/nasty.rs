//! An export of one change of each kind, with signs that would break out of careless quotes.

use std::collections::BTreeMap;

use portico_desks::plan::{Fields, KnownRecords, Pending, PlanInput};
use portico_desks::reader::Database;
use portico_desks::registry;
use portico_desks::writer::{Occasion, Passwords};

/// Signs that end quotes, comments, statements and words somewhere.
pub(crate) const NASTY: &str = "O'Neil\\'; drop table ticket; -- \n/* */ 😀 $(touch x) `id` $$ $portico$ \" %s #\r\t\\";

pub(crate) fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned().into(), (*value).to_owned()))
        .collect::<BTreeMap<_, _>>()
}

pub(crate) fn pending(entity: &str, key: &str, base: Option<Fields>, current: Option<Fields>) -> Pending {
    Pending {
        entity: entity.to_owned(),
        record: String::new(),
        key: key.to_owned(),
        subject: NASTY.to_owned(),
        base,
        current,
    }
}

pub(crate) fn new_login() -> String {
    format!("new {NASTY}").replace(['\n', '\r', '\t'], "")
}

pub(crate) const TYPED: &str = "Žluť-9! o'clock \\";
pub(crate) const INITIAL: &str = "Xk7mQp2wTn4v";

pub(crate) fn passwords() -> Passwords {
    let each = [(new_login(), TYPED), ("ben".to_owned(), INITIAL)];
    each.map(|(login, clear)| (login, clear.to_owned().into())).into()
}

/// One change of each kind, with signs that would break out of careless quotes.
pub(crate) fn input(flavour: &str) -> PlanInput {
    let login = new_login();
    let user = |status: &str, first: &str, email: &str| {
        fields(&[
            ("login", "anna"),
            ("first_name", first),
            ("last_name", "Muster"),
            ("email", email),
            ("account", "ACME"),
            ("status", status),
        ])
    };
    let ben = |status: &str, password: &str| fields(&[("login", "ben"), ("status", status), ("password", password)]);
    let link =
        |group: &str, permission: &str| fields(&[("user", "anna"), ("group", group), ("permission", permission)]);
    PlanInput {
        pending: vec![
            pending(
                "user_group",
                "1",
                None,
                Some(fields(&[("user", &login), ("group", NASTY), ("permission", "rw")])),
            ),
            pending("user_group", "2", Some(link("ext-std", "ro")), None),
            pending("user_group", "3", None, Some(link("users", "rw"))),
            pending(
                "user_account",
                "4",
                None,
                Some(fields(&[("user", "anna"), ("account", NASTY)])),
            ),
            pending(
                "account_group",
                "5",
                None,
                Some(fields(&[
                    ("account", NASTY),
                    ("group", "renamed'"),
                    ("permission", "ro"),
                    ("context", "other"),
                ])),
            ),
            pending(
                "user_service",
                "6",
                None,
                Some(fields(&[("user", "anna"), ("service", "Mail")])),
            ),
            pending(
                "external_user",
                &login,
                None,
                Some(fields(&[
                    ("login", &login),
                    ("first_name", NASTY),
                    ("last_name", "Neu"),
                    ("email", "n@example.com"),
                    ("account", NASTY),
                    ("status", "valid"),
                    ("password", "typed"),
                    ("password_kept", "1"),
                ])),
            ),
            pending(
                "external_user",
                "anna",
                Some(user("valid", "Anna", "anna@example.com")),
                Some(user("valid", NASTY, "anna2@example.com")),
            ),
            pending(
                "external_user",
                "ben",
                Some(ben("valid", "unchanged")),
                Some(ben("invalid-temporarily", "initial")),
            ),
            pending(
                "account",
                NASTY,
                None,
                Some(fields(&[("key", NASTY), ("name", NASTY), ("city", "Ølby")])),
            ),
            pending(
                "permission_group",
                NASTY,
                None,
                Some(fields(&[("name", NASTY), ("description", NASTY)])),
            ),
            pending(
                "permission_group",
                "ext-billing",
                Some(fields(&[("name", "ext-billing"), ("description", "")])),
                Some(fields(&[("name", "renamed'"), ("description", "now so")])),
            ),
        ],
        logins: vec!["anna".to_owned(), "ben".to_owned(), login],
        settings: vec![("Portico::Flavour".to_owned(), format!("\"{flavour}\""))],
        initial_passwords: true,
        known: KnownRecords::new(),
    }
}

pub(crate) fn script(kind: Database, flavour: &str) -> String {
    let writer = registry::writer("otobo").unwrap();
    let plan = writer.plan(&input(flavour));
    assert_eq!(plan.refused, Vec::<String>::new());
    assert_eq!(plan.operations.len(), 13);
    let wanted = format!("portico-{}.sql", kind.name());
    let files = writer.write(&plan, &passwords(), &Occasion::default()).unwrap();
    for file in &files {
        assert!(
            !file.text.contains(TYPED) && !file.text.contains(INITIAL),
            "{} holds it in clear",
            file.name
        );
    }
    files.into_iter().find(|file| file.name == wanted).unwrap().text
}
