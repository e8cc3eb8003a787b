//! Reading dumps: the real small desk, what is wrong with damaged ones, and that nothing panics.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use portico_core::model::{SettingOrigin, Validity};
use portico_core::snapshot::{Batch, Problem, Stopped};
use portico_desks::error::DeskError;
use portico_desks::reader::{Bodies, Database, ReadOptions, Reader};
use portico_desks::registry;
use proptest::prelude::*;
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
            .filter_map(|b| if let Batch::$kind(v) = b { Some(v.clone()) } else { None })
            .flatten()
            .collect::<Vec<_>>()
    };
}

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

#[test]
fn all_problems_come_in_one_report_and_nothing_is_yielded() {
    let folder = copy();
    let at = folder.path();
    fs::remove_file(at.join("ticket_priority.csv")).unwrap();
    change(at, "queue.csv", "5,Support,4", "5,Support,44");
    change(at, "ticket_state.csv", "type_id", "typ");
    append(
        at,
        "customer_user.csv",
        "9,anna,x@example.com,ACME,,,A,B,,,,,,,,,1,2026-11-22 16:53:14,1,2026-11-22 16:53:14,1\n",
    );
    append(at, "customer_company.csv", "ACME,Other\n");
    append(
        at,
        "group_customer_user.csv",
        "anna,99,ro,1,2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n",
    );
    append(
        at,
        "ticket.csv",
        "4,2026999999,x,7,1,2,,,1,1,3,2,ACME,anna,0,0,0,0,0,0,0,yesterday,1,2026-11-22 16:53:15,1\n",
    );
    append(
        at,
        "article.csv",
        "9999,8888,3,3,1,1,x,2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n",
    );
    let mut bytes = fs::read(at.join("ticket_type.csv")).unwrap();
    bytes.extend_from_slice(b"9,\xff\xfe,1,2026-11-22 16:50:29,1,2026-11-22 16:50:29,1\n");
    fs::write(at.join("ticket_type.csv"), bytes).unwrap();
    // A remark in another encoding is said before anything is handed over, too.
    let mut bytes = fs::read(at.join("groups_table.csv")).unwrap();
    bytes.extend_from_slice(b"98,odd,G\xfcte,1,2026-11-22 16:50:29,1,2026-11-22 16:50:29,1\n");
    let remark = bytes.split(|byte| *byte == b'\n').count() as u64 - 1;
    fs::write(at.join("groups_table.csv"), bytes).unwrap();

    let read = read(options(at));
    assert!(read.batches.is_empty(), "nothing may be yielded");
    let has = |file: &str, line: u64, column: &str, words: &str| {
        let hit = read
            .problems()
            .iter()
            .any(|p| p.file == file && p.line == line && p.column == column && p.message.contains(words));
        assert!(hit, "{file}:{line}:{column} {words} not in {:#?}", read.problems());
    };
    has("groups_table.csv", remark, "comments", "UTF-8");
    has("ticket_priority.csv", 0, "", "is missing");
    has("queue.csv", 6, "group_id", "44 is no row of groups");
    has("ticket_state.csv", 1, "type_id", "no column type_id");
    has("customer_user.csv", 10, "login", "stands on line 2");
    has("customer_company.csv", 6, "", "2 values");
    has("group_customer_user.csv", 8, "group_id", "99");
    has("ticket.csv", 47, "create_time", "yesterday");
    has(
        "article.csv",
        fs::read_to_string(small().join("article.csv")).unwrap().lines().count() as u64 + 1,
        "ticket_id",
        "8888",
    );
    has(
        "ticket_type.csv",
        fs::read_to_string(small().join("ticket_type.csv"))
            .unwrap()
            .lines()
            .count() as u64
            + 1,
        "name",
        "UTF-8",
    );
}

#[test]
fn what_the_desk_tolerates_is_kept_and_found() {
    let folder = copy();
    let at = folder.path();
    let stamp = "2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n";
    append(
        at,
        "group_customer_user.csv",
        &format!("anna,4,ro,1,{stamp}anna,4,rw,1,{stamp}ghost,4,ro,1,{stamp}ben,5,rw,0,{stamp}"),
    );
    append(
        at,
        "customer_user.csv",
        &format!("9,ANNA,anna@example.com,ACME,,,A,B,,,,,,,,,1,{stamp}"),
    );
    append(
        at,
        "group_customer.csv",
        &format!("ACME,4,ro,1,Custom::Context,{stamp}"),
    );
    change(at, "ticket.csv", "ACME,anna", "ACME,nobody");
    let read = read(options(at));
    read.result.as_ref().unwrap();
    for words in [
        "anna has both ro and rw",
        "anna / 4 rw stands 2 times",
        "nobody has the login ghost",
        "only 1 counts",
        "ANNA differs only in case",
        "e-mail address anna@example.com belongs to 2 people",
        "context Custom::Context",
        "nobody has the login nobody (1 rows)",
    ] {
        assert!(read.found(words), "{words}: {:#?}", read.reader.report().findings);
    }
    let links = all!(read, UserGroups);
    assert_eq!(
        links.iter().filter(|l| l.user == "anna").count(),
        3,
        "doubled rows are kept"
    );
    assert!(links.iter().any(|l| l.user == "ghost") && !links.iter().any(|l| l.user == "ben" && l.group == "5"));
    assert_eq!(all!(read, AccountGroups).len(), 5);
}

