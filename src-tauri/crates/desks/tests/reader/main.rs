//! Reading dumps: the real small desk, what is wrong with damaged ones, and that nothing panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod formats;
mod problems;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use portico_core::model::{SettingOrigin, Validity};
use portico_core::snapshot::{Batch, Problem};
use portico_desks::error::DeskError;
use portico_desks::reader::{Database, ReadOptions, Reader};
use portico_desks::registry;
use tempfile::TempDir;

fn small() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/otobo-small/tables")
}

/// A copy of the small desk to damage.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(small()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

fn options(path: &Path) -> ReadOptions {
    ReadOptions {
        path: path.to_owned(),
        ..ReadOptions::default()
    }
}

struct Read {
    batches: Vec<Batch>,
    reader: Box<dyn Reader>,
    result: Result<(), DeskError>,
}

impl Read {
    fn problems(&self) -> &[Problem] {
        match &self.result {
            Err(DeskError::BadSource { problems, .. }) => problems,
            other => panic!("expected problems: {other:?}"),
        }
    }

    fn found(&self, part: &str) -> bool {
        self.reader.report().findings.iter().any(|f| f.message.contains(part))
    }

    fn settings(&self) -> BTreeMap<String, (String, SettingOrigin)> {
        self.batches
            .iter()
            .filter_map(|b| if let Batch::Settings(all) = b { Some(all) } else { None })
            .flatten()
            .map(|s| (s.name.clone(), (s.value.clone(), s.origin)))
            .collect()
    }
}

fn read(options: ReadOptions) -> Read {
    let mut reader = registry::reader("otobo", options).unwrap();
    let mut batches = Vec::new();
    let result = reader.read(&mut |batch| {
        batches.push(batch);
        Ok(())
    });
    Read {
        batches,
        reader,
        result,
    }
}

macro_rules! all {
    ($read:expr, $kind:ident) => {
        $read
            .batches
            .iter()
            .filter_map(|b| {
                if let $crate::Batch::$kind(v) = b {
                    Some(v.clone())
                } else {
                    None
                }
            })
            .flatten()
            .collect::<Vec<_>>()
    };
}
pub(crate) use all;

fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} lacks {from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn append(folder: &Path, file: &str, line: &str) {
    fs::OpenOptions::new()
        .append(true)
        .open(folder.join(file))
        .unwrap()
        .write_all(line.as_bytes())
        .unwrap();
}

#[test]
fn the_small_desk_is_read_whole() {
    let read = read(ReadOptions {
        database: Some(Database::PostgreSql),
        ..options(&small())
    });
    read.result.as_ref().unwrap();
    let counts: BTreeMap<_, _> = read.batches.iter().map(|b| (b.kind(), b.len())).collect();
    assert_eq!((counts["groups"], counts["queues"], counts["accounts"]), (6, 9, 4));
    assert_eq!((counts["external_users"], counts["tickets"]), (8, 45));
    assert_eq!(
        (counts["user_accounts"], counts["user_groups"], counts["account_groups"]),
        (4, 6, 5)
    );

    let fred = all!(read, ExternalUsers)
        .into_iter()
        .find(|u| u.login == "fred")
        .unwrap();
    assert_eq!(
        (fred.account.as_str(), fred.validity, fred.has_password),
        ("GAMMA", Validity::Invalid, Some(true))
    );
    let hardware = all!(read, Queues)
        .into_iter()
        .find(|q| q.name == "Support::Hardware")
        .unwrap();
    assert_eq!((hardware.group.as_str(), hardware.follow_up.as_str()), ("4", "reject"));
    let merged = all!(read, TicketStates)
        .into_iter()
        .find(|s| s.name == "merged")
        .unwrap();
    assert_eq!(merged.kind, "merged");
    let ticket = all!(read, Tickets)
        .into_iter()
        .find(|t| t.number == "2026000003")
        .unwrap();
    assert_eq!(
        (
            ticket.id,
            ticket.owner.as_str(),
            ticket.account.as_str(),
            ticket.state_kind.as_str()
        ),
        (4, "anna", "ACME", "closed")
    );
    // 2026-11-22 16:53:15 UTC
    assert_eq!(ticket.created, 1_795_366_395);
    let articles: Vec<_> = all!(read, Activities).into_iter().filter(|a| a.ticket == 2).collect();
    let shape: Vec<_> = articles
        .iter()
        .map(|a| (a.position, a.visible, a.sender.as_str(), a.body.as_deref()))
        .collect();
    assert_eq!(
        shape[..2],
        [
            (1, true, "customer", Some("please help")),
            (2, false, "agent", Some("secret"))
        ]
    );

    assert!(
        read.found("NOCO (1 rows) has no record"),
        "{:?}",
        read.reader.report().findings
    );
    assert!(read.found("differs only in case"));
    let settings = read.settings();
    assert_eq!(settings["database"].0, "\"postgresql\"");
    assert_eq!(settings["Portico::Flavour"].0, "\"otobo\"");
    assert_eq!(
        settings.len(),
        2,
        "without settings nothing else is known: {settings:?}"
    );
    assert_eq!(read.reader.report().unknown.len(), 8);
}

#[test]
fn the_settings_of_the_answers_are_read() {
    let answers = small().join("../answers");
    let mut seen = 0;
    for entry in fs::read_dir(answers).unwrap() {
        let path = entry.unwrap().path();
        let answer: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("effective.json");
        fs::write(&file, answer["config"].to_string()).unwrap();
        let read = read(ReadOptions {
            settings: Some(file),
            ..options(&small())
        });
        read.result.as_ref().unwrap();
        let (settings, name) = (read.settings(), path.file_name().unwrap().to_str().unwrap().to_owned());
        let is = |setting: &str, value: bool| assert_eq!(settings[setting].0, value.to_string(), "{name} {setting}");
        is(
            "CustomerGroupSupport",
            !name.contains("_off") && !name.contains("nogroups"),
        );
        is(
            "CustomerGroupPermissionContext###100-CustomerID-other",
            name.contains("_other"),
        );
        is(
            "Ticket::Frontend::CustomerDisableCompanyTicketAccess",
            name.contains("nocompany"),
        );
        is("Ticket::Type", true);
        is("Ticket::Service", false);
        let always = if name.contains("noalways") {
            "[]"
        } else {
            r#"["users"]"#
        };
        assert_eq!(settings["CustomerGroupAlwaysGroups"].0, always);
        assert_eq!(settings["CustomerGroupCompanyAlwaysGroups"].0, always);
        assert_eq!(
            read.reader.report().unknown,
            ["database", "Portico::NothingElseDecides"]
        );
        assert!(read.found("access control lists") && !read.found("(Ticket::ArchiveSystem)"));
        seen += 1;
    }
    assert_eq!(seen, 7);
}

#[test]
fn settings_alone_are_what_an_admin_confirms() {
    let text = r#"{"CustomerGroupSupport": "1", "database": "mysql", "CustomerGroupPermissionContext": {}}"#;
    let settings = registry::read_settings("otobo", "s.json", text).unwrap();
    let pairs: Vec<_> = settings
        .iter()
        .map(|s| (s.name.as_str(), s.value.as_str(), s.origin))
        .collect();
    let other = "CustomerGroupPermissionContext###100-CustomerID-other";
    let confirmed = SettingOrigin::Confirmed;
    let wanted = [
        ("CustomerGroupSupport", "true", confirmed),
        (other, "false", confirmed),
        ("database", "\"mysql\"", confirmed),
    ];
    assert_eq!(pairs, wanted);
    let error = registry::read_settings("otobo", "s.json", r#"{"Ticket::Type": "perhaps"}"#).unwrap_err();
    let DeskError::BadSource { problems, .. } = error else {
        panic!("{error}")
    };
    assert_eq!(
        (problems[0].file.as_str(), problems[0].column.as_str()),
        ("s.json", "Ticket::Type")
    );
    assert!(registry::read_settings("otobo", "s.json", "[1]").is_err());
}

/// Everything that shows that nothing else decides, said once.
fn shown() -> serde_json::Value {
    let module =
        |name: &str| serde_json::json!({"Module": format!("Kernel::System::Ticket::CustomerPermission::{name}")});
    let mut all = serde_json::json!({
        "Ticket::ArchiveSystem": 0,
        "CustomerUser###Module": "Kernel::System::CustomerUser::DB",
        "CustomerTicket::Permission": {
            "1-GroupCheck": module("GroupCheck"), "2-CustomerUserIDCheck": module("CustomerUserIDCheck"),
            "3-CustomerIDCheck": module("CustomerIDCheck"), "4-CustomerGroupCheck": module("CustomerGroupCheck"),
        },
    });
    for n in 1..=10 {
        all[format!("CustomerUser{n}")] = serde_json::Value::Null;
    }
    all
}

fn nothing_else(folder: &Path, settings: &serde_json::Value) -> Option<(String, SettingOrigin)> {
    fs::write(folder.join("settings.json"), settings.to_string()).unwrap();
    let read = read(options(folder));
    read.result.as_ref().unwrap();
    read.settings().get("Portico::NothingElseDecides").cloned()
}

#[test]
fn nothing_else_decides_only_where_it_is_shown_or_confirmed() {
    let folder = copy();
    fs::write(folder.path().join("acl.csv"), "id,valid_id\n1,2\n").unwrap();
    fs::write(folder.path().join("pm_process.csv"), "id,state_entity_id\n").unwrap();
    assert_eq!(
        nothing_else(folder.path(), &shown()),
        Some(("true".to_owned(), SettingOrigin::Desk))
    );
    for name in shown().as_object().unwrap().keys() {
        let mut silent = shown();
        silent.as_object_mut().unwrap().remove(name);
        assert_eq!(nothing_else(folder.path(), &silent), None, "silence about {name}");
    }
    let mut confirmed = serde_json::json!({"Portico::NothingElseDecides": true});
    assert_eq!(
        nothing_else(folder.path(), &confirmed),
        Some(("true".to_owned(), SettingOrigin::Confirmed))
    );
    confirmed["CustomerUser3"] = serde_json::json!({"Module": "Kernel::System::CustomerUser::LDAP"});
    assert_eq!(
        nothing_else(folder.path(), &confirmed),
        None,
        "what is in use outweighs what is confirmed"
    );
    fs::write(folder.path().join("acl.csv"), "id,valid_id\n1,1\n").unwrap();
    assert_eq!(
        nothing_else(folder.path(), &shown()),
        None,
        "an access control list in force"
    );
}

#[test]
fn the_table_of_settings_says_what_it_says_and_no_more() {
    let folder = copy();
    let rows = "name,effective_value,is_valid,user_id,reset_to_default\n\
        CustomerGroupSupport,\"--- 1\n\",1,,0\n\
        CustomerGroupAlwaysGroups,\"---\n- users\n- Ärzte\n\",1,,0\n\
        CustomerGroupPermissionContext###100-CustomerID-other,\"---\nName: x\nValue: Ticket::CustomerID::Other\n\",1,,0\n\
        Ticket::Type,--- '1',1,7,0\n\
        Ticket::Service,--- '1',1,,1\n\
        CustomerGroupCompanyAlwaysGroups,--- [],0,,0\n";
    fs::write(folder.path().join("sysconfig_modified.csv"), rows).unwrap();
    let read = read(options(folder.path()));
    read.result.as_ref().unwrap();
    let settings = read.settings();
    assert_eq!(settings["CustomerGroupSupport"].0, "true");
    assert_eq!(settings["CustomerGroupAlwaysGroups"].0, r#"["users","Ärzte"]"#);
    assert_eq!(
        settings["CustomerGroupPermissionContext###100-CustomerID-other"].0,
        "true"
    );
    assert_eq!(settings["CustomerGroupCompanyAlwaysGroups"].0, "[]");
    assert!(
        !settings.contains_key("Ticket::Type"),
        "one agent's value is not the desk's"
    );
    assert!(
        !settings.contains_key("Ticket::Service"),
        "a row about to be dropped says nothing"
    );
}
