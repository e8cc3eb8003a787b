//! The scripts on real servers: apply, apply again, and stop where something drifted. Skipped, with the
//! reason printed, where a server cannot be started.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test may panic and explain itself"
)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use portico_core::snapshot::Batch;
use portico_desks::plan::{Fields, KnownRecords, Pending, PlanInput};
use portico_desks::reader::{Database, ReadOptions};
use portico_desks::registry;
use portico_desks::writer::{Occasion, Passwords};
use tempfile::TempDir;

/// Signs that end quotes, comments, statements and words somewhere.
const NASTY: &str = "O'Neil\\'; drop table ticket; -- \n/* */ 😀 $(touch x) `id` $$ $portico$ \" %s #\r\t\\";

fn on_path(name: &str) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    folders.extend([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/lib/postgresql/15/bin")]);
    folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn number(arguments: &[&str]) -> Option<u32> {
    let out = Command::new("id")
        .args(arguments)
        .output()
        .ok()
        .filter(|out| out.status.success())?;
    String::from_utf8(out.stdout).ok()?.trim().parse().ok()
}

/// Servers refuse to run as root: this gives the system user's ids.
fn demoted(user: &str) -> Option<(u32, u32)> {
    if number(&["-u"])? != 0 {
        return None;
    }
    Some((number(&["-u", user])?, number(&["-g", user])?))
}

fn command(program: &Path, as_user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    if let Some((uid, gid)) = as_user {
        command.uid(uid).gid(gid);
    }
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .env_remove("PGOPTIONS");
    command
}

/// A running server of either kind, stopped when dropped.
struct Server {
    kind: Database,
    child: Child,
    folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(kind: Database) -> Option<Self> {
        let server = match kind {
            Database::PostgreSql => Self::postgresql(),
            Database::MySql => Self::mariadb(),
        };
        match server {
            Ok(server) => Some(server),
            Err(reason) => {
                eprintln!("SKIPPED: no {} server can be started here ({reason})", kind.name());
                None
            }
        }
    }

    fn folder(user: &str) -> Result<(TempDir, Option<(u32, u32)>), String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        let ids = demoted(user);
        if number(&["-u"]) == Some(0) {
            let (uid, gid) = ids.ok_or(format!("running as root and there is no user {user}"))?;
            std::os::unix::fs::chown(folder.path(), Some(uid), Some(gid)).map_err(|e| e.to_string())?;
        }
        Ok((folder, ids))
    }

    fn postgresql() -> Result<Self, String> {
        let initdb = on_path("initdb").ok_or("no initdb")?;
        let postgres = on_path("postgres").ok_or("no postgres")?;
        on_path("psql").ok_or("no psql")?;
        let (folder, ids) = Self::folder("postgres")?;
        let data = folder.path().join("data");
        let made = command(&initdb, ids)
            .args(["-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C.UTF-8", "-D"])
            .arg(&data)
            .status();
        if !made.is_ok_and(|status| status.success()) {
            return Err("initdb failed".to_owned());
        }
        let child = command(&postgres, ids)
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder.path())
            .args(["-c", "listen_addresses=", "-c", "fsync=off"])
            .spawn()
            .map_err(|e| e.to_string())?;
        Self {
            kind: Database::PostgreSql,
            child,
            folder,
        }
        .ready()
    }

    fn mariadb() -> Result<Self, String> {
        let install = on_path("mariadb-install-db").ok_or("no mariadb-install-db")?;
        let daemon = on_path("mariadbd").ok_or("no mariadbd")?;
        on_path("mysql").ok_or("no mysql")?;
        let (folder, ids) = Self::folder("mysql")?;
        let data = folder.path().join("data");
        let datadir = format!("--datadir={}", data.display());
        let made = command(&install, ids)
            .args([
                "--no-defaults",
                &datadir,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ])
            .status();
        if !made.is_ok_and(|status| status.success()) {
            return Err("mariadb-install-db failed".to_owned());
        }
        let child = command(&daemon, ids)
            .args([
                "--no-defaults",
                &datadir,
                "--skip-networking",
                "--innodb-flush-log-at-trx-commit=0",
            ])
            .arg(format!("--socket={}", folder.path().join("s").display()))
            .arg(format!("--pid-file={}", folder.path().join("pid").display()))
            .spawn()
            .map_err(|e| e.to_string())?;
        Self {
            kind: Database::MySql,
            child,
            folder,
        }
        .ready()
    }

    fn ready(self) -> Result<Self, String> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_mins(1) {
            if self.run_in("", &[], "select 1;").is_ok() {
                return Ok(self);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("the server does not answer".to_owned())
    }

    fn arguments(&self, database: &str) -> Vec<String> {
        let folder = self.folder.path().display();
        match self.kind {
            Database::PostgreSql => {
                let database = if database.is_empty() { "postgres" } else { database };
                [
                    "-X",
                    "-q",
                    "-At",
                    "-v",
                    "ON_ERROR_STOP=1",
                    "-U",
                    "desk",
                    "-h",
                    &folder.to_string(),
                    "-d",
                    database,
                ]
                .map(str::to_owned)
                .to_vec()
            }
            Database::MySql => {
                let mut all = vec![
                    "--no-defaults".to_owned(),
                    format!("--socket={folder}/s"),
                    "-uroot".to_owned(),
                ];
                if !database.is_empty() {
                    all.push(database.to_owned());
                }
                all
            }
        }
    }

    fn run_in(&self, database: &str, more: &[&str], sql: &str) -> Result<String, String> {
        let file = self.folder.path().join("script.sql");
        fs::write(&file, sql).unwrap();
        let mut command = match self.kind {
            Database::PostgreSql => {
                let mut command = Command::new("psql");
                command.args(self.arguments(database)).arg("-f").arg(&file);
                if let [options] = more {
                    command.env("PGOPTIONS", options);
                }
                command
            }
            Database::MySql => {
                let mut command = Command::new("mysql");
                command
                    .args(self.arguments(database))
                    .args(["-N", "-B", "--default-character-set=utf8mb4"])
                    .args(more);
                command.stdin(fs::File::open(&file).unwrap());
                command
            }
        };
        let out = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        if out.status.success() {
            Ok(text(&out.stdout))
        } else {
            Err(text(&out.stderr))
        }
    }

    /// A new database with the desk's tables.
    fn desk(&self, name: &str, groups: &str) {
        let (serial, character_set) = match self.kind {
            Database::PostgreSql => ("serial primary key", ""),
            Database::MySql => (
                "integer auto_increment primary key",
                " character set utf8mb4 collate utf8mb4_unicode_ci",
            ),
        };
        self.run_in("", &[], &format!("create database {name}{character_set};"))
            .unwrap();
        let stamps = "create_time timestamp not null, create_by integer not null, change_time timestamp not null, change_by integer not null";
        let sql = include_str!("sql/desk.sql")
            .replace("groups_table", groups)
            .replace("VALUES_STAMPS", "create_time, create_by, change_time, change_by")
            .replace("NOW", "current_timestamp, 1, current_timestamp, 1")
            .replace("STAMPS", stamps)
            .replace("id SERIAL", &format!("id {serial}"));
        self.run_in(name, &[], &sql).unwrap();
    }

    /// The contents of all tables that an export touches, change times included.
    fn state(&self, database: &str, groups: &str) -> String {
        let tables = [
            "customer_company",
            "customer_user",
            "customer_user_customer",
            "group_customer_user",
            "group_customer",
            "service_customer_user",
            groups,
        ];
        let sql: String = tables
            .iter()
            .map(|table| match self.kind {
                Database::PostgreSql => format!("select string_agg(t::text, '|' order by t::text) from {table} t;\n"),
                Database::MySql => format!("checksum table {table};\n"),
            })
            .collect();
        self.run_in(database, &[], &sql).unwrap()
    }

    /// A value's bytes.
    fn value(&self, database: &str, column: &str, from: &str) -> String {
        let sql = match self.kind {
            Database::PostgreSql => {
                format!("select upper(encode(convert_to({column}::text, 'UTF8'), 'hex')) from {from};")
            }
            Database::MySql => format!("select hex(convert({column} using utf8mb4)) from {from};"),
        };
        let hex = self.run_in(database, &[], &sql).unwrap();
        let hex = hex.trim();
        let bytes: Vec<u8> = (0..hex.len() / 2)
            .map(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
            .collect();
        String::from_utf8(bytes).unwrap()
    }

    fn count(&self, database: &str, from: &str) -> u64 {
        self.run_in(database, &[], &format!("select count(*) from {from};"))
            .unwrap()
            .trim()
            .parse()
            .unwrap()
    }
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect::<BTreeMap<_, _>>()
}

fn pending(entity: &str, key: &str, base: Option<Fields>, current: Option<Fields>) -> Pending {
    Pending {
        entity: entity.to_owned(),
        record: String::new(),
        key: key.to_owned(),
        subject: NASTY.to_owned(),
        base,
        current,
    }
}

fn new_login() -> String {
    format!("new {NASTY}").replace(['\n', '\r', '\t'], "")
}

const TYPED: &str = "Žluť-9! o'clock \\";
const INITIAL: &str = "Xk7mQp2wTn4v";

fn passwords() -> Passwords {
    let each = [(new_login(), TYPED), ("ben".to_owned(), INITIAL)];
    each.map(|(login, clear)| (login, clear.to_owned().into())).into()
}

/// One change of each kind, with signs that would break out of careless quotes.
fn input(flavour: &str) -> PlanInput {
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
            pending("user_group", "2", Some(link("support", "ro")), None),
            pending("user_group", "3", None, Some(link("support", "rw"))),
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
                "billing",
                Some(fields(&[("name", "billing"), ("description", "")])),
                Some(fields(&[("name", "renamed'"), ("description", "now so")])),
            ),
        ],
        logins: vec!["anna".to_owned(), "ben".to_owned(), login],
        settings: vec![("Portico::Flavour".to_owned(), format!("\"{flavour}\""))],
        initial_passwords: true,
        known: KnownRecords::new(),
    }
}

