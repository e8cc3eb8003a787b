//! The portal through a person's eyes. Nothing here can write.

use portico_api::types::colleague::ColleagueView;
use portico_api::types::flips::{FlipChange, FlipTouch, Flips};
use portico_api::types::preview::{PageQuery, Preview, TicketPage, TicketView, Viewer, VisitorPreview};
use portico_api::types::why::Why;
use portico_api::{flips, preview};
use tauri::AppHandle;

use super::{Answer, ask, watch};

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
pub(crate) async fn preview_colleague(app: AppHandle, viewer: Viewer, id: String) -> Answer<ColleagueView> {
    ask(&app, move |session| preview::preview_colleague(session, &viewer, &id)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn why(app: AppHandle, viewer: Viewer, number: String) -> Answer<Why> {
    ask(&app, move |session| preview::why(session, &viewer, &number)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn flips(
    app: AppHandle,
    viewer: Viewer,
    number: String,
    question: String,
    job: String,
) -> Answer<Flips> {
    watch(&app, job, move |session, work| {
        flips::flips(session, &viewer, &number, &question, flips::Counting::Near, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn flip_touch(
    app: AppHandle,
    viewer: Viewer,
    number: String,
    question: String,
    changes: Vec<FlipChange>,
    job: String,
) -> Answer<FlipTouch> {
    watch(&app, job, move |session, work| {
        flips::flip_touch(session, &viewer, &number, &question, &changes, work)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn visitor(app: AppHandle) -> Answer<VisitorPreview> {
    ask(&app, preview::visitor).await
}
