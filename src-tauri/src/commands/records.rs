//! Records of the directory, of every kind alike.

use portico_api::records;
use portico_api::types::records::{
    DeleteHow, Deleted, Deletion, EntityCount, RecordChoice, RecordDetail, RecordPage, RecordQuery, SaveRecord,
    TreePage, Values,
};
use portico_api::types::users::Saved;
use portico_core::error::FieldProblem;
use tauri::AppHandle;

use super::{Answer, EDITED, ask, change};

#[tauri::command]
#[specta::specta]
pub(crate) async fn search_records(
    app: AppHandle,
    entity: String,
    text: String,
    limit: u32,
) -> Answer<Vec<RecordChoice>> {
    ask(&app, move |session| {
        records::search_records(session, &entity, &text, limit)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn labels(app: AppHandle, entity: String, ids: Vec<String>) -> Answer<Vec<RecordChoice>> {
    ask(&app, move |session| records::labels(session, &entity, &ids)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn count_records(app: AppHandle) -> Answer<Vec<EntityCount>> {
    ask(&app, records::count_records).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_records(
    app: AppHandle,
    entity: String,
    query: RecordQuery,
    offset: u32,
    limit: u32,
) -> Answer<RecordPage> {
    ask(&app, move |session| {
        records::list_records(session, &entity, &query, offset, limit)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn portal_tree(app: AppHandle, parent: Option<String>, offset: u32, limit: u32) -> Answer<TreePage> {
    ask(&app, move |session| {
        records::portal_tree(session, parent.as_deref(), offset, limit)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn get_record(app: AppHandle, entity: String, id: String) -> Answer<RecordDetail> {
    ask(&app, move |session| records::get_record(session, &entity, &id)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn new_record(app: AppHandle, entity: String, given: Values) -> Answer<RecordDetail> {
    ask(&app, move |session| records::new_record(session, &entity, &given)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_record(
    app: AppHandle,
    entity: String,
    id: Option<String>,
    values: Values,
) -> Answer<Vec<FieldProblem>> {
    ask(&app, move |session| {
        records::check_record(session, &entity, id.as_deref(), &values)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn save_record(app: AppHandle, input: SaveRecord) -> Answer<Saved> {
    change(&app, EDITED, move |session| records::save_record(session, &input)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn deletion(app: AppHandle, entity: String, id: String) -> Answer<Deletion> {
    ask(&app, move |session| records::deletion(session, &entity, &id)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_record(app: AppHandle, entity: String, id: String, how: DeleteHow) -> Answer<Deleted> {
    change(&app, EDITED, move |session| {
        records::delete_record(session, &entity, &id, &how)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn put_record_draft(app: AppHandle, entity: String, id: Option<String>, values: Values) -> Answer<()> {
    ask(&app, move |session| {
        records::put_record_draft(session, &entity, id.as_deref(), &values)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn discard_record_draft(app: AppHandle, entity: String, id: Option<String>) -> Answer<()> {
    ask(&app, move |session| {
        records::discard_record_draft(session, &entity, id.as_deref())
    })
    .await
}
