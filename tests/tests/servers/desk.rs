//! An OTOBO's or Znuny's database with the real OTOBO of `fixtures/otobo-small` in it, and dumps of it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use portico_desks::reader::Database;
use portico_desks::registry;

use super::server::Server;

/// Which of the two desks: they name one table differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    Otobo,
    Znuny,
}

impl Flavour {
    pub(crate) const BOTH: [Self; 2] = [Self::Otobo, Self::Znuny];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Otobo => "otobo",
            Self::Znuny => "znuny",
        }
    }

    pub(crate) fn groups(self) -> &'static str {
        match self {
            Self::Otobo => "groups_table",
            Self::Znuny => "permission_groups",
        }
    }
}

/// Tables with rows, what others refer to first.
const FILLED: [&str; 22] = [
    "valid",
    "groups_table",
    "customer_company",
    "customer_user",
    "customer_preferences",
    "customer_user_customer",
    "group_customer_user",
    "group_customer",
    "service",
    "service_customer_user",
    "sla",
    "follow_up_possible",
    "queue",
    "ticket_type",
    "ticket_state_type",
    "ticket_state",
    "ticket_priority",
    "ticket",
    "article_sender_type",
    "communication_channel",
    "article",
    "article_data_mime",
];

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn words(kind: Database, flavour: Flavour) -> Vec<(&'static str, String)> {
    let stamps = "create_time {time} not null, create_by integer not null references users (id), change_time {time} not null, change_by integer not null references users (id)";
    let own: [(&str, &str); 5] = match kind {
        Database::PostgreSql => [
            ("{id}", "serial primary key"),
            ("{smallid}", "smallserial primary key"),
            ("{bigid}", "bigserial primary key"),
            ("{text}", "text"),
            ("{time}", "timestamp(0)"),
        ],
        Database::MySql => [
            ("{id}", "integer not null auto_increment primary key"),
            ("{smallid}", "smallint not null auto_increment primary key"),
            ("{bigid}", "bigint not null auto_increment primary key"),
            ("{text}", "mediumtext"),
            ("{time}", "datetime"),
        ],
    };
    let mut all = vec![
        ("{stamps}", stamps.to_owned()),
        ("{groups}", flavour.groups().to_owned()),
    ];
    all.extend(own.map(|(word, sql)| (word, sql.to_owned())));
    all.push(("{stamped}", "create_time, create_by, change_time, change_by".to_owned()));
    all.push(("{now}", "current_timestamp, 1, current_timestamp, 1".to_owned()));
    all.push(("{now_}", "current_timestamp".to_owned()));
    all
}

/// A value of a CSV file; a field without quotes and without text is NULL.
fn values(line: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Vec<Option<String>> {
    let mut all = Vec::new();
    loop {
        let quoted = line.next_if_eq(&'"').is_some();
        let mut text = String::new();
        while let Some(c) = line.next_if(|c| quoted || !matches!(c, ',' | '\n')) {
            if quoted && c == '"' && line.next_if_eq(&'"').is_none() {
                break;
            }
            text.push(c);
        }
        all.push((quoted || !text.is_empty()).then_some(text));
        if line.next() != Some(',') {
            return all;
        }
    }
}

fn inserts(kind: Database, flavour: Flavour, table: &str) -> String {
    let text = fs::read_to_string(fixture(&format!("otobo-small/tables/{table}.csv"))).unwrap();
    let name = if table == "groups_table" {
        flavour.groups()
    } else {
        table
    };
    let (head, rows) = text.split_once('\n').unwrap();
    let literal = |value: Option<String>| {
        value.map_or("null".to_owned(), |text| {
            let text = text.replace('\'', "''");
            format!(
                "'{}'",
                if kind == Database::MySql {
                    text.replace('\\', r"\\")
                } else {
                    text
                }
            )
        })
    };
    let (mut out, mut rows) = (String::new(), rows.chars().peekable());
    while rows.peek().is_some() {
        let row: Vec<String> = values(&mut rows).into_iter().map(literal).collect();
        let _ = writeln!(out, "insert into {name} ({head}) values ({});", row.join(", "));
    }
    if kind == Database::PostgreSql && head.starts_with("id,") {
        let _ = writeln!(out, "select setval(pg_get_serial_sequence('{name}', 'id'), 1000);");
    }
    out
}

/// Makes a database with the desk in it.
pub(crate) fn make(server: &Server, name: &str, flavour: Flavour) {
    let collation = match server.kind {
        Database::PostgreSql => "",
        // What OTOBO's own instructions make.
        Database::MySql => " character set utf8mb4 collate utf8mb4_unicode_ci",
    };
    server.run("", &format!("create database {name}{collation};")).unwrap();
    let tables = fs::read_to_string(fixture("otobo-schema/tables.sql")).unwrap();
    let mut world = fs::read_to_string(fixture("otobo-schema/world.sql")).unwrap();
    if server.kind == Database::MySql {
        world = world.replace('\\', r"\\");
    }
    let mut sql = tables;
    for table in FILLED {
        sql.push_str(&inserts(server.kind, flavour, table));
    }
    sql.push_str(&world);
    for (word, meant) in words(server.kind, flavour) {
        sql = sql.replace(word, &meant);
    }
    server.run(name, &sql).unwrap();
}

/// Makes a dump as an admin does: with the script that Portico prints, into a new folder.
pub(crate) fn dump(server: &Server, database: &str, folder: &Path) -> PathBuf {
    let tables = folder.join("tables");
    if tables.exists() {
        fs::remove_dir_all(&tables).unwrap();
    }
    fs::create_dir_all(&tables).unwrap();
    let file = folder.join("portico-dump");
    fs::write(&file, registry::dump_script("otobo", server.kind).unwrap()).unwrap();
    let mut command = match server.kind {
        Database::PostgreSql => {
            let mut command = Command::new("psql");
            command.args(server.arguments(database)).arg("-f").arg(&file);
            command
        }
        Database::MySql => {
            let mut command = Command::new("bash");
            command.arg(&file).args(server.arguments(database));
            command
        }
    };
    let out = command.current_dir(&tables).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    tables
}

/// Everything in the tables that an export may touch, change times included.
pub(crate) fn state(server: &Server, database: &str, flavour: Flavour) -> String {
    let tables = [
        "customer_company",
        "customer_user",
        "customer_user_customer",
        "group_customer_user",
        "group_customer",
        "service",
        "service_customer_user",
        flavour.groups(),
    ];
    let all = tables.iter().map(|table| match server.kind {
        Database::PostgreSql => format!("select string_agg(t::text, '|' order by t::text) from {table} t;\n"),
        Database::MySql => format!("checksum table {table};\n"),
    });
    server.run(database, &all.collect::<String>()).unwrap()
}
