//! What was done, and taking it back.

use portico_api::history;
use portico_api::types::history::ChangeRow;
use portico_api::types::workspace::WorkspaceInfo;
use tauri::AppHandle;

use super::{Answer, EDITED, ask, change};

/// The differences of one change that the window tells.
const LINES: u32 = 100;

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_changes(app: AppHandle, before: Option<u32>, limit: u32) -> Answer<Vec<ChangeRow>> {
    ask(&app, move |session| {
        history::list_changes_in_short(session, before, limit, LINES)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn undo(app: AppHandle) -> Answer<WorkspaceInfo> {
    change(&app, EDITED, history::undo).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn redo(app: AppHandle) -> Answer<WorkspaceInfo> {
    change(&app, EDITED, history::redo).await
}
