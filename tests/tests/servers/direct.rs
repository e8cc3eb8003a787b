//! Straight from the database: the same as from a dump, at one moment, in words where it cannot be.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use portico_api::desk as desks;
use portico_api::error::{ApiError, Code};
use portico_api::session::Session;
use portico_api::types::database::DatabaseLogin;
use portico_api::types::passphrase::Secret;
use portico_api::types::transfer::{ImportInput, ImportReport};
use portico_core::actor::Actor;
use portico_core::snapshot::Batch;
use portico_desks::database::Connection;
use portico_desks::database::address::Address;
use portico_desks::reader::{Bodies, Database, ReadOptions};
use portico_desks::registry;

use crate::desk::{self, Flavour, state};
use crate::server::Server;
use crate::workspace::never;

const PASSWORD: &str = "s3cret of the reader: Zlut";

/// Logins that may only read, and one that may not even that.
fn logins(server: &Server) {
    let sql = match server.kind {
        Database::PostgreSql => format!(
            "create role reader login password '{PASSWORD}'; grant pg_read_all_data to reader; create role blind login password '{PASSWORD}';"
        ),
        Database::MySql => format!(
            "create user reader@'%' identified by '{PASSWORD}'; grant select on *.* to reader@'%';
             create user blind@'%' identified by '{PASSWORD}'; grant select on otobo.customer_user to blind@'%'; grant insert on otobo.* to blind@'%';"
        ),
    };
    server.run("", &sql).unwrap();
}

fn address(server: &Server, login: &str, database: &str) -> String {
    let scheme = if server.kind == Database::MySql {
        "mysql"
    } else {
        "postgres"
    };
    format!("{scheme}://{login}@127.0.0.1:{}/{database}", server.port)
}

fn options(server: &Server, database: &str, bodies: Bodies) -> ReadOptions {
    let connection = Connection {
        address: Address::parse(&address(server, "reader", database)).unwrap(),
        password: Some(PASSWORD.to_owned().into()),
    };
    ReadOptions {
        connection: Some(connection),
        bodies,
        ..ReadOptions::default()
    }
}

/// All records of a source as text, by kind; `on` sees each batch as it comes.
fn records(options: ReadOptions, on: &mut dyn FnMut(&Batch)) -> BTreeMap<&'static str, Vec<String>> {
    let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut reader = registry::reader("otobo", options).unwrap();
    let read = reader.read(&mut |batch| {
        on(&batch);
        let mut lines: Vec<String> = format!("{batch:#?}").lines().map(str::to_owned).collect();
        all.entry(batch.kind()).or_default().append(&mut lines);
        Ok(())
    });
    read.unwrap();
    // Links stand in no order.
    for lines in all.values_mut() {
        lines.sort();
    }
    all
}

fn is_the_same_as_a_dump(server: &Server, flavour: Flavour) {
    let (database, folder) = (flavour.name(), tempfile::tempdir().unwrap());
    let tables = desk::dump(server, database, folder.path());
    let before = state(server, database, flavour);
    for bodies in [Bodies::None, Bodies::Short] {
        let dumped = ReadOptions {
            path: tables.clone(),
            database: Some(server.kind),
            bodies,
            ..ReadOptions::default()
        };
        let (dumped, direct) = (
            records(dumped, &mut |_| {}),
            records(options(server, database, bodies), &mut |_| {}),
        );
        assert!(direct["tickets"].len() > 45 && direct["activities"].len() > 99 && direct["user_groups"].len() > 9);
        for (kind, lines) in &dumped {
            assert_eq!(lines, &direct[kind], "{kind}");
        }
        assert_eq!(dumped.len(), direct.len());
    }
    assert_eq!(state(server, database, flavour), before, "reading writes nothing");
    // Onto a workspace that has the dump, nothing is new.
    let session = workspace(folder.path());
    let input = |path: &str| ImportInput {
        path: path.to_owned(),
        settings: None,
        database: Some(server.kind.name().to_owned()),
        bodies: "short".to_owned(),
        dry_run: false,
        table: None,
    };
    desks::import_desk(
        &session,
        &input(&tables.display().to_string()),
        "job",
        &mut |_| {},
        &never(),
    )
    .unwrap();
    let report = import(&session, &address(server, "reader", database), Some(PASSWORD)).unwrap();
    let told = report
        .counts
        .iter()
        .map(|kind| (kind.added, kind.changed, kind.removed));
    assert!(told.clone().all(|counts| counts == (0, 0, 0)), "{:?}", report.counts);
    assert_eq!((report.unknown.is_empty(), report.conflicts), (false, 0));
    assert_eq!(desks::plan(&session).unwrap().operations.len(), 0);
    let login = DatabaseLogin {
        password: Some(Secret::new(PASSWORD.to_owned())),
        keep: false,
    };
    let seen = desks::look_at_database(&session, &address(server, "reader", database), &login).unwrap();
    assert_eq!(
        (seen.product.to_lowercase().as_str(), seen.people, seen.tickets),
        (database, 8, 45)
    );
    let program = if server.kind == Database::MySql {
        "MariaDB "
    } else {
        "PostgreSQL "
    };
    assert!(seen.version.starts_with(program) && !seen.kept, "{seen:?}");
    drop(session);
    for entry in fs::read_dir(folder.path())
        .unwrap()
        .flatten()
        .filter(|e| e.path().is_file())
    {
        let bytes = fs::read(entry.path()).unwrap();
        let holds = bytes
            .windows(PASSWORD.len())
            .any(|window| window == PASSWORD.as_bytes());
        assert!(!holds, "{} holds the password", entry.path().display());
    }
}

