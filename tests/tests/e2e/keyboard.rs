//! With the keyboard alone: find a person, give her a right, look, save, undo.

use serde_json::json;

use crate::window::Window;

const CONTROL: char = '\u{e009}';
const ENTER: char = '\u{e007}';
const TAB: char = '\u{e004}';
const DOWN: char = '\u{e015}';
const RIGHT: char = '\u{e014}';
const F6: char = '\u{e036}';
const FOOT: &str = "[role='form'] footer";

/// Presses a key until the focus is where it should be.
async fn until_focus(window: &Window, key: char, where_to: &str) {
    let script = format!("return document.activeElement?.matches({}) ?? false", json!(where_to));
    for _ in 0..60 {
        if window.script(&script, vec![]).await == json!(true) {
            return;
        }
        window.chord(&[], key).await;
    }
    let at = window.script("return document.activeElement?.outerHTML", vec![]).await;
    panic!("the keyboard does not reach {where_to}; it is at {at}");
}

/// How many tickets the preview's lists have, as the tabs say.
async fn lists(window: &Window) -> String {
    let rested = "const pane = document.querySelector(\"section[aria-label='Preview']\");
        return pane !== null && pane.getAttribute('aria-busy') !== 'true' && pane.querySelector('[role=tablist]') !== null";
    window.holds("the preview is at rest", rested).await;
    window.words("section[aria-label='Preview'] [role='tablist']").await
}

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn a_right_is_given_and_taken_back_without_a_mouse() {
    let window = Window::on_sample().await;
    until_focus(&window, F6, "[data-zone='list'] *").await;
    until_focus(&window, TAB, "[aria-label='Name, login, e-mail, account']").await;
    window.type_text("dabrowski").await;
    window
        .holds(
            "few people are left",
            "return document.querySelectorAll('[role=grid] [role=row][aria-selected]').length < 5",
        )
        .await;
    until_focus(&window, TAB, "[role='grid']").await;
    window.chord(&[], DOWN).await;
    window.chord(&[], ENTER).await;
    window.find("[role='form']").await;
    let before = lists(&window).await;

    until_focus(&window, F6, "[data-zone='form'] *").await;
    until_focus(&window, TAB, "[role='form'] [role='tab'][aria-selected='true']").await;
    window.chord(&[], RIGHT).await;
    window.find("[role='tab'][aria-selected='true'][id*='access']").await;
    window.chord(&[], RIGHT).await;
    window.find("[role='tab'][aria-selected='true'][id*='groups']").await;
    until_focus(&window, TAB, "[role='radiogroup'] input[value='none']:checked").await;
    window.chord(&[], RIGHT).await;
    window
        .until(FOOT, "counts the unsaved field", |words| {
            words.contains("1 unsaved field")
        })
        .await;
    let draft = lists(&window).await;

    window.chord(&[CONTROL], 's').await;
    window
        .until(FOOT, "has nothing unsaved", |words| words.contains("No changes"))
        .await;
    window.find("header a[href='#/review'][title]").await;
    let undo = "return [...document.querySelectorAll('header button')].some((b) => b.ariaLabel?.startsWith('Undo:') && !b.disabled)";
    window.holds("there is something to undo", undo).await;
    window.chord(&[CONTROL], 'z').await;
    window
        .holds(
            "nothing is pending",
            "return document.querySelector('header a[href=\"#/review\"][title]') === null",
        )
        .await;
    window
        .until(
            "section[aria-label='Preview'] [role='tablist']",
            "is as before",
            |words| words == before,
        )
        .await;
    assert!(
        draft == before || draft.contains('+'),
        "a right more takes nothing away: {draft}"
    );
    window.close().await;
}
