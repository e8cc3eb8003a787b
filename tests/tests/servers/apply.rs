//! Applied over a connection: what the script does, all or nothing, and the ledger knows it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use portico_api::desk as desks;
use portico_api::error::{ApiError, Code};
use portico_api::types::apply::{ApplyInput, ApplyRefusal, ApplyReport, RefusalReason};
use portico_api::types::ledger::{OperationChoice, Outcome, SettleOperations, VerifyInput, VerifyReport};
use portico_api::types::passphrase::Secret;
use portico_api::types::transfer::InitialPasswords;
use portico_desks::reader::Database;

use crate::change::change_everything;
use crate::desk::Flavour;
use crate::proxy::{self, Breaks};
use crate::round_trip::Scene;
use crate::server::Server;
use crate::workspace::{never, outcomes};

const PASSWORD: &str = "s3cret of the writer: Zlut";

/// A login with the rights that it takes, and no more.
fn login(server: &Server, database: &str) {
    let sql = match server.kind {
        Database::PostgreSql => format!(
            "do $$ begin create role writer login password '{PASSWORD}'; exception when duplicate_object then null; end $$;
             grant select, insert, update, delete on all tables in schema public to writer;
             grant usage on all sequences in schema public to writer;"
        ),
        Database::MySql => format!(
            "create user if not exists writer@'%' identified by '{PASSWORD}';
             grant select, insert, update, delete, create routine, alter routine, execute on {database}.* to writer@'%';"
        ),
    };
    server.run(database, &sql).unwrap();
}

struct Applying<'a> {
    scene: &'a Scene,
    dry_run: bool,
    initial: Option<&'a str>,
    agreed: Option<String>,
    /// Where the server is reached; its own port if nothing stands between.
    port: u16,
    /// Before the operation of this number, from 0.
    at: usize,
    then: &'a dyn Fn(&AtomicBool),
}

impl<'a> Applying<'a> {
    fn to(scene: &'a Scene) -> Self {
        Self {
            scene,
            dry_run: false,
            initial: None,
            agreed: None,
            port: scene.server.port,
            at: usize::MAX,
            then: &|_| {},
        }
    }

    fn run(self) -> Result<ApplyReport, ApiError> {
        let scene = self.scene;
        let list = |name: &str| InitialPasswords {
            path: scene.workspace.path(name).display().to_string(),
            passphrase: Secret::new("correct horse battery staple".to_owned()),
        };
        let input = ApplyInput {
            to: address(scene, self.port),
            initial: self.initial.map(list),
            dry_run: self.dry_run,
            agreed: self.agreed,
        };
        let password = Secret::new(PASSWORD.to_owned());
        let cancelled = never();
        let stop = Arc::clone(&cancelled);
        let result = desks::apply_desk(
            &scene.workspace.session,
            &input,
            Some(&password),
            "job",
            &mut |progress| {
                if usize::try_from(progress.done).unwrap() == self.at {
                    (self.then)(&stop);
                }
            },
            &cancelled,
        );
        assert!(!format!("{result:?}").contains(PASSWORD), "{result:?}");
        result
    }

    fn refused(self) -> ApplyRefusal {
        let report = self.run().unwrap();
        assert_eq!((report.applied, report.export), (0, None));
        report.refused.expect("it is refused")
    }
}

fn address(scene: &Scene, port: u16) -> String {
    let scheme = if scene.server.kind == Database::MySql {
        "mysql"
    } else {
        "postgres"
    };
    format!("{scheme}://writer@127.0.0.1:{port}/{}", scene.database)
}

fn exports(scene: &Scene) -> usize {
    desks::list_exports(&scene.workspace.session).unwrap().len()
}

/// As it was, as soon as the server has taken back what a broken connection left.
fn comes_back_to(scene: &Scene, before: &str) {
    let begun = Instant::now();
    while scene.state() != before && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(scene.state(), before);
}

/// Nothing of the guards stays in the database.
fn is_clean(scene: &Scene) {
    if scene.server.kind == Database::MySql {
        let routines = format!(
            "information_schema.routines where routine_schema = '{}'",
            scene.database
        );
        assert_eq!(scene.server.count("", &routines), 0);
    }
}

