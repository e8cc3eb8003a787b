//! Rights on groups as a matrix.

use portico_api::matrix;
use portico_api::types::exposure::Exposure;
use portico_api::types::matrix::{
    MatrixAim, MatrixColumnEdit, MatrixEdits, MatrixEffect, MatrixHead, MatrixPage, MatrixQuery, MatrixSaved,
};
use tauri::AppHandle;

use super::{Answer, EDITED, ask, change, watch};

#[tauri::command]
#[specta::specta]
pub(crate) async fn matrix_head(app: AppHandle, query: MatrixQuery, counted: bool) -> Answer<MatrixHead> {
    ask(&app, move |session| matrix::matrix_head(session, &query, counted)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn matrix_page(app: AppHandle, query: MatrixQuery, offset: u32, limit: u32) -> Answer<MatrixPage> {
    ask(&app, move |session| matrix::matrix_page(session, &query, offset, limit)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn matrix_place(app: AppHandle, query: MatrixQuery, aim: MatrixAim) -> Answer<Option<u32>> {
    ask(&app, move |session| matrix::matrix_place(session, &query, &aim)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn exposure_of_cells(app: AppHandle, edits: MatrixEdits, job: String) -> Answer<Exposure> {
    watch(&app, job, move |session, work| {
        matrix::exposure_of_cells(session, &edits, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_cells(app: AppHandle, edits: MatrixEdits) -> Answer<MatrixSaved> {
    change(&app, EDITED, move |session| matrix::save_cells(session, &edits)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn count_column(app: AppHandle, edit: MatrixColumnEdit) -> Answer<u32> {
    ask(&app, move |session| matrix::count_column(session, &edit)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn effect_of_column(app: AppHandle, edit: MatrixColumnEdit, job: String) -> Answer<MatrixEffect> {
    watch(&app, job, move |session, work| {
        matrix::effect_of_column(session, &edit, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_column(app: AppHandle, edit: MatrixColumnEdit) -> Answer<MatrixSaved> {
    change(&app, EDITED, move |session| matrix::save_column(session, &edit)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn put_cells(app: AppHandle, edits: MatrixEdits) -> Answer<()> {
    ask(&app, move |session| matrix::put_cells(session, &edits)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn kept_cells(app: AppHandle) -> Answer<Option<MatrixEdits>> {
    ask(&app, matrix::kept_cells).await
}
