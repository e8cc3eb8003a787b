//! Import, change everything, export, apply, import: nothing is pending any more, and the desk has all of it.

use std::path::PathBuf;
use std::time::Duration;

use portico_api::desk as desks;
use portico_api::types::ledger::Outcome;
use portico_desks::reader::Database;

use crate::change::{change_everything, is_everything};
use crate::desk::{self, Flavour, state};
use crate::server::Server;
use crate::workspace::{Workspace, outcomes};

/// A desk in a server, and a workspace that has it.
pub(crate) struct Scene {
    pub(crate) server: Server,
    pub(crate) database: &'static str,
    pub(crate) flavour: Flavour,
    pub(crate) workspace: Workspace,
}

impl Scene {
    pub(crate) fn new(server: Server, flavour: Flavour) -> Self {
        let database = flavour.name();
        desk::make(&server, database, flavour);
        let workspace = Workspace::new();
        let scene = Self {
            server,
            database,
            flavour,
            workspace,
        };
        scene.import();
        assert_eq!(scene.workspace.plan().operations.len(), 0);
        scene
    }

    fn dump(&self) -> PathBuf {
        desk::dump(&self.server, self.database, &self.workspace.path("dump"))
    }

    pub(crate) fn import(&self) {
        self.workspace.import(&self.dump(), self.server.kind);
    }

    pub(crate) fn state(&self) -> String {
        state(&self.server, self.database, self.flavour)
    }
}

/// Somebody changes one thing in the desk, of any kind: then nothing of the export gets in.
fn refuses_what_drifted(scene: &Scene, script: &str) {
    let groups = scene.flavour.groups();
    let (server, database) = (&scene.server, scene.database);
    for (there, back) in [
        (
            "customer_user set city = 'else' where login = 'anna'",
            "customer_user set city = 'Köln' where login = 'anna'",
        ),
        (
            "customer_user set valid_id = 3 where login = 'dora'",
            "customer_user set valid_id = 1 where login = 'dora'",
        ),
        (
            "customer_user set login = 'ann4' where login = 'anna'",
            "customer_user set login = 'anna' where login = 'ann4'",
        ),
        (
            "customer_company set name = 'else' where customer_id = 'ACME'",
            "customer_company set name = 'Acme Corp' where customer_id = 'ACME'",
        ),
        (
            "customer_company set valid_id = 3 where customer_id = 'GAMMA'",
            "customer_company set valid_id = 1 where customer_id = 'GAMMA'",
        ),
        (
            "GROUPS set name = 'else' where name = 'ext-vip'",
            "GROUPS set name = 'ext-vip' where name = 'else'",
        ),
        (
            "GROUPS set name = 'else' where name = 'ext-billing'",
            "GROUPS set name = 'ext-billing' where name = 'else'",
        ),
        (
            "service set name = 'else' where name = 'Mail'",
            "service set name = 'Mail' where name = 'else'",
        ),
    ] {
        let run = |sql: &str| {
            server
                .run(database, &format!("update {};", sql.replace("GROUPS", groups)))
                .unwrap()
        };
        let before = scene.state();
        run(there);
        let drifted = scene.state();
        assert_ne!(drifted, before, "{there}");
        let error = server.run(database, script).expect_err(there);
        assert!(
            error.contains("portico: ") && error.contains("nothing is changed"),
            "{error}"
        );
        assert_eq!(scene.state(), drifted, "{there}");
        run(back);
        assert_eq!(scene.state(), before, "{back}");
    }
    let told = scene.workspace.verify(&scene.dump());
    assert_eq!(told.applied, 0, "{:?}", outcomes(&told));
}

fn comes_back(server: Server, flavour: Flavour) -> Server {
    let scene = Scene::new(server, flavour);
    let workspace = &scene.workspace;
    change_everything(workspace);
    is_everything(workspace);
    let not_exported = workspace.plan().not_exported.into_iter();
    let not_exported: Vec<String> = not_exported
        .map(|one| format!("{} {} {}", one.code, one.key, one.field))
        .collect();
    // The plan knows of initial passwords that they want a list; the export has one.
    assert_eq!(not_exported, ["not_exported.password_initial carla password"]);
    let exported = workspace.export("out", true);
    assert_eq!(exported.not_exported, 0);
    let script = workspace.script("out", &scene.server);
    let before = workspace.verify(&scene.dump());
    assert_eq!(before.applied, 0, "{:?}", outcomes(&before));

    refuses_what_drifted(&scene, &script);
    scene.server.run(scene.database, &script).unwrap();
    let applied = scene.state();
    // Times have no fractions: what is written a second time would have another one.
    std::thread::sleep(Duration::from_millis(1_100));
    let said = scene.server.run(scene.database, &script).unwrap();
    assert!(said.contains("skipped") || said.starts_with("0\t"), "{said}");
    assert!(!said.contains("applied"), "{said}");
    assert_eq!(scene.state(), applied, "a second run skips everything");
    let told = workspace.verify(&scene.dump());
    // A password is all that no dump tells.
    for (operation, outcome) in outcomes(&told) {
        let can_be_told = told.operations.iter().any(|one| {
            let fields = one.operation.changes.iter().any(|change| change.field != "password");
            fields && format!("{} {} {}", one.operation.kind, one.operation.entity, one.operation.key) == operation
        });
        let wanted = if can_be_told {
            Outcome::Applied
        } else {
            Outcome::Unknown
        };
        assert_eq!(outcome, wanted, "{operation}");
    }
    scene.import();
    let plan = workspace.plan();
    assert_eq!(plan.operations.len(), 0, "{:?}", plan.operations);
    assert_eq!((plan.not_exported.len(), plan.conflicts), (0, 0));
    assert_eq!(desks::conflicts(&workspace.session).unwrap().len(), 0);
    scene.server
}

fn round_trip(kind: Database) {
    let Some(mut server) = Server::start(kind) else { return };
    for flavour in Flavour::BOTH {
        server = comes_back(server, flavour);
    }
}

#[test]
fn postgresql_takes_everything_and_gives_it_back() {
    round_trip(Database::PostgreSql);
}

#[test]
fn mariadb_takes_everything_and_gives_it_back() {
    round_trip(Database::MySql);
}
