//! The commands of the window: adapters of three lines between the bridge and the use cases.

pub(crate) mod bulk;
pub(crate) mod desk;
pub(crate) mod directory;
pub(crate) mod expectations;
pub(crate) mod exposure;
pub(crate) mod findings;
pub(crate) mod heat;
pub(crate) mod history;
pub(crate) mod lists;
pub(crate) mod matrix;
pub(crate) mod overview;
pub(crate) mod preview;
pub(crate) mod records;
pub(crate) mod templates;
pub(crate) mod tickets;
pub(crate) mod translate;
pub(crate) mod users;
pub(crate) mod workspace;

use portico_api::error::{ApiError, Code};
use portico_api::exposure::Work;
use portico_api::session::Session;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::bindings::WorkspaceChanged;
use crate::jobs::Job;
use crate::state::Opened;

/// What a command answers.
type Answer<T> = Result<T, ApiError>;

/// What the window asks again after a change of one person or of the settings.
const EDITED: &[&str] = &["workspace", "users", "preview", "plan", "history"];

/// Runs work off the window's thread.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|_| {
        Err(ApiError::new(
            Code::Internal,
            "Portico made a mistake; the log may have more",
        ))
    })
}

/// Asks the open session something.
async fn ask<T: Send + 'static>(
    app: &AppHandle,
    work: impl FnOnce(&Session) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let session = app.state::<Opened>().need().await?;
    aside(move || work(&session)).await
}

/// Asks the open session something that takes long: it can be watched, and cancelled by the job's name.
async fn watch<T: Send + 'static>(
    app: &AppHandle,
    job: String,
    work: impl FnOnce(&Session, &mut Work<'_>) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let mut job = Job::begin(app, job);
    let (name, cancelled) = (job.name().to_owned(), job.cancelled());
    ask(app, move |session| {
        let mut how = Work {
            job: &name,
            tell: &mut |progress| job.tell(progress),
            cancelled: &cancelled,
        };
        work(session, &mut how)
    })
    .await
}

/// Lets the open session change something, then says what has to be asked again.
async fn change<T: Send + 'static>(
    app: &AppHandle,
    tags: &[&str],
    work: impl FnOnce(&Session) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let answer = ask(app, work).await?;
    announce(app, tags);
    Ok(answer)
}

/// Says what has changed.
fn announce(app: &AppHandle, tags: &[&str]) {
    let tags = tags.iter().map(ToString::to_string).collect();
    if let Err(problem) = (WorkspaceChanged { tags }).emit(app) {
        tracing::warn!(%problem, "the window did not hear of a change");
    }
}
