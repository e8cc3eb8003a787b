//! The portal through a person's eyes. Nothing here can write.

use portico_api::preview;
use portico_api::types::preview::{PageQuery, Preview, TicketPage, TicketView, Viewer, Why};
use tauri::AppHandle;

use super::{Answer, ask};

#[tauri::command]
#[specta::specta]
pub(crate) async fn preview(app: AppHandle, viewer: Viewer) -> Answer<Preview> {
    ask(&app, move |session| preview::preview(session, &viewer)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_page(app: AppHandle, viewer: Viewer, query: PageQuery) -> Answer<TicketPage> {
    ask(&app, move |session| preview::preview_page(session, &viewer, &query)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_ticket(app: AppHandle, viewer: Viewer, number: String) -> Answer<TicketView> {
    ask(&app, move |session| preview::preview_ticket(session, &viewer, &number)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn why(app: AppHandle, viewer: Viewer, number: String) -> Answer<Why> {
    ask(&app, move |session| preview::why(session, &viewer, &number)).await
}
