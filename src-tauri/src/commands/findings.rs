//! What is probably not meant.

use portico_api::findings;
use portico_api::types::findings::{FindingCounts, FindingPage, FindingQuery, FindingRow, MuteFinding};
use tauri::AppHandle;

use super::{Answer, ask, change, watch};

/// What the window asks again after something was muted.
const MUTED: &[&str] = &["workspace", "users", "history"];

#[tauri::command]
#[specta::specta]
pub(crate) async fn count_findings(app: AppHandle, job: String) -> Answer<FindingCounts> {
    watch(&app, job, findings::count_findings).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_findings(app: AppHandle, query: FindingQuery) -> Answer<FindingPage> {
    ask(&app, move |session| findings::list_findings(session, &query)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn findings_of_user(app: AppHandle, id: String) -> Answer<Vec<FindingRow>> {
    ask(&app, move |session| findings::findings_of_user(session, &id)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn people_of_finding(app: AppHandle, kind: String) -> Answer<Vec<String>> {
    ask(&app, move |session| findings::people_of_finding(session, &kind)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn mute_finding(app: AppHandle, input: MuteFinding) -> Answer<()> {
    change(&app, MUTED, move |session| findings::mute_finding(session, &input)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn unmute_finding(app: AppHandle, finding: String) -> Answer<()> {
    change(&app, MUTED, move |session| findings::unmute_finding(session, &finding)).await
}
