//! In and out: import, plan, export, what became of it, conflicts.

use std::path::PathBuf;

use portico_api::desk;
use portico_api::types::apply::{ApplyInput, ApplyReport};
use portico_api::types::database::{DatabaseLogin, DatabaseSeen};
use portico_api::types::ledger::{
    ExportRow, FilesReport, LedgerOperation, SettleOperations, VerifyInput, VerifyReport,
};
use portico_api::types::live::ReadEstimate;
use portico_api::types::transfer::{
    ConflictRow, ExportReport, ImportInput, ImportReport, InitialPasswords, PlanView, Settle, TableLook, TableMapping,
};
use portico_api::types::workspace::WorkspaceInfo;
use tauri::{AppHandle, Manager};

use super::{Answer, EDITED, aside, ask, change, watch};
use crate::jobs::Job;
use crate::state::Opened;

/// What the window asks again after a tick.
const TICKED: &[&str] = &["history"];

#[tauri::command]
#[specta::specta]
pub(crate) async fn import_desk(
    app: AppHandle,
    input: ImportInput,
    job: String,
    login: Option<DatabaseLogin>,
) -> Answer<ImportReport> {
    let mut job = Job::begin(&app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    change(&app, EDITED, move |session| {
        let password = desk::database_password(&input.path, login.as_ref())?;
        let tell = &mut |p| job.tell(p);
        let report = desk::import_desk_as(session, &input, password.as_ref(), &name, tell, &cancelled)?;
        desk::keep_if_asked(&input.path, login.as_ref());
        Ok(report)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn look_at_database(app: AppHandle, address: String, login: DatabaseLogin) -> Answer<DatabaseSeen> {
    ask(&app, move |session| desk::look_at_database(session, &address, &login)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn estimate_reading(
    app: AppHandle,
    address: String,
    login: DatabaseLogin,
    tickets: bool,
    job: String,
) -> Answer<Option<ReadEstimate>> {
    watch(&app, job, move |session, work| {
        let token = desk::database_password(&address, Some(&login))?;
        let told = desk::estimate_reading(session, &address, token.as_ref(), tickets, work.cancelled)?;
        desk::keep_if_asked(&address, Some(&login));
        Ok(told)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn apply_desk(
    app: AppHandle,
    input: ApplyInput,
    job: String,
    login: Option<DatabaseLogin>,
) -> Answer<ApplyReport> {
    let mut job = Job::begin(&app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    change(&app, EDITED, move |session| {
        let password = desk::database_password(&input.to, login.as_ref())?;
        let tell = &mut |p| job.tell(p);
        let report = desk::apply_desk(session, &input, password.as_ref(), &name, tell, &cancelled)?;
        desk::keep_if_asked(&input.to, login.as_ref());
        Ok(report)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn look_at_table(
    app: AppHandle,
    path: String,
    mapping: Option<TableMapping>,
    forget: bool,
) -> Answer<TableLook> {
    ask(&app, move |session| {
        desk::look_at_table(session, &path, mapping.as_ref(), forget)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn plan(app: AppHandle, concerns: u32) -> Answer<PlanView> {
    ask(&app, move |session| desk::plan_of_first(session, concerns)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_desk(
    app: AppHandle,
    folder: String,
    initial: Option<InitialPasswords>,
    job: String,
) -> Answer<ExportReport> {
    let mut job = Job::begin(&app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    let folder = PathBuf::from(folder);
    change(&app, EDITED, move |session| {
        desk::export_desk(
            session,
            &folder,
            initial.as_ref(),
            &name,
            &mut |p| job.tell(p),
            &cancelled,
        )
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn list_exports(app: AppHandle) -> Answer<Vec<ExportRow>> {
    ask(&app, desk::list_exports).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn export_operations(app: AppHandle, id: String) -> Answer<Vec<LedgerOperation>> {
    ask(&app, move |session| desk::export_operations(session, &id)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn tick_steps(app: AppHandle, id: String, positions: Vec<u32>, done: bool) -> Answer<ExportRow> {
    change(&app, TICKED, move |session| {
        desk::tick_steps(session, &id, &positions, done)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn check_export_files(app: AppHandle, folder: String) -> Answer<FilesReport> {
    ask(&app, move |session| {
        desk::check_export_files(session, &PathBuf::from(folder))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn verify_export(
    app: AppHandle,
    input: VerifyInput,
    job: String,
    login: Option<DatabaseLogin>,
) -> Answer<VerifyReport> {
    let mut job = Job::begin(&app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    change(&app, EDITED, move |session| {
        let password = desk::database_password(&input.path, login.as_ref())?;
        let tell = &mut |p| job.tell(p);
        let report = desk::verify_export_as(session, &input, password.as_ref(), &name, tell, &cancelled)?;
        desk::keep_if_asked(&input.path, login.as_ref());
        Ok(report)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn settle_operations(app: AppHandle, input: SettleOperations) -> Answer<u32> {
    change(&app, EDITED, move |session| desk::settle_operations(session, &input)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_password(address: String) -> Answer<bool> {
    aside(move || desk::forget_password(&address)).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_job(app: AppHandle, job: String) -> Answer<()> {
    app.state::<Opened>().cancel(&job);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn dump_script(desk: String, database: String) -> Answer<String> {
    desk::dump_script(&desk, &database)
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn conflicts(app: AppHandle) -> Answer<Vec<ConflictRow>> {
    ask(&app, desk::conflicts).await
}

#[tauri::command]
#[specta::specta]
pub(crate) async fn settle(app: AppHandle, choices: Vec<Settle>) -> Answer<WorkspaceInfo> {
    change(&app, EDITED, move |session| desk::settle(session, &choices)).await
}
