//! Opening, making and closing workspaces, and the desk's settings.

use std::path::Path;
use std::sync::Arc;

use portico_api::session::Session;
use portico_api::types::workspace::{SettingInput, WorkspaceInfo};
use portico_api::workspace;
use tauri::{AppHandle, Manager};

use super::{Answer, EDITED, announce, aside, change};
use crate::start::{actor, sample_folder};
use crate::state::Opened;

#[tauri::command]
#[specta::specta]
pub(crate) async fn workspace_info(app: AppHandle) -> Answer<Option<WorkspaceInfo>> {
    let session = app.state::<Opened>().session();
    aside(move || session.map(|session| workspace::workspace_info(&session)).transpose()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_workspace(app: AppHandle, path: String) -> Answer<WorkspaceInfo> {
    enter(&app, move || Session::open(Path::new(&path), actor())).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_sample(app: AppHandle) -> Answer<WorkspaceInfo> {
    let folder = sample_folder(&app)?;
    enter(&app, move || Session::create_sample(&folder, actor())).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn create_workspace(
    app: AppHandle,
    path: String,
    name: String,
    desk: String,
) -> Answer<WorkspaceInfo> {
    enter(&app, move || Session::create(Path::new(&path), &name, &desk, actor())).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn close_workspace(app: AppHandle) -> Answer<()> {
    app.state::<Opened>().replace(None);
    announce(&app, EDITED);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_settings(app: AppHandle, settings: Vec<SettingInput>) -> Answer<WorkspaceInfo> {
    change(&app, EDITED, move |session| workspace::set_settings(session, &settings)).await
}

/// Puts a new session in the place of the one before, once it stands.
async fn enter(app: &AppHandle, make: impl FnOnce() -> Answer<Session> + Send + 'static) -> Answer<WorkspaceInfo> {
    let (session, info) = aside(move || {
        let session = make()?;
        let info = workspace::workspace_info(&session)?;
        Ok((session, info))
    })
    .await?;
    app.state::<Opened>().replace(Some(Arc::new(session)));
    announce(app, EDITED);
    Ok(info)
}
