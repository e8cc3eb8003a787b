//! The scripts: apply, apply again, and stop where something drifted, whatever the session is set to.

use std::time::Duration;

use portico_desks::plan::{KnownRecords, PlanInput};
use portico_desks::reader::Database;
use portico_desks::registry;
use portico_desks::writer::{Occasion, Passwords};

use crate::desk::{self, Flavour, state};
use crate::dumps;
use crate::nasty::{INITIAL, NASTY, TYPED, fields, new_login, pending, script};
use crate::server::Server;

/// A value's bytes.
fn value(server: &Server, database: &str, column: &str, from: &str) -> String {
    let sql = match server.kind {
        Database::PostgreSql => {
            format!("select upper(encode(convert_to({column}::text, 'UTF8'), 'hex')) from {from};")
        }
        Database::MySql => format!("select hex(convert({column} using utf8mb4)) from {from};"),
    };
    let hex = server.run(database, &sql).unwrap();
    let hex = hex.trim();
    let bytes: Vec<u8> = (0..hex.len() / 2)
        .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
        .collect();
    String::from_utf8(bytes).unwrap()
}

const ELSE: &str = "update customer_user set email = 'else@example.com' where login = 'anna';";
const BACK: &str = "update customer_user set email = 'anna@example.com' where login = 'anna';";

fn applies_once_and_stops_at_drift(kind: Database, hostile: [&[&str]; 2]) {
    let Some(server) = Server::start(kind) else { return };
    for (flavour, more) in Flavour::BOTH.into_iter().zip(hostile) {
        let script = script(kind, flavour.name());
        let db = flavour.name();
        desk::make(&server, db, flavour);
        dumps::can_be_read(&server, db, flavour);
        let before = state(&server, db, flavour);

        // Drift: somebody else changed what the plan is about. The first operations have run by then.
        server.run(db, ELSE).unwrap();
        let drifted = state(&server, db, flavour);
        assert_ne!(before, drifted);
        let error = server.run_with(db, more, &script).unwrap_err();
        assert!(error.contains("portico:"), "{error}");
        assert_eq!(state(&server, db, flavour), drifted, "a stopped script changes nothing");
        // A client that goes on after errors must not commit a half.
        match kind {
            Database::MySql => drop(server.run_with(db, &["--force"], &script)),
            Database::PostgreSql => drop(server.run(db, &format!("\\set ON_ERROR_STOP off\n{script}"))),
        }
        assert_eq!(state(&server, db, flavour), drifted, "nor one that is forced");
        server.run(db, BACK).unwrap();
        assert_eq!(state(&server, db, flavour), before);

        server.run_with(db, more, &script).unwrap();
        check_applied(&server, db, flavour.groups());
        let applied = state(&server, db, flavour);
        std::thread::sleep(Duration::from_millis(1_100));
        let out = server.run_with(db, more, &script).unwrap();
        assert_eq!(state(&server, db, flavour), applied, "a second run skips everything");
        assert!(
            out.contains(if kind == Database::MySql { "0\t16\t0" } else { "skipped" }),
            "{out}"
        );
        assert!(!out.contains("applied"), "{out}");
    }
    capitals_stop_the_script(&server);
}

fn check_applied(server: &Server, db: &str, groups: &str) {
    let value = |column: &str, from: &str| value(server, db, column, from);
    assert_eq!(value("first_name", "customer_user where login = 'anna'"), NASTY);
    assert_eq!(
        value("email", "customer_user where login = 'anna'"),
        "anna2@example.com"
    );
    assert_eq!(value("valid_id", "customer_user where login = 'ben'"), "3");
    assert_eq!(value("login", "customer_user where last_name = 'Neu'"), new_login());
    assert_eq!(value("customer_id", "customer_user where last_name = 'Neu'"), NASTY);
    assert_eq!(value("create_by", "customer_user where last_name = 'Neu'"), "1");
    // The server's own digest of the password, from its bytes.
    for (clear, whose) in [(TYPED, "last_name = 'Neu'"), (INITIAL, "login = 'ben'")] {
        let hex = clear
            .bytes()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let digest = match server.kind {
            Database::PostgreSql => format!("encode(sha256('\\x{hex}'::bytea), 'hex')"),
            Database::MySql => format!("sha2(X'{hex}', 256)"),
        };
        let fits = format!("customer_user where {whose} and pw = {digest}");
        assert_eq!(server.count(db, &fits), 1, "{whose}");
    }
    assert_eq!(
        value("pw", "customer_user where login = 'anna'"),
        "kept-hash",
        "untouched"
    );
    assert_eq!(
        value("name", "customer_company where city = 'Ølby' and customer_id <> 'ACME'"),
        NASTY
    );
    assert_eq!(value("comments", &format!("{groups} where id = 5")), "now so");
    assert_eq!(value("name", &format!("{groups} where id = 5")), "renamed'");
    assert_eq!(value("name", &format!("{groups} where id > 6")), NASTY);
    assert_eq!(
        value("customer_id", "customer_user_customer where user_id = 'anna'"),
        NASTY
    );
    assert_eq!(
        value(
            "permission_context",
            "group_customer where group_id = 5 and customer_id <> 'ACME'"
        ),
        "Ticket::CustomerID::Other"
    );
    assert_eq!(
        value(
            "service_id",
            "service_customer_user where customer_user_login = 'anna' and service_id <> 2"
        ),
        "1"
    );
    assert_eq!(
        value(
            "permission_key",
            "group_customer_user where user_id = 'anna' and group_id = 1"
        ),
        "rw"
    );
    assert_eq!(
        value(
            "user_id",
            "group_customer_user where group_id > 6 and permission_key = 'rw' and permission_value = 1"
        ),
        new_login()
    );
    assert_eq!(
        server.count(db, "group_customer_user where user_id = 'anna' and group_id = 4"),
        1,
        "both copies of the old link are gone"
    );
    assert_eq!(server.count(db, "ticket"), 45, "nothing was dropped");
}

/// Capitals do not tell logins apart.
fn capitals_stop_the_script(server: &Server) {
    let person = fields(&[
        ("login", "ANNA"),
        ("first_name", "A"),
        ("last_name", "B"),
        ("email", "a@b.example"),
        ("account", "ACME"),
    ]);
    let input = PlanInput {
        initial_passwords: false,
        known: KnownRecords::new(),
        pending: vec![pending("external_user", "ANNA", None, Some(person))],
        logins: vec!["ANNA".to_owned()],
        settings: vec![],
    };
    let writer = registry::writer("otobo").unwrap();
    let files = writer
        .write(&writer.plan(&input), &Passwords::new(), &Occasion::default())
        .unwrap();
    let script = files.iter().find(|f| f.name.contains(server.kind.name())).unwrap();
    let before = server.count("otobo", "customer_user");
    let error = server.run("otobo", &script.text).unwrap_err();
    assert!(error.contains("in capitals"), "{error}");
    assert_eq!(server.count("otobo", "customer_user"), before);
}

#[test]
fn postgresql_applies_once_and_stops_at_drift() {
    applies_once_and_stops_at_drift(Database::PostgreSql, [&[], &["-c standard_conforming_strings=off"]]);
}

#[test]
fn mariadb_applies_once_and_stops_at_drift() {
    let modes = "--init-command=set session sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,ORACLE'";
    applies_once_and_stops_at_drift(Database::MySql, [&[], &[modes]]);
}
