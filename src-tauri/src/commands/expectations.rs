//! What people are to see, or never to see.

use portico_api::expectations;
use portico_api::types::expectations::{
    ExpectationChoices, ExpectationInput, ExpectationReport, ExpectationRow, ProposedExpectations,
};
use tauri::AppHandle;

use super::{Answer, ask, change, watch};

/// What the window asks again after expectations changed.
const EXPECTED: &[&str] = &["workspace", "preview", "history"];

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_expectations(app: AppHandle) -> Answer<Vec<ExpectationRow>> {
    ask(&app, expectations::list_expectations).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn expectation_choices(app: AppHandle) -> Answer<ExpectationChoices> {
    ask(&app, expectations::expectation_choices).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_expectations(app: AppHandle, job: String) -> Answer<ExpectationReport> {
    watch(&app, job, expectations::check_expectations).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn add_expectations(app: AppHandle, inputs: Vec<ExpectationInput>) -> Answer<Vec<ExpectationRow>> {
    change(&app, EXPECTED, move |session| {
        expectations::add_expectations(session, &inputs)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_expectation(app: AppHandle, id: String) -> Answer<()> {
    change(&app, EXPECTED, move |session| {
        expectations::remove_expectation(session, &id)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn propose_expectations(app: AppHandle, user: String, job: String) -> Answer<ProposedExpectations> {
    watch(&app, job, move |session, work| {
        expectations::propose_expectations(session, &user, work)
    })
    .await
}
