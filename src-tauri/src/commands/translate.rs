//! The workspace in the terms of another desk. What is written is a new file.

use std::path::Path;

use portico_api::types::translate::{DesksCompared, PersonElsewhere, TranslationStatement, WorkspaceTranslated};
use portico_api::{elsewhere, translate};
use tauri::AppHandle;

use super::{Answer, ask, watch};

#[tauri::command]
#[specta::specta]
pub(crate) async fn translation(app: AppHandle, to: String) -> Answer<Vec<TranslationStatement>> {
    ask(&app, move |session| translate::translation(session, &to)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn compare_desks(app: AppHandle, to: String, job: String) -> Answer<DesksCompared> {
    watch(&app, job, move |session, work| {
        translate::compare_desks(session, &to, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn person_elsewhere(app: AppHandle, to: String, id: String, job: String) -> Answer<PersonElsewhere> {
    watch(&app, job, move |session, work| {
        elsewhere::person_elsewhere(session, &to, &id, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn translate_workspace(
    app: AppHandle,
    to: String,
    path: String,
    job: String,
) -> Answer<WorkspaceTranslated> {
    watch(&app, job, move |session, work| {
        translate::translate_workspace(session, &to, Path::new(&path), work)
    })
    .await
}
