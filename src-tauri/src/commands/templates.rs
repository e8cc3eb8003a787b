//! Templates: the rights that a role usually has.

use portico_api::templates;
use portico_api::types::templates::{SaveTemplate, TemplateRow};
use portico_api::types::users::{Saved, UserDetail, UserForm};
use tauri::AppHandle;

use super::{Answer, EDITED, ask, change};

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_templates(app: AppHandle) -> Answer<Vec<TemplateRow>> {
    ask(&app, templates::list_templates).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_template(app: AppHandle, input: SaveTemplate) -> Answer<Saved> {
    change(&app, EDITED, move |session| templates::save_template(session, &input)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_template(app: AppHandle, id: String) -> Answer<()> {
    change(&app, EDITED, move |session| templates::delete_template(session, &id)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn new_user_from(app: AppHandle, template: String) -> Answer<UserDetail> {
    ask(&app, move |session| templates::new_user_from(session, &template)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn apply_template(app: AppHandle, template: String, form: UserForm) -> Answer<UserForm> {
    ask(&app, move |session| {
        templates::apply_template(session, &template, &form)
    })
    .await
}
