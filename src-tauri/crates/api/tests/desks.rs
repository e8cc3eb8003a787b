//! A workspace can be made for every desk, and what a desk cannot do yet is said and not done.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::preview::Viewer;
use portico_api::types::transfer::{ColumnOrigin, ImportInput, ImportReport, TableMapping};
use portico_api::types::users::{SaveUser, UserForm, UserQuery};
use portico_api::{desk, directory, forms, history, preview, records, users, workspace};
use portico_core::actor::Actor;
use portico_desks::registry::desks;

fn made(desk: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create(&folder.path().join("w.portico"), "Ours", desk, Actor::named("test")).unwrap();
    (folder, session)
}

/// What any desk's form takes, and is not refused by one.
fn person(session: &Session) -> UserForm {
    let mut form = users::new_user(session, None).unwrap().form;
    form.login = "jane@example.org".into();
    form.title = "Jane Roe".into();
    form.first_name = "Jane".into();
    form.last_name = "Roe".into();
    form.email = "jane@example.org".into();
    form
}

#[test]
fn a_workspace_can_be_made_for_every_desk_and_every_screen_has_its_answers() {
    for info in desks() {
        let (_folder, session) = made(info.id);
        let about = workspace::workspace_info(&session).unwrap();
        assert_eq!((about.desk.as_str(), about.desk_name.as_str()), (info.id, info.name));
        assert_eq!((about.can_import, about.can_export), (info.can_read, info.can_write));
        assert_eq!(
            users::list_users(&session, &UserQuery::default(), 0, 10).unwrap().total,
            0
        );
        users::user_facets(&session, &UserQuery::default()).unwrap();
        directory::list_accounts(&session, "", 0, 10).unwrap();
        directory::list_groups(&session).unwrap();
        forms::desk_form(&session).unwrap();
        desk::conflicts(&session).unwrap();
        history::list_changes(&session, None, 10).unwrap();
        assert!(desk::plan(&session).unwrap().operations.is_empty(), "{}", info.id);
    }
}

#[test]
fn what_is_pending_is_told_and_written_for_every_desk() {
    // OTOBO's form wants an account besides, and its scripts have tests of their own.
    for info in desks().iter().filter(|info| info.id != "otobo") {
        let (folder, session) = made(info.id);
        let form = person(&session);
        let input = SaveUser {
            id: None,
            version: None,
            form,
        };
        users::save_user(&session, &input).unwrap();
        let plan = desk::plan(&session).unwrap();
        assert_eq!(plan.refused, Vec::<String>::new(), "{}", info.id);
        assert_eq!(plan.operations[0].kind, "create", "{}", info.id);
        let names: Vec<_> = plan.operations[0].changes.iter().map(|c| c.field.as_str()).collect();
        assert!(names.contains(&"email"), "{}: {names:?}", info.id);
        let never = Arc::new(AtomicBool::new(false));
        let to = folder.path().join("out");
        let report = desk::export_desk(&session, &to, None, "job", &mut |_| (), &never).unwrap();
        assert_eq!(report.operations as usize, plan.operations.len(), "{}", info.id);
        let texts: Vec<String> = report
            .files
            .iter()
            .map(|file| std::fs::read_to_string(to.join(&file.name)).unwrap())
            .collect();
        let told = texts.iter().filter(|text| text.contains("jane@example.org")).count();
        assert!(told >= 2, "{}: {:?}", info.id, report.files);
        assert_eq!(report.files[0].name, "README.txt", "{}", info.id);
        assert_eq!(workspace::workspace_info(&session).unwrap().pending, 1);
    }
}

#[test]
fn every_desk_says_what_a_folder_without_anything_of_its_own_lacks() {
    for info in desks() {
        let (folder, session) = made(info.id);
        assert!(info.can_read, "{}", info.id);
        let from = folder.path().join("from");
        std::fs::create_dir(&from).unwrap();
        let input = ImportInput {
            path: from.display().to_string(),
            bodies: "none".into(),
            settings: None,
            database: Some("postgresql".into()),
            dry_run: true,
            table: None,
        };
        let never = Arc::new(AtomicBool::new(false));
        let refused = desk::import_desk(&session, &input, "job", &mut |_| (), &never).unwrap_err();
        assert_ne!(refused.code, Code::NotYet, "{}: {refused}", info.id);
        assert!(
            !refused.detail.is_empty() || refused.message.contains("from"),
            "{}: {refused:?}",
            info.id
        );
    }
}

#[test]
fn every_desk_takes_a_table_of_people_and_leaves_what_it_does_not_tell() {
    for info in desks() {
        let (folder, session) = made(info.id);
        let path = folder.path().join("people.csv");
        let import = |text: &str, dry_run: bool| {
            std::fs::write(&path, text).unwrap();
            let input = ImportInput {
                path: path.display().to_string(),
                bodies: "none".into(),
                settings: None,
                database: None,
                dry_run,
                table: Some(TableMapping::default()),
            };
            let never = Arc::new(AtomicBool::new(false));
            desk::import_desk(&session, &input, "job", &mut |_| (), &never)
        };
        let names = || -> Vec<(String, String)> {
            let page = users::list_users(&session, &UserQuery::default(), 0, 10).unwrap();
            page.rows.into_iter().map(|row| (row.login, row.email)).collect()
        };
        let first = "login;email\njane;jane@x.example\nmax;max@x.example\n";
        import(first, true).unwrap();
        assert_eq!(names(), [], "{}", info.id);
        import(first, false).unwrap();
        assert_eq!(names().len(), 2, "{}", info.id);
        // Neither who has no row nor what has no column changes, and a wrong row stops all.
        import("login;phone\njane;1\nnew;2\n", false).unwrap();
        assert_eq!(names().len(), 3, "{}", info.id);
        assert!(
            names().contains(&("jane".into(), "jane@x.example".into())),
            "{}",
            info.id
        );
        let wrong = import("login;status\nlate;valid\njane;dead\n", false).unwrap_err();
        assert_eq!(
            (wrong.code, wrong.detail.len()),
            (Code::BadSource, 1),
            "{}: {wrong:?}",
            info.id
        );
        assert_eq!(names().len(), 3, "{}", info.id);
        assert!(desk::plan(&session).unwrap().operations.is_empty(), "{}", info.id);
    }
}

