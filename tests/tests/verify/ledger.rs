//! What the workspace keeps of an export: its manifest, its files, its ticks.

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::users::UserQuery;
use portico_api::{desk, users};
use portico_core::actor::Actor;

use crate::world::*;

#[test]
fn the_ledger_knows_what_a_manifest_says_and_whether_files_are_others() {
    let place = Place::new("zoho");
    place.import(&fixture("zoho-small").display().to_string());
    let people = users::list_users(&place.session, &UserQuery::default(), 0, 1)
        .unwrap()
        .rows;
    place.edit(&people[0].login, |form| form.description = "another remark".into());
    let report = place.export();
    let folder = place.path("out");
    let text = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rows = desk::list_exports(&place.session).unwrap();
    assert_eq!(rows.len(), 1);
    for (name, value) in [
        ("id", serde_json::json!(report.id)),
        ("made_at", serde_json::json!(rows[0].at)),
        ("made_by", serde_json::json!("Ada")),
        ("desk", serde_json::json!("zoho")),
        ("operations", serde_json::json!(1)),
        ("by_kind", serde_json::json!({ "update": 1 })),
        ("by_record", serde_json::json!({ "external_user": 1 })),
        ("passwords", serde_json::json!(0)),
    ] {
        assert_eq!(manifest[name], value, "{name}");
    }
    let files = manifest["files"].as_array().unwrap();
    assert_eq!(files.len(), report.files.len());
    for file in files {
        let bytes = std::fs::read(folder.join(file["name"].as_str().unwrap())).unwrap();
        assert_eq!(file["bytes"], bytes.len());
    }
    assert!(!text.contains("another remark"), "a manifest says how many, not what");

    let states = || {
        let found = desk::check_export_files(&place.session, &folder).unwrap();
        assert!(found.known);
        let told = found.files.into_iter().filter(|file| file.state != "same");
        told.map(|file| format!("{} {}", file.name, file.state))
            .collect::<Vec<_>>()
    };
    assert!(states().is_empty());
    std::fs::write(folder.join("README.txt"), "something else").unwrap();
    std::fs::remove_file(folder.join("calls.jsonl")).unwrap();
    std::fs::write(folder.join("manifest.json"), text.replace("\"Ada\"", "\"Eve\"")).unwrap();
    assert_eq!(
        states(),
        ["README.txt changed", "calls.jsonl missing", "manifest.json changed"]
    );
}

#[test]
fn steps_are_ticked_by_somebody_and_ticks_are_taken_back() {
    let place = Place::new("daktela");
    place.import(&fixture("daktela-small").display().to_string());
    place.edit("anna", |form| form.description = "one".into());
    place.edit("petra", |form| form.description = "two".into());
    let id = place.export().id;
    let first = |session: &Session| desk::export_operations(session, &id).unwrap().remove(0);
    let row = desk::tick_steps(&place.session, &id, &[0], true).unwrap();
    assert_eq!((row.steps, row.done), (2, 1));
    let ticked = first(&place.session);
    assert_eq!(ticked.done_by.as_deref(), Some("Ada"));
    // Somebody else's tick of the same changes nothing, and what is kept is there when the workspace is opened again.
    let other = Session::open(&place.path("w.portico"), Actor::named("Eve")).unwrap();
    assert_eq!(desk::tick_steps(&other, &id, &[0, 1], true).unwrap().done, 2);
    assert_eq!(first(&other).done_by.as_deref(), Some("Ada"));
    assert_eq!(first(&other).done_at, ticked.done_at);
    assert_eq!(desk::tick_steps(&other, &id, &[0], false).unwrap().done, 1);
    assert_eq!((first(&other).done_by, first(&other).done_at), (None, None));
    let error = desk::tick_steps(&other, &id, &[1, 7], false).unwrap_err();
    assert_eq!(error.code, Code::NotFound);
    assert_eq!(desk::list_exports(&other).unwrap()[0].done, 1, "all or nothing");
}
