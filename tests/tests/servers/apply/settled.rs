//! What others change while it is applied or after, how that is settled, and what is when the end of it is lost.

use std::sync::atomic::AtomicBool;

use portico_api::desk as desks;
use portico_api::error::Code;
use portico_api::types::ledger::{OperationChoice, Outcome, SettleOperations};
use portico_desks::reader::Database;

use super::{Applying, comes_back_to, exports, is_clean, verified, verify};
use crate::proxy::{self, Breaks};
use crate::round_trip::Scene;

/// Somebody changes a value when the transaction has begun and read others, and its row is not reached yet.
pub(super) fn sees_what_is_new(scene: &Scene) {
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
pub(super) fn settles_what_drifted(scene: &Scene) {
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
pub(super) fn loses_the_end(scene: &Scene) {
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