#[test]
fn a_mapping_is_remembered_with_the_workspace_once_something_was_imported() {
    let (folder, session) = made("innosoft");
    let path = folder.path().join("list.csv");
    std::fs::write(&path, "Kennung;Rolle;Mail\njane;boss;j@x.example\n").unwrap();
    let path = path.display().to_string();
    let field = |heading: &str| {
        let look = desk::look_at_table(&session, &path, None, false).unwrap();
        let found = look
            .mapping
            .columns
            .into_iter()
            .find(|column| column.heading == heading);
        found.unwrap().field
    };
    assert_eq!((field("Kennung").as_str(), field("Rolle").as_str()), ("login", ""));
    let mut mapping = desk::look_at_table(&session, &path, None, false).unwrap().mapping;
    mapping.columns[1].field = "title".into();
    let import = |dry_run| {
        let input = ImportInput {
            path: path.clone(),
            bodies: "none".into(),
            settings: None,
            database: None,
            dry_run,
            table: Some(mapping.clone()),
        };
        let never = Arc::new(AtomicBool::new(false));
        desk::import_desk(&session, &input, "job", &mut |_| (), &never).unwrap()
    };
    let rows = |report: ImportReport| match &report.tables[..] {
        [one] => (one.all, one.known),
        other => panic!("{other:?}"),
    };
    assert_eq!(rows(import(true)), (1, 0));
    assert_eq!(field("Rolle"), "");
    assert_eq!(rows(import(false)), (1, 0));
    assert_eq!(field("Rolle"), "title");
    let look = |forget| desk::look_at_table(&session, &path, None, forget).unwrap();
    let remembered = look(false);
    assert_eq!(remembered.origins, [ColumnOrigin::Remembered; 3]);
    assert_eq!((remembered.first[0].known, remembered.first[0].line), (Some(true), 2));
    assert_eq!(remembered.cells.as_deref(), Some(";"));
    let guessed = look(true);
    assert_eq!(
        guessed.origins,
        [ColumnOrigin::Guessed, ColumnOrigin::Open, ColumnOrigin::Guessed]
    );
    assert_eq!(guessed.mapping.columns[1].field, "");
    let kind = guessed.kinds.iter().find(|kind| kind.name == "people").unwrap();
    assert_eq!(kind.entity, "external_user");
    assert_eq!(rows(import(true)), (1, 1));
}

#[test]
fn objects_of_a_portal_come_from_a_table_and_keep_what_a_second_one_does_not_tell() {
    let (folder, session) = made("elma365");
    let path = folder.path().join("objects.csv");
    let import = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let input = ImportInput {
            path: path.display().to_string(),
            bodies: "none".into(),
            settings: None,
            database: None,
            dry_run: false,
            table: Some(TableMapping::default()),
        };
        let never = Arc::new(AtomicBool::new(false));
        let report = desk::import_desk(&session, &input, "job", &mut |_| (), &never).unwrap();
        let rows = &report.tables[0];
        (rows.kind.clone(), rows.all, rows.known, rows.changed)
    };
    let first = import("path;name;kind;parent;inherits\nservice;Service;section;;yes\nservice/a;A;app;service;no\n");
    assert_eq!(first, ("portal_objects".into(), 2, 0, 0));
    let second = import("path;name\nservice/a;Requests\n");
    assert_eq!(second, ("portal_objects".into(), 1, 1, 1));
    let in_it = |parent: Option<&str>| records::portal_tree(&session, parent, 0, 10).unwrap().nodes;
    let root = in_it(None);
    assert_eq!(
        root.iter().map(|node| (&*node.key, node.inherits)).collect::<Vec<_>>(),
        [("service", true)]
    );
    let below = &in_it(Some(&root[0].id))[0];
    assert_eq!(
        (&*below.key, &*below.name, &*below.kind, below.inherits),
        ("service/a", "Requests", "app", false)
    );
}

#[test]
fn every_desk_has_a_sample_in_which_somebody_sees_something() {
    for info in desks() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sample.portico");
        let session = portico_api::invented::create_sample_at(&path, None, info.id, Actor::named("test")).unwrap();
        let about = workspace::workspace_info(&session).unwrap();
        assert!(
            about.sample && about.counts.users >= 60 && about.counts.tickets >= 240,
            "{}",
            info.id
        );
        assert_eq!((about.pending, about.unknown_settings.len()), (0, 0), "{}", info.id);
        if !about.preview {
            continue;
        }
        let people = users::list_users(&session, &UserQuery::default(), 0, 100).unwrap().rows;
        let mut seen = Vec::new();
        for person in people {
            let viewer = Viewer {
                id: Some(person.id),
                draft: None,
                at: None,
                desk: None,
            };
            let front = preview::preview(&session, &viewer).unwrap();
            seen.push(front.lists.iter().map(|list| list.all).sum::<u64>());
        }
        assert!(seen.iter().any(|n| *n > 0), "{}: nobody sees anything", info.id);
        assert!(
            seen.iter().min() < seen.iter().max(),
            "{}: everybody sees the same",
            info.id
        );
    }
}