fn rehearses(scene: &Scene) {
    let (before, plan) = (scene.state(), scene.workspace.plan());
    let report = Applying {
        dry_run: true,
        initial: Some("no-list.age"),
        ..Applying::to(scene)
    }
    .run()
    .unwrap();
    assert!(report.refused.is_none() && report.dry_run, "{report:?}");
    assert_eq!((report.applied, report.there), (report.operations, 0));
    assert!(report.operations > 50, "{report:?}");
    assert_eq!(scene.state(), before);
    assert_eq!(
        scene.workspace.plan().mark,
        plan.mark,
        "typed passwords are still there"
    );
    assert!(!scene.workspace.path("no-list.age").exists());
    assert_eq!(exports(scene), 0);
    is_clean(scene);
}

fn refuses_what_drifted(scene: &Scene) {
    let run = |sql: &str| scene.server.run(scene.database, &format!("{sql};")).unwrap();
    let unchanged = |there: &str, back: &str, reason, told: [Option<&str>; 4]| {
        let before = scene.state();
        run(there);
        let drifted = scene.state();
        let refused = Applying::to(scene).refused();
        assert_eq!(scene.state(), drifted, "{there}");
        let found = [&refused.field, &refused.expected, &refused.found].map(Option::as_deref);
        let key = Some(refused.key.as_str());
        assert_eq!(
            (refused.reason, [key, found[0], found[1], found[2]]),
            (reason, told),
            "{refused:?}"
        );
        assert!(desks::refusal_in_words(&refused).contains("Nothing was changed"));
        is_clean(scene);
        run(back);
        assert_eq!(scene.state(), before);
    };
    unchanged(
        "update customer_user set city = 'else \"Żż\" neither' where login = 'anna'",
        "update customer_user set city = 'Köln' where login = 'anna'",
        RefusalReason::Value,
        [Some("anna"), Some("city"), Some("Köln"), Some("else \"Żż\" neither")],
    );
    unchanged(
        "update customer_user set valid_id = 3 where login = 'dora'",
        "update customer_user set valid_id = 1 where login = 'dora'",
        RefusalReason::Value,
        [Some("dora"), Some("status"), Some("valid"), Some("invalid-temporarily")],
    );
    unchanged(
        "update customer_user set login = 'ann4' where login = 'anna'",
        "update customer_user set login = 'anna' where login = 'ann4'",
        RefusalReason::Rows,
        [Some("anna"), None, None, Some("0")],
    );
    let groups = scene.flavour.groups();
    unchanged(
        &format!("update {groups} set name = 'else' where name = 'ext-vip'"),
        &format!("update {groups} set name = 'ext-vip' where name = 'else'"),
        RefusalReason::Names,
        [Some("ext-vip"), None, None, None],
    );
    let backslash = if scene.server.kind == Database::MySql {
        r"\\"
    } else {
        r"\"
    };
    unchanged(
        &format!(
            "insert into customer_company (customer_id, name, valid_id, create_time, create_by, change_time, change_by)
             values ('n''e{backslash}w 😀', 'in capitals', 1, current_timestamp, 1, current_timestamp, 1)"
        ),
        "delete from customer_company where name = 'in capitals'",
        RefusalReason::There,
        [Some("N'E\\W 😀"), None, None, None],
    );
    assert_eq!(exports(scene), 0);
}

/// What comes while it works: the end of the connection, a change of mind.
fn refuses_what_comes_between(scene: &Scene) {
    let (server, database) = (&scene.server, scene.database);
    let (before, at) = (scene.state(), scene.workspace.plan().operations.len() - 1);
    let end = |_: &AtomicBool| {
        let sql = match server.kind {
            Database::PostgreSql => {
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'writer';".to_owned()
            }
            Database::MySql => {
                let ids = server
                    .run(
                        "",
                        "select id from information_schema.processlist where user = 'writer';",
                    )
                    .unwrap();
                let kills: Vec<String> = ids.lines().map(|id| format!("kill {id};")).collect();
                kills.concat()
            }
        };
        server.run(database, &sql).unwrap();
    };
    let error = Applying {
        at,
        then: &end,
        ..Applying::to(scene)
    }
    .run()
    .unwrap_err();
    assert!(
        error.code == Code::Storage && error.message.contains("nothing was changed"),
        "{error:?}"
    );
    comes_back_to(scene, &before);

    let error = Applying {
        at,
        then: &|stop| stop.store(true, Ordering::Relaxed),
        ..Applying::to(scene)
    }
    .run()
    .unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
    assert_eq!(scene.state(), before);
    let error = Applying {
        agreed: Some("another plan".to_owned()),
        ..Applying::to(scene)
    }
    .run()
    .unwrap_err();
    assert_eq!(error.code, Code::Stale);
    assert_eq!((scene.state(), exports(scene)), (before, 0));
    is_clean(scene);
}