fn script(kind: Database, flavour: &str) -> String {
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

fn applies_once_and_stops_at_drift(kind: Database, hostile: &[&[&str]]) {
    let Some(server) = Server::start(kind) else { return };
    for (number, more) in hostile.iter().enumerate() {
        let (flavour, groups) = if number == 0 {
            ("otobo", "groups_table")
        } else {
            ("znuny", "permission_groups")
        };
        let script = script(kind, flavour);
        let db = format!("desk{number}");
        server.desk(&db, groups);
        let before = server.state(&db, groups);

        // Drift: somebody else changed what the plan is about. The first operations have run by then.
        server
            .run_in(
                &db,
                &[],
                "update customer_user set email = 'else@example.com', change_time = change_time where login = 'anna';",
            )
            .unwrap();
        let drifted = server.state(&db, groups);
        assert_ne!(before, drifted);
        let error = server.run_in(&db, more, &script).unwrap_err();
        assert!(error.contains("portico:"), "{error}");
        assert_eq!(server.state(&db, groups), drifted, "a stopped script changes nothing");
        server
            .run_in(
                &db,
                &[],
                "update customer_user set email = 'anna@example.com', change_time = change_time where login = 'anna';",
            )
            .unwrap();
        assert_eq!(server.state(&db, groups), before);

        server.run_in(&db, more, &script).unwrap();
        check_applied(&server, &db, groups);
        let applied = server.state(&db, groups);
        std::thread::sleep(Duration::from_millis(1_100));
        let out = server.run_in(&db, more, &script).unwrap();
        assert_eq!(server.state(&db, groups), applied, "a second run skips everything");
        assert!(
            out.contains(if kind == Database::MySql { "0\t16\t0" } else { "skipped" }),
            "{out}"
        );
        assert!(!out.contains("applied"), "{out}");
    }
    stops_under_force(&server);
}

fn check_applied(server: &Server, db: &str, groups: &str) {
    let value = |column: &str, from: &str| server.value(db, column, from);
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
    assert_eq!(value("pw", "customer_user where login = 'anna'"), "secret", "untouched");
    assert_eq!(value("name", "customer_company where customer_id <> 'ACME'"), NASTY);
    assert_eq!(value("comments", &format!("{groups} where id = 3")), "now so");
    assert_eq!(value("name", &format!("{groups} where id = 3")), "renamed'");
    assert_eq!(value("name", &format!("{groups} where id > 3")), NASTY);
    assert_eq!(
        value("customer_id", "customer_user_customer where user_id = 'anna'"),
        NASTY
    );
    assert_eq!(
        value("permission_context", "group_customer where group_id = 3"),
        "Ticket::CustomerID::Other"
    );
    assert_eq!(
        value("service_id", "service_customer_user where customer_user_login = 'anna'"),
        "1"
    );
    assert_eq!(
        value(
            "permission_key",
            "group_customer_user where user_id = 'anna' and group_id = 2"
        ),
        "rw"
    );
    assert_eq!(
        value(
            "user_id",
            "group_customer_user where group_id > 3 and permission_key = 'rw' and permission_value = 1"
        ),
        new_login()
    );
    assert_eq!(
        server.count(db, "group_customer_user"),
        3,
        "both copies of the old link are gone"
    );
    assert_eq!(server.count(db, "ticket"), 1, "nothing was dropped");
}

/// A client that goes on after errors must not commit a half.
fn stops_under_force(server: &Server) {
    server.desk("forced", "groups_table");
    server
        .run_in(
            "forced",
            &[],
            "update customer_user set email = 'else@example.com' where login = 'anna';",
        )
        .unwrap();
    let before = server.state("forced", "groups_table");
    let script = script(server.kind, "otobo");
    match server.kind {
        Database::MySql => drop(server.run_in("forced", &["--force"], &script)),
        Database::PostgreSql => drop(server.run_in("forced", &[], &format!("\\set ON_ERROR_STOP off\n{script}"))),
    }
    assert_eq!(server.state("forced", "groups_table"), before);
}

#[test]
fn postgresql_applies_once_and_stops_at_drift() {
    applies_once_and_stops_at_drift(Database::PostgreSql, &[&[], &["-c standard_conforming_strings=off"]]);
}

#[test]
fn mariadb_applies_once_and_stops_at_drift() {
    let modes = "--init-command=set session sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,ORACLE'";
    applies_once_and_stops_at_drift(Database::MySql, &[&[], &[modes]]);
}

#[test]
fn a_login_that_is_there_in_other_capitals_stops_the_script() {
    for kind in [Database::PostgreSql, Database::MySql] {
        let Some(server) = Server::start(kind) else { continue };
        server.desk("desk", "groups_table");
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
        let script = files.iter().find(|f| f.name.contains(kind.name())).unwrap();
        let error = server.run_in("desk", &[], &script.text).unwrap_err();
        assert!(error.contains("in capitals"), "{error}");
        assert_eq!(server.count("desk", "customer_user"), 2);
    }
}

#[test]
fn the_dump_scripts_make_dumps_that_can_be_read() {
    for kind in [Database::PostgreSql, Database::MySql] {
        let Some(server) = Server::start(kind) else { continue };
        for groups in ["groups_table", "permission_groups"] {
            server.desk(groups, groups);
            let body = "insert into article_data_mime (article_id, a_from, a_subject, a_body) values (1, 'anna', 'tab\tand \\\\ line', 'one\ntwo');";
            server.run_in(groups, &[], body).unwrap();
            let folder = tempfile::tempdir().unwrap();
            let (name, program) = if kind == Database::MySql {
                ("../dump.sh", "bash")
            } else {
                ("../dump.sql", "psql")
            };
            let file = folder.path().join(name.trim_start_matches("../"));
            fs::write(&file, registry::dump_script("otobo", kind).unwrap()).unwrap();
            let tables = folder.path().join("tables");
            fs::create_dir(&tables).unwrap();
            let mut command = Command::new(program);
            command.current_dir(&tables);
            match kind {
                Database::MySql => command.arg(&file).args(server.arguments(groups)),
                Database::PostgreSql => command.args(server.arguments(groups)).arg("-f").arg(&file),
            };
            let out = command.output().unwrap();
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            check_dump(&tables, groups);
        }
    }
}

fn check_dump(tables: &Path, groups: &str) {
    let whole: String = fs::read_dir(tables)
        .unwrap()
        .map(|e| fs::read_to_string(e.unwrap().path()).unwrap())
        .collect();
    assert!(!whole.contains("secret"), "a password has left the server");
    let mut reader = registry::reader(
        "otobo",
        ReadOptions {
            path: tables.to_owned(),
            ..ReadOptions::default()
        },
    )
    .unwrap();
    let (mut people, mut texts, mut settings) = (Vec::new(), Vec::new(), Vec::new());
    reader
        .read(&mut |batch| {
            match batch {
                Batch::ExternalUsers(all) => people.extend(all.into_iter().map(|u| (u.login, u.has_password))),
                Batch::Activities(all) => texts.extend(all.into_iter().map(|a| (a.position, a.body))),
                Batch::Settings(all) => settings.extend(all.into_iter().map(|s| (s.name, s.value))),
                _ => {}
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(
        people,
        [("anna".to_owned(), Some(true)), ("ben".to_owned(), Some(false))]
    );
    assert_eq!(texts, [(1, Some("one\ntwo".to_owned()))]);
    let flavour = if groups == "groups_table" {
        "\"otobo\""
    } else {
        "\"znuny\""
    };
    assert!(settings.contains(&("Portico::Flavour".to_owned(), flavour.to_owned())));
    assert!(settings.contains(&("CustomerGroupSupport".to_owned(), "true".to_owned())));
}
