//! What a pending change would do to whom. Nothing here can write.

use portico_api::exposure;
use portico_api::types::exposure::Exposure;
use portico_api::types::users::UserForm;
use portico_api::types::workspace::SettingInput;
use tauri::AppHandle;

use super::{Answer, watch};

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
pub(crate) async fn exposure_of_settings(app: AppHandle, settings: Vec<SettingInput>, job: String) -> Answer<Exposure> {
    watch(&app, job, move |session, work| {
        exposure::of_settings(session, &settings, work)
    })
    .await
}
