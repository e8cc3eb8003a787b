//! The settings of a portal: all of them, what fits, what is unknown and what is assumed, and taking them back.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_api::error::Code;
use portico_api::session::Session;
use portico_api::types::workspace::{SettingInput, SettingValue};
use portico_api::{desk, history, settings, workspace};
use portico_core::actor::Actor;
use portico_core::settings::registry;
use portico_desks::registry::desks;

fn made(desk: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create(&folder.path().join("w.portico"), "Ours", desk, Actor::named("test")).unwrap();
    (folder, session)
}

fn give(name: &str, value: &str) -> SettingInput {
    SettingInput {
        name: name.to_owned(),
        value: Some(value.to_owned()),
    }
}

fn one(session: &Session, name: &str) -> SettingValue {
    let all = settings::list_settings(session).unwrap();
    all.into_iter().find(|setting| setting.name == name).unwrap()
}

#[test]
fn every_setting_of_every_desk_can_be_given_its_default_and_is_listed() {
    for info in desks() {
        let (_folder, session) = made(info.id);
        let all = settings::list_settings(&session).unwrap();
        assert_eq!(all.len(), registry::of(info.id).len(), "{}", info.id);
        assert!(
            all.iter()
                .all(|setting| setting.value.is_none() && setting.origin.is_none())
        );
        let inputs: Vec<_> = all
            .iter()
            .filter_map(|s| Some(give(&s.name, s.default.as_deref()?)))
            .collect();
        settings::set_settings(&session, &inputs).unwrap();
        for setting in settings::list_settings(&session).unwrap() {
            assert_eq!(setting.value, setting.default, "{} {}", info.id, setting.name);
            assert_eq!(setting.origin.is_some(), setting.default.is_some());
        }
    }
}

#[test]
fn what_decides_is_unknown_until_it_is_given_unless_it_is_assumed() {
    let (_folder, session) = made("zoho");
    let unknown = || workspace::workspace_info(&session).unwrap().unknown_settings;
    assert_eq!(unknown(), ["Portal::Access"]);
    let assumed = one(&session, "Portal::Forums");
    assert_eq!(
        (assumed.assumed, assumed.standing.as_str(), assumed.value),
        (true, "A", None)
    );
    settings::set_settings(&session, &[give("Portal::Access", "\"all\"")]).unwrap();
    assert!(unknown().is_empty());

    let (_folder, session) = made("otobo");
    let about = workspace::workspace_info(&session).unwrap();
    assert!(about.unknown_settings.iter().any(|name| name == "CustomerGroupSupport"));
    assert!(!about.unknown_settings.iter().any(|name| name == "Portico::Flavour"));
}

#[test]
fn what_does_not_fit_is_said_beside_each_setting_and_nothing_is_written() {
    let (_folder, session) = made("elma365");
    let inputs = [
        give("Portal::Active", "true"),
        give("Portico::LicencesTotal", "-3"),
        give("Portal::LicencesEnabled", "\"yes\""),
    ];
    let refused = settings::set_settings(&session, &inputs).unwrap_err();
    assert_eq!(refused.code, Code::Invalid);
    let beside: Vec<_> = refused
        .fields
        .iter()
        .map(|p| (p.field.as_str(), p.code.as_str()))
        .collect();
    assert_eq!(
        beside,
        [
            ("Portico::LicencesTotal", "problem.setting.number"),
            ("Portal::LicencesEnabled", "problem.setting.switch")
        ]
    );
    assert_eq!(one(&session, "Portal::Active").value, None);
    let unknown = settings::set_settings(&session, &[give("CustomerGroupSupport", "true")]).unwrap_err();
    assert_eq!(unknown.code, Code::NotFound);
}

#[test]
fn a_setting_is_changed_forgotten_and_taken_back() {
    let (_folder, session) = made("daktela");
    let value = || one(&session, "Portal::Involvement").value;
    settings::set_settings(&session, &[give("Portal::Involvement", " \"contact_or_company\" ")]).unwrap();
    assert_eq!(value().as_deref(), Some("\"contact_or_company\""));
    let forget = SettingInput {
        name: "Portal::Involvement".into(),
        value: None,
    };
    settings::set_settings(&session, &[forget]).unwrap();
    assert_eq!(value(), None);
    history::undo(&session).unwrap();
    assert_eq!(value().as_deref(), Some("\"contact_or_company\""));
    let log = history::list_changes(&session, None, 10).unwrap();
    assert!(
        log.iter()
            .any(|change| change.intent == "intent.settings" && !change.undone)
    );
    history::undo(&session).unwrap();
    assert_eq!(value(), None);
}

#[test]
fn what_is_being_edited_is_kept_until_it_is_saved() {
    let (folder, session) = made("innosoft");
    let draft = [give("Portal::Medium", "\"Por\""), give("Portal::EmptyTypes", "\"all\"")];
    settings::put_settings_draft(&session, &draft).unwrap();
    drop(session);
    let session = Session::open(&folder.path().join("w.portico"), Actor::named("test")).unwrap();
    assert_eq!(settings::settings_draft(&session).unwrap(), draft);
    assert_eq!(one(&session, "Portal::EmptyTypes").value, None);
    settings::set_settings(&session, &draft).unwrap();
    assert!(settings::settings_draft(&session).unwrap().is_empty());
    settings::put_settings_draft(&session, &draft).unwrap();
    settings::put_settings_draft(&session, &[]).unwrap();
    assert!(settings::settings_draft(&session).unwrap().is_empty());
}

#[test]
fn a_file_of_settings_is_read_for_every_desk() {
    for (id, text) in [
        ("daktela", r#"{"Portal::Involvement": "contact"}"#),
        ("elma365", r#"{"Portico::LicencesTotal": 50}"#),
        ("innosoft", r#"{"Portal::InitialStatus": "New"}"#),
        ("otobo", r#"{"CustomerGroupSupport": 1}"#),
        ("zoho", r#"{"Portal::Scenario::Open::Visitor": "nothing"}"#),
    ] {
        let (_folder, session) = made(id);
        let read = desk::read_settings(&session, "settings.json", text).unwrap();
        assert_eq!(read.len(), 1, "{id}");
        settings::set_settings(&session, &read).unwrap();
        assert!(one(&session, &read[0].name).value.is_some());
    }
}