#[test]
fn a_login_over_a_hundred_characters_with_links_is_found() {
    let folder = copy();
    let long = "x".repeat(120);
    append(
        folder.path(),
        "customer_user.csv",
        &format!("9,{long},l@example.com,ACME,,,A,B,,,,,,,,,1,2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n"),
    );
    let cut = &long[..100];
    append(
        folder.path(),
        "group_customer_user.csv",
        &format!("{cut},4,ro,1,2026-11-22 16:53:15,1,2026-11-22 16:53:15,1\n"),
    );
    assert!(read(options(folder.path())).found("over 100 characters"));
}

/// Turns a CSV of the small desk into what `mysql --batch` writes.
fn as_batch(folder: &Path) {
    for entry in fs::read_dir(small()).unwrap() {
        let path = entry.unwrap().path();
        let table = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let mut out = String::new();
        // mysql prints nothing at all for a table without rows.
        for row in rows.iter().take(if rows.len() > 1 { usize::MAX } else { 0 }) {
            let cells: Vec<String> = row
                .iter()
                .map(|c| {
                    if c.is_empty() {
                        "NULL".to_owned()
                    } else {
                        c.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
                    }
                })
                .collect();
            out.push_str(&cells.join("\t"));
            out.push('\n');
        }
        fs::write(folder.join(format!("{table}.tsv")), out).unwrap();
    }
}

#[test]
fn batch_output_reads_as_the_same_world() {
    let folder = tempfile::tempdir().unwrap();
    as_batch(folder.path());
    let (csv, tsv) = (read(options(&small())), read(options(folder.path())));
    tsv.result.as_ref().unwrap();
    assert_eq!(all!(csv, Tickets), all!(tsv, Tickets));
    assert_eq!(all!(csv, ExternalUsers), all!(tsv, ExternalUsers));
    assert_eq!(all!(csv, Activities), all!(tsv, Activities));
    assert_eq!(all!(csv, AccountGroups), all!(tsv, AccountGroups));
}

#[test]
fn escapes_and_znuny_names_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    as_batch(folder.path());
    fs::rename(
        folder.path().join("groups_table.tsv"),
        folder.path().join("permission_groups.tsv"),
    )
    .unwrap();
    change(
        folder.path(),
        "article_data_mime.tsv",
        "please help",
        r"two\nlines\tC:\\temp",
    );
    let read = read(options(folder.path()));
    read.result.as_ref().unwrap();
    assert_eq!(read.settings()["Portico::Flavour"].0, "\"znuny\"");
    assert_eq!(all!(read, Activities)[0].body.as_deref(), Some("two\nlines\tC:\\temp"));
}

#[test]
fn bodies_are_cut_at_a_character_or_left_out() {
    let folder = copy();
    let long = format!("{}ä{}", "a".repeat(4_095), "b".repeat(10_000));
    change(folder.path(), "article_data_mime.csv", "please help", &long);
    let body = |bodies| {
        all!(
            read(ReadOptions {
                bodies,
                ..options(folder.path())
            }),
            Activities
        )[0]
        .body
        .clone()
    };
    assert_eq!(body(Bodies::None), None);
    assert_eq!(body(Bodies::Short).unwrap().len(), 4_095);
    assert_eq!(body(Bodies::Full).unwrap(), long);
}

fn zip_of(folder: &Path, names: &dyn Fn(&str) -> String) -> TempDir {
    let out = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(out.path().join("dump.zip")).unwrap());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = names(path.file_name().unwrap().to_str().unwrap());
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(path).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    out
}

#[test]
fn an_archive_reads_like_its_folder() {
    let zip = zip_of(&small(), &|name| format!("dump/{name}"));
    let (folder, archive) = (read(options(&small())), read(options(&zip.path().join("dump.zip"))));
    archive.result.as_ref().unwrap();
    assert_eq!(all!(folder, Tickets), all!(archive, Tickets));
    assert_eq!(all!(folder, Activities), all!(archive, Activities));
}

