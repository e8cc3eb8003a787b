//! How the workspace stands.

use portico_api::overview;
use portico_api::types::overview::Overview;
use tauri::AppHandle;

use super::{Answer, ask};

#[tauri::command]
#[specta::specta]
pub(crate) async fn overview(app: AppHandle) -> Answer<Overview> {
    ask(&app, overview::overview).await
}
