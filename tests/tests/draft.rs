//! The preview of a draft is the preview after saving it, and undoing brings the one before back.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::preview::{PageQuery, Preview, Viewer};
use portico_api::types::users::{GroupRight, SaveUser, UserForm, UserQuery};
use portico_api::{history, invented, preview, users, workspace};
use portico_core::actor::Actor;
use tempfile::TempDir;

fn sample() -> (Session, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample.portico");
    (
        invented::create_sample_at(&path, None, "otobo", Actor::named("test")).unwrap(),
        folder,
    )
}

fn person(session: &Session, login: &str) -> String {
    let query = UserQuery {
        search: login.to_owned(),
        ..UserQuery::default()
    };
    let rows = users::list_users(session, &query, 0, 50).unwrap().rows;
    rows.into_iter().find(|row| row.login == login).unwrap().id
}

fn saved(id: &str) -> Viewer {
    Viewer {
        id: Some(id.to_owned()),
        draft: None,
        at: None,
        desk: None,
    }
}

/// Of each list: name, all, open, closed. Then what is hidden, and numbers.
type Shown = (Vec<(String, u64, u64, u64)>, u64, Vec<String>);

/// What the lists show: all their numbers, and all counts.
fn shown(session: &Session, viewer: &Viewer) -> Shown {
    let front = preview::preview(session, viewer).unwrap();
    let lists = front
        .lists
        .iter()
        .map(|l| (l.name.clone(), l.all, l.open, l.closed))
        .collect();
    let mut numbers = Vec::new();
    for list in &front.lists {
        let mut query = PageQuery {
            list: list.name.clone(),
            tab: "all".to_owned(),
            object: None,
            after: None,
            changed: false,
        };
        // What a draft takes away stays in its place, marked; it is not in the list.
        loop {
            let page = preview::preview_page(session, viewer, &query).unwrap();
            let kept = page.rows.into_iter().filter(|row| row.change != "lost");
            numbers.extend(kept.map(|row| row.number));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
    }
    (lists, front.hidden, numbers)
}

fn all(preview: &Preview) -> u64 {
    preview.lists.iter().map(|list| list.all).sum()
}

/// Ways to change a form: groups for all, no account, another account, out of force.
fn edits(session: &Session, id: &str) -> Vec<UserForm> {
    let detail = users::get_user(session, id).unwrap();
    let other = users::search_accounts(session, "Brno", 1).unwrap().remove(0).id;
    let rights = |permission: &str| {
        let right = |group: &portico_api::types::users::GroupChoice| GroupRight {
            group: group.id.clone(),
            permissions: vec![permission.to_owned()],
        };
        detail.groups.iter().map(right).collect::<Vec<_>>()
    };
    let form = detail.form.clone();
    vec![
        UserForm {
            groups: rights("ro"),
            ..form.clone()
        },
        UserForm {
            groups: Vec::new(),
            further_accounts: Vec::new(),
            ..form.clone()
        },
        UserForm {
            account: other.clone(),
            ..form.clone()
        },
        UserForm {
            further_accounts: vec![other],
            groups: rights("rw"),
            ..form.clone()
        },
        UserForm {
            status: "invalid".to_owned(),
            ..form
        },
    ]
}

#[test]
fn a_draft_shows_what_saving_shows_and_undo_what_was_before() {
    let (session, _folder) = sample();
    let mut gained = 0;
    for login in ["jana.novakova", "a.nowak", "petr.novak"] {
        let id = person(&session, login);
        let before = shown(&session, &saved(&id));
        for form in edits(&session, &id) {
            let viewer = Viewer {
                id: Some(id.clone()),
                draft: Some(form.clone()),
                at: None,
                desk: None,
            };
            let drafted = shown(&session, &viewer);
            let front = preview::preview(&session, &viewer).unwrap();
            assert_eq!(
                shown(&session, &saved(&id)),
                before,
                "looking at a draft changes nothing"
            );
            assert_eq!(workspace::workspace_info(&session).unwrap().pending, 0);
            let (now, then): (u64, u64) = (all(&front), before.0.iter().map(|list| list.1).sum());
            let (more, less): (u64, u64) = front
                .lists
                .iter()
                .fold((0, 0), |(more, less), list| (more + list.gained, less + list.lost));
            assert_eq!(now + less, then + more, "{login}: what is gained and lost adds up");
            gained += more;

            let version = users::get_user(&session, &id).unwrap().version;
            let input = SaveUser {
                id: Some(id.clone()),
                version: Some(version),
                form,
            };
            let change = users::save_user(&session, &input).unwrap().change;
            assert_eq!(
                shown(&session, &saved(&id)),
                drafted,
                "{login}: saved as it was drafted"
            );
            let stale = users::save_user(
                &session,
                &SaveUser {
                    version: Some("old".to_owned()),
                    ..input
                },
            );
            assert_eq!(stale.unwrap_err().code, Code::Stale);
            if change == 0 {
                // She had it that way already.
                assert_eq!(drafted, before);
                continue;
            }
            history::undo(&session).unwrap();
            assert_eq!(shown(&session, &saved(&id)), before, "{login}: undone");
        }
    }
    assert!(gained > 0, "no edit gave anybody anything: the test looks at nothing");
}

#[test]
fn a_draft_that_cannot_be_saved_cannot_be_looked_at_either() {
    let (session, _folder) = sample();
    let id = person(&session, "jana.novakova");
    let form = UserForm {
        login: String::new(),
        ..users::get_user(&session, &id).unwrap().form
    };
    let error = preview::preview(
        &session,
        &Viewer {
            id: Some(id),
            draft: Some(form),
            at: None,
            desk: None,
        },
    )
    .unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    assert!(error.fields.iter().any(|problem| problem.field == "login"), "{error:?}");
}

#[test]
fn a_new_person_is_seen_before_she_is_there() {
    let (session, _folder) = sample();
    let like = person(&session, "jana.novakova");
    let form = users::new_user(&session, Some(&like)).unwrap().form;
    let form = UserForm {
        login: "new.person".to_owned(),
        first_name: "New".to_owned(),
        last_name: "Person".to_owned(),
        email: "new.person@aachen.example".to_owned(),
        ..form
    };
    let viewer = Viewer {
        id: None,
        draft: Some(form.clone()),
        at: None,
        desk: None,
    };
    let drafted = preview::preview(&session, &viewer).unwrap();
    assert_eq!(drafted.may_log_in, Some(true));
    assert!(all(&drafted) > 0);
    let id = users::save_user(
        &session,
        &SaveUser {
            id: None,
            version: None,
            form,
        },
    )
    .unwrap()
    .id;
    let after = preview::preview(&session, &saved(&id)).unwrap();
    assert_eq!(all(&after), all(&drafted));
}
