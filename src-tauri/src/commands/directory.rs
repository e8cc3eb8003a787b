//! Accounts and groups as lists.

use portico_api::types::directory::{AccountPage, GroupRow};
use portico_api::types::form::DeskForm;
use portico_api::{directory, forms};
use tauri::AppHandle;

use super::{Answer, ask};

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_accounts(app: AppHandle, search: String, offset: u32, limit: u32) -> Answer<AccountPage> {
    ask(&app, move |session| {
        directory::list_accounts(session, &search, offset, limit)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_groups(app: AppHandle) -> Answer<Vec<GroupRow>> {
    ask(&app, directory::list_groups).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn desk_form(app: AppHandle) -> Answer<DeskForm> {
    ask(&app, forms::desk_form).await
}