#[test]
fn an_archive_that_points_outside_or_repeats_itself_is_refused() {
    let outside = zip_of(&small(), &|name| format!("../../{name}"));
    let result = read(options(&outside.path().join("dump.zip"))).result;
    assert!(
        matches!(&result, Err(DeskError::Archive { reason, .. }) if reason.contains("outside")),
        "{result:?}"
    );
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("dump.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for folder in ["a", "b"] {
        zip.start_file(format!("{folder}/ticket.csv"), zip::write::SimpleFileOptions::default())
            .unwrap();
    }
    zip.finish().unwrap();
    let result = read(options(&path)).result;
    assert!(
        matches!(&result, Err(DeskError::Archive { reason, .. }) if reason.contains("more than once")),
        "{result:?}"
    );
}

#[test]
fn an_archive_that_swells_absurdly_is_refused() {
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("dump.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    zip.start_file("ticket.csv", zip::write::SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..257 {
        zip.write_all(&zeros).unwrap();
    }
    zip.finish().unwrap();
    let result = read(options(&path)).result;
    assert!(
        matches!(&result, Err(DeskError::Archive { reason, .. }) if reason.contains("claims")),
        "{result:?}"
    );
}

#[test]
fn a_quote_that_is_never_closed_does_not_fill_the_memory() {
    let folder = copy();
    let mut file = fs::OpenOptions::new()
        .append(true)
        .open(folder.path().join("ticket.csv"))
        .unwrap();
    file.write_all(b"\"").unwrap();
    let block = vec![b'x'; 1 << 20];
    for _ in 0..66 {
        file.write_all(&block).unwrap();
    }
    let read = read(options(folder.path()));
    assert!(
        read.problems()
            .iter()
            .any(|p| p.file == "ticket.csv" && p.line == 47 && p.message.contains("does not end")),
        "{:?}",
        read.problems()
    );
}

#[test]
fn utf_16_and_empty_files_are_named() {
    let folder = copy();
    fs::write(folder.path().join("queue.csv"), [0xFF, 0xFE, b'i', 0, b'd', 0]).unwrap();
    fs::write(folder.path().join("ticket.csv"), []).unwrap();
    let read = read(options(folder.path()));
    assert!(
        read.problems()
            .iter()
            .any(|p| p.file == "queue.csv" && p.message.contains("UTF-16"))
    );
    assert!(
        read.problems()
            .iter()
            .any(|p| p.file == "ticket.csv" && p.message.contains("is empty"))
    );
}

#[test]
fn a_watch_hears_and_stops() {
    let watch: portico_desks::reader::Watch = Arc::new(|step| {
        if step.phase == "reading" {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    let read = read(ReadOptions {
        watch: Some(watch),
        ..options(&small())
    });
    assert!(matches!(read.result, Err(DeskError::Stopped(Stopped::Cancelled))));
}

#[test]
fn a_sink_that_refuses_ends_the_reading() {
    let mut reader = registry::reader("otobo", options(&small())).unwrap();
    let result = reader.read(&mut |_| Err(Stopped::Cancelled));
    assert!(matches!(result, Err(DeskError::Stopped(Stopped::Cancelled))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever stands in a file, reading ends with an answer.
    #[test]
    fn random_bytes_never_panic(
        file in prop::sample::select(vec!["ticket.csv", "customer_user.csv", "queue.csv", "article_data_mime.csv", "settings.json", "sysconfig_modified.csv"]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        keep_header in any::<bool>(),
    ) {
        let folder = copy();
        let path = folder.path().join(file);
        let mut text = if keep_header && path.exists() {
            let mut header = fs::read(&path).unwrap();
            header.truncate(header.iter().position(|b| *b == b'\n').unwrap() + 1);
            header
        } else if file.starts_with("sysconfig") { b"name,effective_value\nCustomerGroupSupport,".to_vec() } else { Vec::new() };
        text.extend_from_slice(&bytes);
        fs::write(path, text).unwrap();
        let read = read(options(folder.path()));
        prop_assert!(read.result.is_ok() || read.batches.is_empty());
    }

    /// Random rows made of the signs that matter to the two dialects.
    #[test]
    fn random_rows_never_panic(rows in prop::collection::vec("[0-9a,\"\t\\\\\n\r ;:NUL-]{0,80}", 0..12)) {
        let folder = copy();
        append(folder.path(), "ticket.csv", &rows.join("\n"));
        append(folder.path(), "article.csv", &rows.join("\n"));
        let read = read(options(folder.path()));
        prop_assert!(read.result.is_ok() || read.batches.is_empty());
    }

    /// A broken archive is an error, never more.
    #[test]
    fn broken_archives_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..4_000) {
        let zip = zip_of(&small(), &str::to_owned);
        let path = zip.path().join("dump.zip");
        let mut whole = fs::read(&path).unwrap();
        whole.truncate(whole.len().saturating_sub(cut));
        let at = whole.len() / 2;
        whole.splice(at..at, bytes);
        fs::write(&path, whole).unwrap();
        let read = read(options(&path));
        prop_assert!(read.result.is_ok() || read.batches.is_empty());
    }
}
