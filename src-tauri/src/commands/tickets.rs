//! Tickets, and who can see them. Nothing here can write.

use portico_api::tickets;
use portico_api::types::lists::ListFile;
use portico_api::types::preview::Cursor;
use portico_api::types::tickets::{ExportWho, FoundTickets, TicketHead, WhoCounts, WhoPage, WhoQuery};
use tauri::AppHandle;

use super::{Answer, ask};
use crate::jobs::Job;

#[tauri::command]
#[specta::specta]
pub(crate) async fn find_tickets(app: AppHandle, text: String, after: Option<Cursor>) -> Answer<FoundTickets> {
    ask(&app, move |session| {
        tickets::find_tickets(session, &text, after.as_ref())
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn ticket_head(app: AppHandle, number: String) -> Answer<TicketHead> {
    ask(&app, move |session| tickets::ticket_head(session, &number)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn who_count(app: AppHandle, number: String, activity: Option<u32>) -> Answer<WhoCounts> {
    ask(&app, move |session| tickets::who_count(session, &number, activity)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn who_page(app: AppHandle, query: WhoQuery) -> Answer<WhoPage> {
    ask(&app, move |session| tickets::who_page(session, &query)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_who(app: AppHandle, input: ExportWho, job: String) -> Answer<ListFile> {
    let mut job = Job::begin(&app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    ask(&app, move |session| {
        tickets::export_who(session, &input, &name, &mut |p| job.tell(p), &cancelled)
    })
    .await
}
