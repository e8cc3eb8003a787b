//! Accounts against groups: what people of an account see. Nothing here can write but a table into a file.

use portico_api::heat;
use portico_api::types::heat::{ExportHeat, HeatHead, HeatPage, HeatPeople, HeatQuery};
use portico_api::types::lists::ListFile;
use tauri::AppHandle;

use super::{Answer, ask, watch};

#[tauri::command]
#[specta::specta]
pub(crate) async fn heat_head(app: AppHandle) -> Answer<HeatHead> {
    ask(&app, heat::heat_head).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn heat_page(
    app: AppHandle,
    search: String,
    offset: u32,
    limit: u32,
    job: String,
) -> Answer<HeatPage> {
    watch(&app, job, move |session, work| {
        heat::heat_page(session, &search, offset, limit, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn heat_people(app: AppHandle, query: HeatQuery, job: String) -> Answer<HeatPeople> {
    watch(&app, job, move |session, work| heat::heat_people(session, &query, work)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_heat(app: AppHandle, input: ExportHeat, job: String) -> Answer<ListFile> {
    watch(&app, job, move |session, work| heat::export_heat(session, &input, work)).await
}
