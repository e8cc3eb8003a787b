//! Many at once: people in one form, rights in the matrix; saved, seen, taken back.

use serde_json::json;

use crate::window::Window;

const CONTROL: char = '\u{e009}';
const SHIFT: char = '\u{e008}';
const DOWN: char = '\u{e015}';

/// Names of the cells of the matrix that are drawn, each with the right in it.
const CELLS: &str = "[...document.querySelectorAll('[role=grid] [role=gridcell][aria-label]')].map((c) => c.getAttribute('aria-label'))";

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn three_people_are_edited_as_one_and_brought_back() {
    let window = Window::on_sample().await;
    window
        .script("document.querySelector('[role=grid]').focus()", vec![])
        .await;
    window.chord(&[], ' ').await;
    window.chord(&[SHIFT], DOWN).await;
    window.chord(&[SHIFT], DOWN).await;
    window
        .holds(
            "three are selected",
            "return document.querySelectorAll('[role=grid] [role=row][aria-selected=true]').length === 3",
        )
        .await;
    window.chord(&[], 'e').await;
    window.named("heading", "Edit 3 people").await;
    window.named("textbox", "City").await.click().await.unwrap();
    window.type_text("Elsewhere").await;
    window.named("status", "Nobody gains or loses a ticket.").await;
    window.picture("bulk").await;
    assert_eq!(window.complaints().await, Vec::<String>::new());
    window.chord(&[CONTROL], 's').await;
    window.named("status", "3 people changed").await;

    // Each of them has it now, and none after the undo.
    let second = "document.querySelector(\"[role='grid'] [role='row'][aria-rowindex='3']\").click()";
    window.script(second, vec![]).await;
    let has = "const city = document.querySelector(\"[role='form'] #field-city\"); return city !== null && city.value";
    window
        .holds("the second has the new city", &format!("{has} === 'Elsewhere'"))
        .await;
    window.press("button", "Undo").await;
    window
        .holds("it is taken back", &format!("{has} !== 'Elsewhere'"))
        .await;
    window.close().await;
}

#[tokio::test]
#[ignore = "drives the real window: make test"]
async fn a_right_is_set_in_the_matrix_and_is_there_after_a_change_of_screen() {
    let window = Window::on_sample().await;
    window.script("location.hash = '#/groups'", vec![]).await;
    window
        .holds("cells are drawn", &format!("return {CELLS}.length > 20"))
        .await;
    let free = format!("return {CELLS}.find((name) => name.endsWith(': none')) ?? null");
    let name = window.script(&free, vec![]).await;
    let name = name.as_str().unwrap().to_owned();
    let owner = name.strip_suffix(": none").unwrap();
    window.press("gridcell", &name).await;
    window.chord(&[], 'r').await;
    window
        .named("gridcell", &format!("{owner}: ro, was none, not saved"))
        .await;
    window.picture("matrix").await;
    assert_eq!(window.complaints().await, Vec::<String>::new());
    window.chord(&[CONTROL], 's').await;
    window.named("gridcell", &format!("{owner}: ro")).await;
    let saved = format!("return {CELLS}.includes({})", json!(format!("{owner}: ro")));
    window.holds("nothing is unsaved any more", &saved).await;
    window.script("location.hash = '#/users'", vec![]).await;
    window.find("[aria-label='Name, login, e-mail, account']").await;
    window.script("location.hash = '#/groups'", vec![]).await;
    window.holds("it is there after coming back", &saved).await;
    window.chord(&[CONTROL], 'z').await;
    let undone = format!("return {CELLS}.includes({})", json!(name));
    window.holds("it is taken back", &undone).await;
    window.close().await;
}
