//! Opening, making and closing workspaces, and the desk's settings.

use std::path::Path;
use std::sync::Arc;

use portico_api::passphrase;
use portico_api::session::Session;
use portico_api::types::passphrase::{LockedWorkspace, PassphraseInput, Secret};
use portico_api::types::workspace::{SettingInput, WorkspaceInfo};
use portico_api::{settings, workspace};
use portico_core::error::FieldProblem;
use tauri::{AppHandle, Manager};

use super::{Answer, EDITED, announce, aside, ask, change};
use crate::jobs::Job;
use crate::start::{actor, sample_folder};
use crate::state::Opened;

#[tauri::command]
#[specta::specta]
pub(crate) async fn workspace_info(app: AppHandle) -> Answer<Option<WorkspaceInfo>> {
    let session = app.state::<Opened>().session().await;
    aside(move || session.map(|session| workspace::workspace_info(&session)).transpose()).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_workspace(app: AppHandle, path: String, passphrase: Option<Secret>) -> Answer<WorkspaceInfo> {
    enter(&app, move || {
        Session::unlock(Path::new(&path), passphrase.as_ref(), actor())
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn locked_workspace(app: AppHandle) -> Answer<Option<LockedWorkspace>> {
    let locked = app.state::<Opened>().locked();
    Ok(locked.map(|path| LockedWorkspace {
        path: path.display().to_string(),
    }))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_passphrase(passphrase: Secret) -> Answer<Option<FieldProblem>> {
    Ok(passphrase::check_passphrase(&passphrase))
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn change_passphrase(app: AppHandle, input: PassphraseInput, job: String) -> Answer<WorkspaceInfo> {
    let mut job = Job::begin(&app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    let opened = app.state::<Opened>();
    let (mut place, session) = opened.take().await?;
    let changed = aside(move || {
        Ok(passphrase::change_passphrase(
            session,
            &input,
            &name,
            &mut |p| job.tell(p),
            &cancelled,
        ))
    })
    .await?;
    let (session, answer) = match changed {
        Ok(session) => {
            let info = workspace::workspace_info(&session);
            (Some(session), info)
        }
        Err(not) => (not.session, Err(not.error)),
    };
    *place = session.map(Arc::new);
    drop(place);
    announce(&app, &["workspace"]);
    answer
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn open_sample(app: AppHandle, desk: String) -> Answer<WorkspaceInfo> {
    let folder = sample_folder(&app)?;
    enter(&app, move || Session::create_sample_of(&desk, &folder, actor())).await
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
    app.state::<Opened>().replace(None).await;
    announce(&app, EDITED);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn set_settings(app: AppHandle, settings: Vec<SettingInput>) -> Answer<WorkspaceInfo> {
    change(&app, EDITED, move |session| settings::set_settings(session, &settings)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn settings_draft(app: AppHandle) -> Answer<Vec<SettingInput>> {
    ask(&app, settings::settings_draft).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn put_settings_draft(app: AppHandle, settings: Vec<SettingInput>) -> Answer<()> {
    ask(&app, move |session| settings::put_settings_draft(session, &settings)).await
}

/// Puts a new session in the place of the one before, once it stands.
async fn enter(app: &AppHandle, make: impl FnOnce() -> Answer<Session> + Send + 'static) -> Answer<WorkspaceInfo> {
    let (session, info) = aside(move || {
        let session = make()?;
        let info = workspace::workspace_info(&session)?;
        Ok((session, info))
    })
    .await?;
    app.state::<Opened>().replace(Some(Arc::new(session))).await;
    announce(app, EDITED);
    Ok(info)
}
