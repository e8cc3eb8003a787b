//! What a pending change would do to whom. Nothing here can write.

use portico_api::types::compare::PeopleCompared;
use portico_api::types::exposure::{ExportExposure, Exposure};
use portico_api::types::lists::ListFile;
use portico_api::types::records::{DeleteHow, Values};
use portico_api::types::users::UserForm;
use portico_api::types::workspace::SettingInput;
use portico_api::{compare, exposure};
use tauri::AppHandle;

use super::{Answer, ask, watch};

#[tauri::command]
#[specta::specta]
pub(crate) async fn exposure_of_user(
    app: AppHandle,
    id: Option<String>,
    form: UserForm,
    job: String,
) -> Answer<Exposure> {
    watch(&app, job, move |session, work| {
        exposure::of_user_form(session, id.as_deref(), &form, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn exposure_of_record(
    app: AppHandle,
    entity: String,
    id: Option<String>,
    values: Values,
    job: String,
) -> Answer<Exposure> {
    watch(&app, job, move |session, work| {
        exposure::of_record(session, &entity, id.as_deref(), &values, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn exposure_of_deletion(
    app: AppHandle,
    entity: String,
    id: String,
    how: DeleteHow,
    job: String,
) -> Answer<Exposure> {
    watch(&app, job, move |session, work| {
        exposure::of_deletion(session, &entity, &id, &how, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn exposure_of_settings(app: AppHandle, settings: Vec<SettingInput>, job: String) -> Answer<Exposure> {
    watch(&app, job, move |session, work| {
        exposure::of_settings(session, &settings, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn exposure_of_pending(app: AppHandle, job: String) -> Answer<Exposure> {
    watch(&app, job, exposure::of_pending).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn exposure_since(app: AppHandle, change: u32, job: String) -> Answer<Exposure> {
    watch(&app, job, move |session, work| exposure::since(session, change, work)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn exposure_of_undo(app: AppHandle, change: u32, job: String) -> Answer<Exposure> {
    watch(&app, job, move |session, work| exposure::of_undo(session, change, work)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_exposure(app: AppHandle, input: ExportExposure, job: String) -> Answer<ListFile> {
    watch(&app, job, move |session, work| {
        exposure::export_exposure(session, &input, work).map(|(file, _)| file)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn compare_people(app: AppHandle, first: String, second: String) -> Answer<PeopleCompared> {
    ask(&app, move |session| compare::compare_people(session, &first, &second)).await
}
