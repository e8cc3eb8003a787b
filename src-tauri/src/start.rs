//! What to open at the start: the variable `PORTICO_OPEN`, or the first argument, or nothing.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use portico_api::error::{ApiError, Code};
use portico_api::session::Session;
use portico_core::actor::Actor;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

use crate::state::Opened;

/// The environment variable that names what to open: `sample`, or the path of a workspace.
pub(crate) const VARIABLE: &str = "PORTICO_OPEN";

/// What was asked for at the start.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Nothing: the window shows its first screen.
    Nothing,
    /// The built-in sample.
    Sample,
    /// A workspace file.
    File(PathBuf),
}

/// Reads what was asked for. An argument goes before the variable; of several, the first counts.
pub(crate) fn asked(variable: Option<OsString>, mut arguments: impl Iterator<Item = OsString>) -> Asked {
    match (arguments.next(), variable) {
        (Some(argument), _) if argument == "--sample" => Asked::Sample,
        (Some(argument), _) if !argument.is_empty() => Asked::File(argument.into()),
        (_, Some(variable)) if variable == "sample" => Asked::Sample,
        (_, Some(variable)) if !variable.is_empty() => Asked::File(variable.into()),
        _ => Asked::Nothing,
    }
}

/// The one to whom changes are attributed: the operating system's user.
pub(crate) fn actor() -> Actor {
    portico_api::session::system_actor()
}

/// The folder of the built-in sample, which is made anew each time it is opened.
pub(crate) fn sample_folder(app: &AppHandle) -> Result<PathBuf, ApiError> {
    let data = app
        .path()
        .app_local_data_dir()
        .map_err(|_| ApiError::new(Code::Storage, "there is no folder for the program's data"))?;
    let folder = data.join("sample");
    std::fs::create_dir_all(&folder)
        .map_err(|_| ApiError::new(Code::Storage, format!("{} cannot be made", folder.display())))?;
    Ok(folder)
}

/// Opens what was asked for. A workspace that needs its passphrase waits for it. When it cannot be opened a dialog says why, over the first screen.
pub(crate) fn open(app: &AppHandle, asked: Asked) {
    let opened = app.state::<Opened>();
    let result = match &asked {
        Asked::Nothing => return,
        Asked::Sample => sample_folder(app).and_then(|folder| Session::create_sample(&folder, actor())),
        Asked::File(path) => Session::open(path, actor()),
    };
    match (result, asked) {
        (Ok(session), _) => tauri::async_runtime::block_on(opened.replace(Some(Arc::new(session)))),
        // The window asks for the passphrase.
        (Err(problem), Asked::File(path)) if problem.code == Code::Locked => {
            opened.note_locked(std::path::absolute(&path).unwrap_or(path));
        }
        (Err(problem), _) => {
            tracing::error!(code = ?problem.code, "the workspace named at the start cannot be opened");
            app.dialog()
                .message(problem.message)
                .title("Portico")
                .kind(MessageDialogKind::Error)
                .show(|_| {});
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variable: Option<&str>, arguments: &[&str]) -> Asked {
        asked(variable.map(OsString::from), arguments.iter().map(OsString::from))
    }

    #[test]
    fn an_argument_goes_before_the_variable() {
        assert_eq!(with(None, &[]), Asked::Nothing);
        assert_eq!(with(Some(""), &[""]), Asked::Nothing);
        assert_eq!(with(Some("sample"), &[]), Asked::Sample);
        assert_eq!(with(Some("a.portico"), &[]), Asked::File("a.portico".into()));
        assert_eq!(
            with(Some("sample"), &["b.portico", "c"]),
            Asked::File("b.portico".into())
        );
        assert_eq!(with(Some("a.portico"), &["--sample"]), Asked::Sample);
    }
}