fn verify(scene: &Scene) -> VerifyReport {
    let input = VerifyInput {
        path: address(scene, scene.server.port),
        database: None,
        export: None,
    };
    let password = Secret::new(PASSWORD.to_owned());
    let session = &scene.workspace.session;
    desks::verify_export_as(session, &input, Some(&password), "job", &mut |_| {}, &never()).unwrap()
}

fn verified(scene: &Scene) {
    let told = verify(scene);
    assert_eq!((told.not_applied, told.drifted), (0, 0), "{:?}", outcomes(&told));
    for one in &told.operations {
        let is_password = one.operation.changes.iter().all(|change| change.field == "password");
        let wanted = if is_password {
            Outcome::Unknown
        } else {
            Outcome::Applied
        };
        assert_eq!(one.outcome, wanted, "{:?}", one.operation);
        assert_eq!(one.operation.done_by.as_deref(), Some("Ada"));
    }
}

fn applies(scene: &Scene) {
    let report = Applying {
        initial: Some("first.age"),
        agreed: Some(scene.workspace.plan().mark),
        ..Applying::to(scene)
    }
    .run()
    .unwrap();
    assert!(report.refused.is_none(), "{report:?}");
    assert_eq!(
        (report.applied, report.there, report.not_exported),
        (report.operations, 0, 0)
    );
    let console = if scene.flavour == Flavour::Znuny {
        "otrs"
    } else {
        "otobo"
    };
    assert_eq!(
        report.left[0].command,
        format!("bin/{console}.Console.pl Maint::Cache::Delete")
    );
    assert!(scene.workspace.path("first.age").exists());
    let told = desks::list_exports(&scene.workspace.session).unwrap();
    assert_eq!(report.export.as_ref(), Some(&told[0].id));
    assert!(
        told[0].applied && told[0].folder.contains("writer@127.0.0.1"),
        "{told:?}"
    );
    is_clean(scene);

    let after = scene.state();
    // Times have no fractions: what is written a second time would have another one.
    std::thread::sleep(Duration::from_millis(1_100));
    let again = Applying::to(scene).run().unwrap();
    assert_eq!((again.applied, again.there, again.export), (0, again.operations, None));
    assert!(again.operations > 50, "it stays pending until somebody has looked");
    assert_eq!((scene.state(), exports(scene)), (after, 1));
    // What was verified is pending no more, and an import finds nothing that was left.
    verified(scene);
    let plan = scene.workspace.plan();
    assert_eq!(plan.operations.len(), 0, "{:?}", plan.operations);
    scene.import();
    let plan = scene.workspace.plan();
    assert_eq!(plan.operations.len(), 0, "{:?}", plan.operations);
    assert_eq!((plan.not_exported.len(), plan.conflicts), (0, 0));
}

/// Somebody changes a value when the transaction has begun and read others, and its row is not reached yet.
fn sees_what_is_new(scene: &Scene) {
    for login in ["anna", "ben"] {
        scene.workspace.edit(login, None, |form| form.city = "ours".into());
    }
    let mut operations = scene.workspace.plan().operations;
    assert_eq!(operations.len(), 2);
    let login = operations.remove(1).key;
    let meanwhile = |_: &AtomicBool| {
        // Where the row is not free after all, this shall fail and not wait for itself.
        let patience = match scene.server.kind {
            Database::PostgreSql => "lock_timeout = '5s'",
            Database::MySql => "innodb_lock_wait_timeout = 5",
        };
        let sql = format!("set {patience}; update customer_user set city = 'meanwhile' where login = '{login}';");
        scene.server.run(scene.database, &sql).unwrap();
    };
    let refused = Applying {
        at: 1,
        then: &meanwhile,
        ..Applying::to(scene)
    }
    .refused();
    assert_eq!(
        (refused.position, refused.key.as_str(), refused.found.as_deref()),
        (1, login.as_str(), Some("meanwhile"))
    );
    assert_eq!(
        scene.server.count(scene.database, "customer_user where city = 'ours'"),
        0
    );
    is_clean(scene);
}

