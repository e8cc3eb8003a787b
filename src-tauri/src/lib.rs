//! The desktop shell: one window over the use cases of `portico-api`.

mod bindings;
mod commands;
mod jobs;
mod logging;
mod start;
mod state;

use std::error::Error;
use std::process::ExitCode;

use tauri::{App, Manager, WebviewWindowBuilder};

use crate::state::Opened;

/// Runs the program until its window is closed.
pub fn run() -> ExitCode {
    let bridge = bindings::bridge();
    let handler = bridge.invoke_handler();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_store::Builder::default().build())
        .manage(Opened::default())
        .invoke_handler(handler)
        .setup(move |app| {
            bridge.mount_events(app);
            set_up(app)
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => ExitCode::from(u8::try_from(app.run_return(|_, _| {})).unwrap_or(1)),
        Err(problem) => {
            logging::last_words(&format!("Portico cannot start: {problem}"));
            ExitCode::FAILURE
        }
    }
}

/// Opens the log, then the workspace that was asked for, then the window.
fn set_up(app: &mut App) -> Result<(), Box<dyn Error>> {
    logging::start(&app.path().app_log_dir()?);
    let asked = start::asked(std::env::var_os(start::VARIABLE), std::env::args_os().skip(1));
    start::open(app.handle(), asked);
    tauri::async_runtime::spawn_blocking(portico_api::desk::clear_leftovers);
    let window = app
        .config()
        .app
        .windows
        .first()
        .ok_or("no window is configured")?
        .clone();
    WebviewWindowBuilder::from_config(app, &window)?
        // The pages name the window after the workspace; without this only the page would know.
        .on_document_title_changed(|window, title| {
            if let Err(problem) = window.set_title(&title) {
                tracing::warn!(%problem, "the window's title stays as it was");
            }
        })
        // Nothing on the pages leads out of the program.
        .on_navigation(|to| {
            matches!(to.scheme(), "tauri" | "about") || matches!(to.host_str(), Some("tauri.localhost" | "127.0.0.1"))
        })
        .build()?;
    Ok(())
}
