//! Lists as files, and people chosen out of them.

use portico_api::types::lists::{ExportUsers, ListFile};
use portico_api::types::records::ExportRecords;
use portico_api::types::selection::{FoundPeople, QueryNames};
use portico_api::types::users::{FacetValue, UserQuery};
use portico_api::{lists, records, users};
use tauri::AppHandle;

use super::{Answer, ask};
use crate::jobs::Job;

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_users(app: AppHandle, input: ExportUsers, job: String) -> Answer<ListFile> {
    let mut job = Job::begin(&app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    ask(&app, move |session| {
        lists::export_users(session, &input, &name, &mut |p| job.tell(p), &cancelled)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_records(app: AppHandle, input: ExportRecords, job: String) -> Answer<ListFile> {
    let mut job = Job::begin(&app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    ask(&app, move |session| {
        records::export_records(session, &input, &name, &mut |p| job.tell(p), &cancelled)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn group_facet(app: AppHandle, query: UserQuery) -> Answer<Vec<FacetValue>> {
    ask(&app, move |session| users::group_facet(session, &query)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn query_names(app: AppHandle, query: UserQuery) -> Answer<QueryNames> {
    ask(&app, move |session| users::query_names(session, &query)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn find_logins(app: AppHandle, logins: Vec<String>) -> Answer<FoundPeople> {
    ask(&app, move |session| users::find_logins(session, &logins)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn find_emails(app: AppHandle, emails: Vec<String>) -> Answer<FoundPeople> {
    ask(&app, move |session| users::find_emails(session, &emails)).await
}
