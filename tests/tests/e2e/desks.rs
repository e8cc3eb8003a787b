//! The forms of all five desks in the real window: every tab, every kind of record, under the eyes of axe-core; a person
//! is made, saved, found again and taken back.

use std::path::Path;

use portico_core::actor::Actor;
use serde_json::json;

use crate::window::Window;

const CONTROL: char = '\u{e009}';
const FOOT: &str = "[role='form'] footer";

/// The window on the sample of a desk.
async fn on(desk: &str, folder: &Path) -> Window {
    let file = folder.join(format!("{desk}.portico"));
    let session = portico_api::invented::create_sample_at(&file, None, desk, Actor::named("Ada")).unwrap();
    drop(session);
    let window = Window::start(&[file.to_str().unwrap()]).await;
    window
        .find("[role='grid'] [role='row'][aria-rowindex='2'] [role='gridcell']")
        .await;
    window
}

/// What axe says of the screen as it stands, with a picture of it for people.
async fn look(window: &Window, name: &str, found: &mut Vec<String>) {
    let rested = "return document.getAnimations().every((a) => a.playState !== 'running')";
    window.holds("nothing moves", rested).await;
    window.picture(name).await;
    let complaints = window.complaints().await;
    found.extend(complaints.into_iter().map(|complaint| format!("{name}: {complaint}")));
}

/// Names of the tabs of the form that is open.
async fn tabs(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll(\"[role='form'] [role='tab']\")].map((t) => t.innerText.trim())";
    let names = window.script(script, vec![]).await;
    names
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_str().unwrap().to_owned())
        .collect()
}

/// Fills every text field of the form that must be filled in, and the e-mail address.
async fn fill(window: &Window, login: &str) {
    let script = "const [login] = arguments;
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
        const values = { login, title: 'Zora Zander', first_name: 'Zora', last_name: 'Zander', email: login + '@example.org' };
        for (const [field, value] of Object.entries(values)) {
          const input = document.querySelector(`#field-${field}`);
          if (!input || input.readOnly || input.disabled) continue;
          set.call(input, value);
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }
        return true";
    window.script(script, vec![json!(login)]).await;
}

async fn walk(desk: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    let window = on(desk, folder.path()).await;
    window
        .script(
            "document.querySelector(\"[role='grid'] [role='row'][aria-rowindex='2']\").click()",
            vec![],
        )
        .await;
    window.find("[role='form']").await;
    let names = tabs(&window).await;
    assert!(!names.is_empty(), "{desk}: the form has no tabs");
    for name in &names {
        window.press("tab", name).await;
        look(&window, &format!("{desk}-form-{}", name.to_lowercase()), &mut found).await;
    }
    window.close().await;
    found
}

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn axe_finds_nothing_on_the_forms_of_any_desk() {
    let mut found = Vec::new();
    for desk in ["daktela", "elma365", "innosoft", "zoho"] {
        found.extend(walk(desk).await);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// How many people the list has.
async fn people(window: &Window) -> u64 {
    let script = "return Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) - 1";
    window.script(script, vec![]).await.as_u64().unwrap_or_default()
}

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn somebody_is_made_on_every_desk_and_taken_back() {
    for desk in ["daktela", "elma365", "innosoft", "zoho"] {
        let folder = tempfile::tempdir().unwrap();
        let window = on(desk, folder.path()).await;
        let before = people(&window).await;
        window.press("button", "New").await;
        window.find("[role='form']").await;
        fill(&window, "zora.zander").await;
        window
            .until(FOOT, "counts unsaved fields", |words| words.contains("unsaved"))
            .await;
        window.chord(&[CONTROL], 's').await;
        window
            .until(FOOT, "has nothing unsaved", |words| words.contains("No changes"))
            .await;
        let one_more = format!(
            "return Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) - 1 === {}",
            before + 1
        );
        window.holds("there is one more", &one_more).await;
        window.picture(&format!("{desk}-made")).await;
        window.chord(&[CONTROL], 'z').await;
        let as_before = format!(
            "return Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) - 1 === {before}"
        );
        window.holds("she is gone again", &as_before).await;
        window.close().await;
    }
}
