//! `import` and `verify` from a database: what is refused, and that no password is repeated anywhere.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{Desk, Ran};

const SECRET: &str = "hunter2-of-the-reader";

fn run(desk: &Desk, arguments: &[&str]) -> Ran {
    let variables = [
        ("PORTICO_DATABASE_PASSWORD", SECRET),
        // The keyring of whoever runs this is left alone.
        ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"),
    ];
    let ran = desk.run_with(arguments, &variables);
    assert!(!format!("{ran:?}").contains(SECRET), "{ran:?}");
    ran
}

#[test]
fn a_password_in_an_address_is_refused_and_not_repeated() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    let from = format!("postgres://reader:{SECRET}@db.example/otobo");
    let ran = run(&desk, &["import", "w.portico", "--from", &from]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.err.contains("a password stands in it") && ran.err.contains("leave it out"),
        "{ran:?}"
    );
}

#[test]
fn a_server_that_is_not_there_is_told_in_words() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    desk.write("password.txt", &format!("{SECRET}\n"));
    for scheme in ["postgres", "mysql"] {
        let from = format!("{scheme}://reader@127.0.0.1:{port}/otobo");
        let ran = run(
            &desk,
            &[
                "import",
                "w.portico",
                "--from",
                &from,
                "--password-file",
                "password.txt",
            ],
        );
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.err.contains("cannot be reached"), "{ran:?}");
    }
    let log = desk.json(&["log", "w.portico"]);
    assert_eq!(log["changes"], serde_json::json!([]), "{log}");
}

#[test]
fn passwords_are_for_databases_and_databases_for_desks_that_have_one() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo"]);
    let ran = run(
        &desk,
        &["import", "w.portico", "--from", "nowhere.zip", "--keep-password"],
    );
    assert_eq!(ran.code, 2, "{ran:?}");
    desk.ok(&["init", "z.portico", "--desk", "zoho"]);
    let ran = run(
        &desk,
        &["import", "z.portico", "--from", "mysql://reader@127.0.0.1/zoho"],
    );
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("Zoho Desk is not read from a database"), "{ran:?}");
}

#[test]
fn nothing_is_applied_unasked_or_where_no_database_is() {
    let desk = Desk::new();
    desk.ok(&["init", "w.portico", "--desk", "otobo", "--sample"]);
    let login = desk.json(&["users", "w.portico", "--limit", "1"])["users"][0]["login"].clone();
    let login = login.as_str().unwrap();
    desk.ok(&["set", "w.portico", "--user", login, "city=Brno"]);
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let to = format!("postgres://writer@127.0.0.1:{port}/otobo");
    // Nobody can be asked here.
    let ran = run(&desk, &["apply", "w.portico", "--to", &to]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("--yes") && ran.out.contains("Brno"), "{ran:?}");
    for more in ["--yes", "--dry-run"] {
        let ran = run(&desk, &["apply", "w.portico", "--to", &to, more]);
        assert_eq!(ran.code, 3, "{ran:?}");
        assert!(ran.err.contains("cannot be reached"), "{ran:?}");
    }
    let ran = run(&desk, &["apply", "w.portico", "--to", "out/", "--yes"]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.err.contains("it is no address"), "{ran:?}");
    let secret = format!("mysql://writer:{SECRET}@127.0.0.1/otobo");
    let ran = run(&desk, &["apply", "w.portico", "--to", &secret, "--yes"]);
    assert!(ran.code == 3 && ran.err.contains("leave it out"), "{ran:?}");
    assert_eq!(desk.json(&["exports", "w.portico"])["exports"], serde_json::json!([]));
    desk.ok(&["init", "z.portico", "--desk", "zoho", "--sample"]);
    let ran = run(&desk, &["apply", "z.portico", "--to", &to, "--yes"]);
    assert!(
        ran.code == 3 && ran.err.contains("writes files for this desk"),
        "{ran:?}"
    );
}