/// Of two values, somebody has changed one in the desk: it goes out again against what is there now, or is taken.
fn settles_what_drifted(scene: &Scene) {
    let operations = scene.workspace.plan().operations;
    let keys: Vec<&str> = operations.iter().map(|one| one.key.as_str()).collect();
    let export = scene.workspace.export("drifted", false).id;
    let told = verify(scene);
    let expected = [Outcome::NotApplied, Outcome::Drifted];
    assert_eq!(
        told.operations.iter().map(|one| one.outcome).collect::<Vec<_>>(),
        expected
    );
    let settle = |position: u32, keep: &str| {
        let choices = vec![OperationChoice {
            position,
            keep: keep.to_owned(),
        }];
        let input = SettleOperations {
            export: export.clone(),
            choices,
        };
        desks::settle_operations(&scene.workspace.session, &input).unwrap();
    };
    // The guard refused it before: it expects what the desk has now.
    settle(1, "again");
    settle(0, "theirs");
    let plan = scene.workspace.plan().operations;
    assert_eq!((plan.len(), plan[0].key.as_str()), (1, keys[1]));
    assert_eq!(plan[0].changes[0].old.as_deref(), Some("meanwhile"));
    let report = Applying::to(scene).run().unwrap();
    assert!(report.refused.is_none() && report.applied == 1, "{report:?}");
    verified(scene);
    assert_eq!(scene.workspace.plan().operations.len(), 0);
    assert_eq!(
        scene.server.count(scene.database, "customer_user where city = 'ours'"),
        1
    );
}

/// The connection breaks at the very end: nobody knows, the ledger says so, and a verification finds out.
fn loses_the_end(scene: &Scene) {
    for breaks in [Breaks::BeforeCommit, Breaks::AfterCommit] {
        let city = format!("final {breaks:?}");
        scene.workspace.edit("anna", None, |form| form.city.clone_from(&city));
        let (before, entries) = (scene.state(), exports(scene));
        let error = Applying {
            port: proxy::start(scene.server.kind, scene.server.port, breaks),
            ..Applying::to(scene)
        }
        .run()
        .unwrap_err();
        assert_eq!(error.code, Code::Storage);
        assert!(
            error.message.contains("not known") && error.message.contains("verify"),
            "{error:?}"
        );
        assert_eq!(error.fields[0].code, "database.unsure");
        let last = || desks::list_exports(&scene.workspace.session).unwrap().remove(0);
        assert_eq!((exports(scene), last().unsure, last().applied), (entries + 1, 1, true));
        assert_eq!(scene.workspace.plan().operations.len(), 1, "it stays pending");
        if breaks == Breaks::BeforeCommit {
            comes_back_to(scene, &before);
            let told = verify(scene);
            assert_eq!((told.not_applied, told.export.unsure), (1, 1));
            let report = Applying::to(scene).run().unwrap();
            assert_eq!((report.applied, report.there), (1, 0), "{report:?}");
        } else {
            // Whoever does not look and applies again does no harm.
            let report = Applying {
                dry_run: true,
                ..Applying::to(scene)
            };
            assert_eq!(report.run().unwrap().there, 1);
        }
        let told = verify(scene);
        assert_eq!(
            (told.applied, told.export.unsure, last().unsure),
            (1, 0, 0),
            "{breaks:?}"
        );
        assert_eq!(scene.workspace.plan().operations.len(), 0);
        assert_eq!(
            scene
                .server
                .count(scene.database, &format!("customer_user where city = '{city}'")),
            1
        );
    }
    is_clean(scene);
}

/// Where it could not be taken back, it is not begun.
fn wants_transactions(scene: &Scene) {
    let run = |sql: &str| scene.server.run(scene.database, sql).unwrap();
    run("rename table service_customer_user to kept;
         create table service_customer_user engine = MyISAM as select * from kept;");
    let before = scene.state();
    let error = Applying::to(scene).run().unwrap_err();
    assert!(
        error.message.contains("service_customer_user") && error.message.contains("InnoDB"),
        "{error:?}"
    );
    assert_eq!(scene.state(), before);
    run("drop table service_customer_user; rename table kept to service_customer_user;");
}

fn applied(kind: Database) {
    let Some(mut server) = Server::start(kind) else { return };
    for flavour in Flavour::BOTH {
        let scene = Scene::new(server, flavour);
        login(&scene.server, scene.database);
        change_everything(&scene.workspace);
        rehearses(&scene);
        if flavour == Flavour::Otobo {
            refuses_what_drifted(&scene);
            refuses_what_comes_between(&scene);
            if kind == Database::MySql {
                wants_transactions(&scene);
            }
        }
        applies(&scene);
        sees_what_is_new(&scene);
        settles_what_drifted(&scene);
        loses_the_end(&scene);
        server = scene.server;
    }
}

#[test]
fn postgresql_takes_all_or_nothing_over_a_connection() {
    applied(Database::PostgreSql);
}

#[test]
fn mariadb_takes_all_or_nothing_over_a_connection() {
    applied(Database::MySql);
}