/// Without a passphrase: what lay in it could be read.
fn workspace(folder: &Path) -> Session {
    Session::create(&folder.join("plain.portico"), "Ours", "otobo", Actor::named("Ada")).unwrap()
}

fn import(session: &Session, from: &str, password: Option<&str>) -> Result<ImportReport, ApiError> {
    let input = ImportInput {
        path: from.to_owned(),
        settings: None,
        database: None,
        bodies: "short".to_owned(),
        dry_run: false,
        table: None,
    };
    let password = password.map(|text| Secret::new(text.to_owned()));
    desks::import_desk_as(session, &input, password.as_ref(), "job", &mut |_| {}, &never())
}

/// What is written while it is read does not come.
fn is_of_one_moment(server: &Server) {
    let before = records(options(server, "otobo", Bodies::Full), &mut |_| {});
    let mut written = false;
    let during = records(options(server, "otobo", Bodies::Full), &mut |batch| {
        if !written && batch.kind() == "settings" {
            written = true;
            let sql = "update customer_user set city = 'meanwhile'; delete from group_customer_user; delete from article_data_mime; update ticket set title = 'meanwhile';";
            server.run("otobo", sql).unwrap();
        }
    });
    assert!(written);
    assert_eq!(during, before);
    let after = records(options(server, "otobo", Bodies::Full), &mut |_| {});
    assert!(after["tickets"] != before["tickets"] && after["external_users"] != before["external_users"]);
}

fn says_why_it_cannot(server: &Server) {
    let folder = tempfile::tempdir().unwrap();
    let session = workspace(folder.path());
    let nobody = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = nobody.local_addr().unwrap().port();
    drop(nobody);
    let empty = if server.kind == Database::MySql {
        "mysql"
    } else {
        "postgres"
    };
    let here = |login: &str, database: &str| address(server, login, database);
    for (from, password, code, words) in [
        (
            here("reader", "otobo"),
            Some("wr0ng secret"),
            Code::Forbidden,
            "is the password right",
        ),
        (
            here("reader", "otobo"),
            None,
            Code::Forbidden,
            "wants a password of reader",
        ),
        (
            here("nowhere", "otobo"),
            Some(PASSWORD),
            Code::Forbidden,
            "does not let nowhere in",
        ),
        (
            here("reader", "nothing"),
            Some(PASSWORD),
            Code::NotFound,
            "has no database nothing",
        ),
        (
            here("reader", empty),
            Some(PASSWORD),
            Code::NotFound,
            "is this the desk's database",
        ),
        (
            here("blind", "otobo"),
            Some(PASSWORD),
            Code::Forbidden,
            "blind may not read the table",
        ),
        (
            format!("{}?tls=on", here("reader", "otobo")),
            Some(PASSWORD),
            Code::Storage,
            "speaks no TLS",
        ),
        (
            here("reader", "otobo").replace(&server.port.to_string(), &port.to_string()),
            Some(PASSWORD),
            Code::Storage,
            "cannot be reached",
        ),
        (
            here("reader", "otobo").replace("127.0.0.1", "no-such-host.invalid") + "?tls=off",
            Some(PASSWORD),
            Code::Storage,
            "cannot be reached",
        ),
    ] {
        let error = import(&session, &from, password).expect_err(&from);
        let said = format!("{error} {:?} {error:?}", error.detail);
        assert!(error.code == code && said.contains(words), "{from}: {said}");
        assert!(!said.contains(PASSWORD) && !said.contains("wr0ng"), "{said}");
        assert!(error.fields[0].code.starts_with("database."), "{said}");
    }
    assert_eq!(portico_api::history::list_changes(&session, None, 10).unwrap().len(), 0);
}

fn speaks_tls(kind: Database) {
    let Some(server) = Server::start_with_tls(kind) else {
        return;
    };
    desk::make(&server, "otobo", Flavour::Otobo);
    logins(&server);
    if kind == Database::MySql {
        server.run("", "alter user reader@'%' require ssl;").unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let session = workspace(folder.path());
    let own = server.folder.path().join("cert.pem");
    let from = address(&server, "reader", "otobo");
    let refused = |from: &str, words: &str| {
        let error = import(&session, from, Some(PASSWORD)).expect_err(from).to_string();
        assert!(error.contains(words), "{from}: {error}");
    };
    refused(&format!("{from}?tls=on"), "cannot be trusted");
    let named = from.replace("127.0.0.1", "localhost");
    refused(&format!("{named}?tls=on&ca={}", own.display()), "cannot be trusted");
    refused(&format!("{from}?tls=on&ca={}x", own.display()), "cert.pemx");
    // The server lets nobody in who speaks in the open.
    refused(&format!("{from}?tls=off"), "does not let reader in");
    let report = import(&session, &format!("{from}?tls=on&ca={}", own.display()), Some(PASSWORD)).unwrap();
    assert!(
        report
            .counts
            .iter()
            .any(|kind| kind.kind == "external_users" && kind.added == 8),
        "{:?}",
        report.counts
    );
}

fn direct(kind: Database) {
    let Some(server) = Server::start(kind) else { return };
    for flavour in Flavour::BOTH {
        desk::make(&server, flavour.name(), flavour);
    }
    logins(&server);
    for flavour in Flavour::BOTH {
        is_the_same_as_a_dump(&server, flavour);
    }
    says_why_it_cannot(&server);
    is_of_one_moment(&server);
}

#[test]
fn postgresql_is_read_like_its_dump() {
    direct(Database::PostgreSql);
}

#[test]
fn mariadb_is_read_like_its_dump() {
    direct(Database::MySql);
}

#[test]
fn postgresql_is_spoken_to_by_tls() {
    speaks_tls(Database::PostgreSql);
}

#[test]
fn mariadb_is_spoken_to_by_tls() {
    speaks_tls(Database::MySql);
}
