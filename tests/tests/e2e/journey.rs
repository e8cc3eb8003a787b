//! With the mouse: somebody sees too much; find out why, take it away, look before saving, export.

use std::path::Path;

use serde_json::json;

use crate::window::Window;

const PREVIEW: &str = "section[aria-label='Preview']";
const FOOT: &str = "[role='form'] footer";

/// How many tickets the portal's company list has in the preview as it stands.
async fn company_tickets(window: &Window) -> u64 {
    let tab = company_tab(window, "shows a figure", |words| {
        words.chars().any(|c| c.is_ascii_digit())
    })
    .await;
    figure(&tab)
}

/// The words of the company list's tab, once they are as wished and the preview is at rest.
async fn company_tab(window: &Window, what: &str, wished: impl Fn(&str) -> bool) -> String {
    let rested = "const pane = document.querySelector(\"section[aria-label='Preview']\");
        return pane !== null && pane.getAttribute('aria-busy') !== 'true'";
    let tab = "section[aria-label='Preview'] [role='tab']:last-of-type";
    window.holds("the preview is at rest", rested).await;
    window
        .until(tab, what, |words| words.starts_with("Company tickets") && wished(words))
        .await
}

/// The first number in a text, as English writes it.
fn figure(words: &str) -> u64 {
    let digits = words
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == ',');
    digits.filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// Names of the files below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn somebody_sees_too_much_until_an_account_is_taken_away_and_exported() {
    let window = Window::on_sample().await;
    window.open_person("nowak", "a.nowak").await;
    let before = company_tickets(&window).await;
    assert!(
        before > 100,
        "the story is that she sees too much, not {before} tickets"
    );

    // The draft is seen through her eyes before it is saved.
    window.press("tab", "Access").await;
    window.press("button", "Remove E-invoicing pilot").await;
    window
        .until(FOOT, "counts the unsaved field", |words| {
            words.contains("1 unsaved field")
        })
        .await;
    let draft = company_tab(&window, "shows what is lost", |words| words.contains('−')).await;
    let after = figure(&draft);
    assert!(after < before, "{after} of {before} tickets are left: {draft}");
    assert_eq!(figure(draft.split('−').nth(1).unwrap()), before - after, "{draft}");
    // The list may go on: what is typed in the form stays.
    window.press("button", "Clear").await;
    window
        .holds(
            "everybody is listed again",
            "return document.querySelectorAll('[role=grid] [role=row]').length > 10",
        )
        .await;
    assert!(window.words(FOOT).await.contains("1 unsaved field"));
    window.picture("draft").await;
    let pending = "return document.querySelector('header a[href=\"#/review\"][title]')?.innerText ?? 'none'";
    assert_eq!(
        window.script(pending, vec![]).await,
        json!("none"),
        "nothing is saved yet"
    );

    // Saved: the preview says the same, now without a difference.
    window.press("button", "Save").await;
    window
        .until(FOOT, "has nothing unsaved", |words| words.contains("No changes"))
        .await;
    let saved = company_tab(&window, "has no difference any more", |words| !words.contains('−')).await;
    assert_eq!(figure(&saved), after);
    window.find("header a[href='#/review'][title]").await;

    // Undone: as it was. Done again: as it was saved.
    window.press("button", "Undo:").await;
    company_tab(&window, "is as before", |words| figure(words) == before).await;
    window.press("button", "Redo:").await;
    company_tab(&window, "is as saved", |words| figure(words) == after).await;

    export(&window).await;
    window.close().await;
}

/// Writes what is pending into a folder and looks for it there.
async fn export(window: &Window) {
    let folder = window.home().join("for the desk");
    std::fs::create_dir(&folder).unwrap();
    window.press("link", "Review & export").await;
    window
        .until("main", "names whom the change is about", |words| {
            words.contains("Nowak")
        })
        .await;
    let field = window.named("textbox", "Folder").await;
    field.clear().await.unwrap();
    field.send_keys(folder.to_str().unwrap()).await.unwrap();
    window.press("button", "Export").await;
    window
        .until("main", "says that it is written", |words| {
            words.contains("sha256") || words.contains(".sql")
        })
        .await;
    let written = files(&folder);
    let sql: Vec<&String> = written
        .iter()
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "sql"))
        .collect();
    assert!(!sql.is_empty(), "{written:?}");
    for name in sql {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(
            text.contains("a.nowak") && text.contains("PRJ-EINVOICE"),
            "{name} does not name what changed:\n{text}"
        );
    }
}

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn an_invalid_draft_keeps_the_last_valid_preview_and_cannot_be_saved() {
    let window = Window::on_sample().await;
    window.open_person("nowak", "a.nowak").await;
    let before = company_tickets(&window).await;
    let login = window.find("#field-login").await;
    login.click().await.unwrap();
    window.chord(&['\u{e009}'], 'a').await;
    window.chord(&[], '\u{e017}').await;
    window
        .until(FOOT, "counts what is to correct", |words| {
            words.contains("1 field to correct")
        })
        .await;
    window
        .until(PREVIEW, "says that it is the last valid one", |words| {
            words.contains("last valid preview")
        })
        .await;
    assert_eq!(company_tickets(&window).await, before);
    let save = window.named("button", "Save").await;
    assert_eq!(save.attr("aria-disabled").await.unwrap().as_deref(), Some("true"));
    window.press("button", "Discard").await;
    window
        .until(FOOT, "has nothing unsaved", |words| words.contains("No changes"))
        .await;
    window.close().await;
}
