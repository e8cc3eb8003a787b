//! Bundles for others: SCIM, OpenFGA, workbooks. That a bundle's records are all there is tested beside it.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::bundle::{self, Bundle, Tables};
use portico_api::error::{ApiError, Code};
use portico_api::exposure::Work;
use portico_api::session::Session;
use portico_api::types::users::{SaveUser, UserQuery};
use portico_api::users;
use portico_core::actor::Actor;
use portico_core::form::registry::DESKS;
use serde_json::Value as Json;
use tempfile::TempDir;

fn sample(desk: &str) -> (TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of(desk, folder.path(), Actor::named("tester")).unwrap();
    (folder, session)
}

fn written(write: impl FnOnce(&mut Work<'_>) -> Result<Bundle, ApiError>, cancelled: bool) -> Result<Bundle, ApiError> {
    write(&mut Work {
        job: "bundle",
        tell: &mut |_| {},
        cancelled: &Arc::new(AtomicBool::new(cancelled)),
    })
}

fn scim(session: &Session, to: &Path) -> Bundle {
    written(|work| bundle::write_scim(session, to, work), false).unwrap()
}

fn resources(path: &Path) -> Vec<Json> {
    let mut list: Json = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(list["schemas"][0], "urn:ietf:params:scim:api:messages:2.0:ListResponse");
    let all = list["Resources"].as_array_mut().map(std::mem::take).unwrap();
    for total in ["totalResults", "itemsPerPage"] {
        assert_eq!(list[total], all.len(), "{total}");
    }
    all
}

/// Values of a member that is a list of objects.
fn values(of: &Json, list: &str) -> BTreeSet<String> {
    let all = of[list].as_array().into_iter().flatten();
    all.map(|one| one["value"].as_str().unwrap().to_owned()).collect()
}

fn nothing_is_empty(value: &Json, at: &str) {
    match value {
        Json::Null => panic!("{at} is null"),
        Json::String(text) => assert_ne!(text, "", "{at}"),
        Json::Array(all) => {
            assert!(!all.is_empty(), "{at} is empty");
            for one in all {
                nothing_is_empty(one, at);
            }
        }
        Json::Object(all) => {
            assert!(!all.is_empty(), "{at} is empty");
            for (name, one) in all {
                nothing_is_empty(one, &format!("{at}/{name}"));
            }
        }
        _ => {}
    }
}

#[test]
fn people_and_groups_of_every_desk_are_resources_of_scim() {
    let mut members = 0;
    for desk in DESKS {
        let (folder, session) = sample(desk);
        let to = folder.path().join("scim");
        let told = scim(&session, &to);
        let (people, groups) = (resources(&to.join("Users.json")), resources(&to.join("Groups.json")));
        let counts: Vec<usize> = told.records.iter().map(|count| count.total as usize).collect();
        assert_eq!(counts, [people.len(), groups.len()], "{desk}");
        let page = users::list_users(&session, &UserQuery::default(), 0, 1000).unwrap();
        assert_eq!(people.len(), page.total as usize, "{desk}");
        let valid: BTreeMap<String, bool> = page
            .rows
            .iter()
            .map(|row| (row.id.clone(), row.status == "valid"))
            .collect();
        let (mut names, mut doubled) = (BTreeSet::new(), 0);
        let mut of_people: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for person in &people {
            nothing_is_empty(person, desk);
            let id = person["id"].as_str().unwrap();
            assert_eq!(person["active"], valid[id], "{desk} {id}");
            doubled += usize::from(!names.insert(person["userName"].as_str().unwrap().to_lowercase()));
            for group in values(person, "groups") {
                of_people.entry(group).or_default().insert(id.to_owned());
            }
        }
        // The first sample has two logins that differ only in case, which its desk takes.
        assert_eq!(doubled, usize::from(*desk == "otobo"), "{desk}");
        assert_eq!(told.notes.len(), doubled, "{desk}: {:?}", told.notes);
        let of_groups: BTreeMap<String, BTreeSet<String>> = groups
            .iter()
            .map(|group| (group["id"].as_str().unwrap().to_owned(), values(group, "members")))
            .filter(|(_, members)| !members.is_empty())
            .collect();
        assert_eq!(of_people, of_groups, "{desk}: both ends of a membership");
        members += of_groups.values().map(BTreeSet::len).sum::<usize>();
    }
    assert!(members > 100, "{members}");
}

#[test]
fn who_has_no_name_for_scim_is_notes_of_its_groups_too() {
    let (folder, session) = sample("zoho");
    let page = users::list_users(&session, &UserQuery::default(), 0, 1).unwrap();
    let detail = users::get_user(&session, &page.rows[0].id).unwrap();
    let mut form = detail.form;
    form.email.clear();
    form.login.clear();
    let input = SaveUser {
        id: Some(page.rows[0].id.clone()),
        version: Some(detail.version),
        form,
    };
    // Where the form refuses that, there is nobody without a name.
    let refused = users::save_user(&session, &input).is_err();
    let told = scim(&session, &folder.path().join("scim"));
    assert_eq!(told.notes.is_empty(), refused, "{:?}", told.notes);
    assert_eq!(told.records[0].total + u32::from(!refused), page.total);
}

#[test]
fn the_links_of_four_desks_are_tuples_and_the_fifth_says_why_not() {
    for desk in DESKS {
        let (folder, session) = sample(desk);
        let to = folder.path().join("fga");
        let told = written(|work| bundle::write_relations(&session, &to, work), false);
        if *desk == "otobo" {
            let refused = told.unwrap_err();
            assert!(refused.message.contains("differ only in case"), "{refused}");
            assert!(!to.exists());
            continue;
        }
        let told = told.unwrap();
        assert!(
            std::fs::read_to_string(to.join("model.fga"))
                .unwrap()
                .contains("define can_read"),
            "{desk}"
        );
        let text = std::fs::read_to_string(to.join("tuples.jsonl")).unwrap();
        let mut all = BTreeSet::new();
        for line in text.lines() {
            let tuple: Json = serde_json::from_str(line).unwrap();
            assert!(
                tuple["user"].is_string() && tuple["relation"].is_string() && tuple["object"].is_string(),
                "{line}"
            );
            assert!(all.insert(line), "{desk}: twice: {line}");
        }
        assert_eq!(all.len(), told.records[0].total as usize, "{desk}");
        assert!(all.len() > 100, "{desk}: {}", all.len());
    }
}

#[test]
fn tables_are_workbooks_where_asked_and_a_cancelled_bundle_leaves_nothing() {
    let (folder, session) = sample("daktela");
    let to = folder.path().join("out");
    let told = written(|work| bundle::write_bundle(&session, &to, Tables::Xlsx, work), false).unwrap();
    assert!(
        told.files.contains(&"external_user.xlsx".to_owned()),
        "{:?}",
        told.files
    );
    for file in &told.files {
        let is_table = !file.starts_with("bundle");
        let begin = std::fs::read(to.join(file)).unwrap();
        assert_eq!(begin.starts_with(b"PK"), is_table, "{file}");
    }
    let before = std::fs::read_dir(folder.path()).unwrap().count();
    let other = folder.path().join("other");
    let refused = [
        written(|work| bundle::write_scim(&session, &other, work), true),
        written(|work| bundle::write_relations(&session, &other, work), true),
        written(|work| bundle::write_bundle(&session, &other, Tables::Csv, work), true),
    ];
    for one in refused {
        assert_eq!(one.unwrap_err().code, Code::Cancelled);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), before);
    let taken = written(|work| bundle::write_scim(&session, &to, work), false).unwrap_err();
    assert_eq!(taken.code, Code::Conflict, "{taken}");
}
