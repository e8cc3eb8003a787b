//! Many people at once: edit them together, end their access.

use portico_api::types::bulk::{
    BulkEdit, BulkForm, BulkPreview, BulkSaved, Offboard, OffboardChoices, OffboardPreview,
};
use portico_api::types::exposure::Exposure;
use portico_api::types::selection::Selection;
use portico_api::{bulk, offboard as leaving};
use tauri::AppHandle;

use super::{Answer, EDITED, announce, ask, watch};

#[tauri::command]
#[specta::specta]
pub(crate) async fn bulk_form(app: AppHandle, people: Selection) -> Answer<BulkForm> {
    ask(&app, move |session| bulk::bulk_form(session, &people)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn bulk_preview(app: AppHandle, edit: BulkEdit, job: String) -> Answer<BulkPreview> {
    watch(&app, job, move |session, work| bulk::bulk_preview(session, &edit, work)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn bulk_exposure(app: AppHandle, edit: BulkEdit, job: String) -> Answer<Exposure> {
    watch(&app, job, move |session, work| {
        bulk::bulk_exposure(session, &edit, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn bulk_save(
    app: AppHandle,
    edit: BulkEdit,
    version: Option<String>,
    job: String,
) -> Answer<BulkSaved> {
    let saved = watch(&app, job, move |session, work| {
        bulk::bulk_save(session, &edit, version.as_deref(), work)
    })
    .await?;
    announce(&app, EDITED);
    Ok(saved)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn offboard_choices(app: AppHandle) -> Answer<OffboardChoices> {
    ask(&app, leaving::offboard_choices).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn offboard_preview(app: AppHandle, input: Offboard, job: String) -> Answer<OffboardPreview> {
    watch(&app, job, move |session, work| {
        leaving::offboard_preview(session, &input, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn offboard_exposure(app: AppHandle, input: Offboard, job: String) -> Answer<Exposure> {
    watch(&app, job, move |session, work| {
        leaving::offboard_exposure(session, &input, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn offboard(
    app: AppHandle,
    input: Offboard,
    version: Option<String>,
    job: String,
) -> Answer<BulkSaved> {
    let saved = watch(&app, job, move |session, work| {
        leaving::offboard(session, &input, version.as_deref(), work)
    })
    .await?;
    announce(&app, EDITED);
    Ok(saved)
}
