//! What is not applied: over what somebody changed, after a stop, without transactions.

use std::sync::atomic::{AtomicBool, Ordering};

use portico_api::desk as desks;
use portico_api::error::Code;
use portico_api::types::apply::RefusalReason;
use portico_desks::reader::Database;

use super::{Applying, comes_back_to, exports, is_clean};
use crate::round_trip::Scene;

pub(super) fn refuses_what_drifted(scene: &Scene) {
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
pub(super) fn refuses_what_comes_between(scene: &Scene) {
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

/// Where it could not be taken back, it is not begun.
pub(super) fn wants_transactions(scene: &Scene) {
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
