//! Applied over a connection: what the script does, all or nothing, and the ledger knows it.

mod refused;
mod settled;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use portico_api::desk as desks;
use portico_api::error::ApiError;
use portico_api::types::apply::{ApplyInput, ApplyRefusal, ApplyReport};
use portico_api::types::ledger::{Outcome, VerifyInput, VerifyReport};
use portico_api::types::passphrase::Secret;
use portico_api::types::transfer::InitialPasswords;
use portico_desks::reader::Database;

use self::refused::{refuses_what_comes_between, refuses_what_drifted, wants_transactions};
use self::settled::{loses_the_end, sees_what_is_new, settles_what_drifted};
use crate::change::change_everything;
use crate::desk::Flavour;
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
