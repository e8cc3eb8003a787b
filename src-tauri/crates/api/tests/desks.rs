//! A workspace can be made for every desk, and what a desk cannot do yet is said and not done.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::preview::Viewer;
use portico_api::types::transfer::ImportInput;
use portico_api::types::users::{SaveUser, UserForm, UserQuery};
use portico_api::{desk, directory, forms, history, preview, users, workspace};
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
fn a_desk_that_cannot_be_read_or_looked_at_says_so() {
    for info in desks().iter().filter(|info| !info.can_read) {
        let (folder, session) = made(info.id);
        let input = ImportInput {
            path: folder.path().display().to_string(),
            bodies: "none".into(),
            settings: None,
            database: None,
            dry_run: true,
        };
        let never = Arc::new(AtomicBool::new(false));
        let refused = desk::import_desk(&session, &input, "job", &mut |_| (), &never).unwrap_err();
        assert_eq!(refused.code, Code::NotYet, "{}: {refused}", info.id);
        assert!(refused.message.contains(info.name), "{refused}");
        if !workspace::workspace_info(&session).unwrap().preview {
            let viewer = Viewer {
                id: None,
                draft: Some(person(&session)),
                at: None,
            };
            assert_eq!(preview::preview(&session, &viewer).unwrap_err().code, Code::NotYet);
        }
    }
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
