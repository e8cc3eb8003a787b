//! External users: list and form.

use std::sync::Once;

use portico_api::types::passphrase::Secret;
use portico_api::types::users::{
    AccountChoice, DraftRow, Licences, SaveUser, Saved, UserDetail, UserFacets, UserForm, UserPage, UserQuery,
};
use portico_api::users;
use portico_core::error::FieldProblem;
use tauri::AppHandle;

use super::{Answer, EDITED, ask, change};

/// Once people are listed the window is of use: the log says when that was.
static FIRST_LISTED: Once = Once::new();

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_users(app: AppHandle, query: UserQuery, offset: u32, limit: u32) -> Answer<UserPage> {
    let page = ask(&app, move |session| users::list_users(session, &query, offset, limit)).await?;
    FIRST_LISTED.call_once(|| tracing::info!("the first people are listed"));
    Ok(page)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn user_facets(app: AppHandle, query: UserQuery) -> Answer<UserFacets> {
    ask(&app, move |session| users::user_facets(session, &query)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn get_user(app: AppHandle, id: String) -> Answer<UserDetail> {
    ask(&app, move |session| users::get_user(session, &id)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn new_user(app: AppHandle, like: Option<String>) -> Answer<UserDetail> {
    ask(&app, move |session| users::new_user(session, like.as_deref())).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_user(app: AppHandle, id: Option<String>, form: UserForm) -> Answer<Vec<FieldProblem>> {
    ask(&app, move |session| users::check_user(session, id.as_deref(), &form)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_user(
    app: AppHandle,
    input: SaveUser,
    draft: Option<String>,
    typed: Option<Secret>,
) -> Answer<Saved> {
    change(&app, EDITED, move |session| match (&typed, &draft) {
        (Some(typed), key) => users::save_typed_user(session, &input, key.as_deref(), typed),
        (None, Some(key)) => users::save_kept_user(session, &input, key),
        (None, None) => users::save_user(session, &input),
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn propose_login(app: AppHandle, form: UserForm) -> Answer<String> {
    ask(&app, move |session| users::propose_login(session, &form)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_drafts(app: AppHandle) -> Answer<Vec<DraftRow>> {
    ask(&app, users::list_drafts).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn get_draft(app: AppHandle, key: String) -> Answer<Option<UserForm>> {
    ask(&app, move |session| users::get_draft(session, &key)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn put_draft(app: AppHandle, key: String, form: UserForm) -> Answer<()> {
    ask(&app, move |session| users::put_draft(session, &key, &form)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn discard_draft(app: AppHandle, key: String) -> Answer<()> {
    ask(&app, move |session| users::discard_draft(session, &key)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn search_accounts(app: AppHandle, search: String, limit: u32) -> Answer<Vec<AccountChoice>> {
    ask(&app, move |session| users::search_accounts(session, &search, limit)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn licences(app: AppHandle) -> Answer<Option<Licences>> {
    ask(&app, users::licences).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_password(app: AppHandle, clear: Secret) -> Answer<Vec<FieldProblem>> {
    ask(&app, move |session| users::check_password(session, &clear)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_login(app: AppHandle, login: String, clear: Secret) -> Answer<Option<bool>> {
    ask(&app, move |session| users::check_login(session, &login, &clear)).await
}
