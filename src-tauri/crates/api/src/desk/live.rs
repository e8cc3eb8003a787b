//! A desk's own interface: its pages are brought into a private folder, which is then read as any other.

use std::fs::DirBuilder;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use portico_core::snapshot::{Problem, Scope};
use portico_desks::error::DeskError;
use portico_desks::reader::Step;
use portico_desks::rest::address::{Address, is_address};
use portico_desks::rest::{Connection, Estimate, Fetched, Manner, clear, estimate, fetch};
use zeroize::Zeroizing;

use super::private::Private;
use crate::error::ApiError;
use crate::session::{Action, Session};
use crate::types::live::{ListEstimate, ReadEstimate};
use crate::types::passphrase::Secret;
use crate::types::transfer::Progress;
use crate::workspace::workspace_info;

/// How often whoever waits looks up to see whether to go on.
const BLINK: Duration = Duration::from_millis(100);

/// Whether a source is the address of a desk's interface, and no path.
pub fn is_interface(source: &str) -> bool {
    is_address(source)
}

/// Which desk a token is for, in words; an address that makes no sense is refused.
pub fn interface_name(address: &str) -> Result<String, ApiError> {
    let address = Address::parse(address).map_err(DeskError::from)?;
    Ok(address.to_string())
}

/// How much a reading will ask of the desk; `None` where the source is no interface. Without `tickets` only the
/// configuration is read, as for a verification.
pub fn estimate_reading(
    session: &Session,
    source: &str,
    token: Option<&Secret>,
    tickets: bool,
    cancelled: &Arc<AtomicBool>,
) -> Result<Option<ReadEstimate>, ApiError> {
    session.may(Action::Import)?;
    if !is_address(source) {
        return Ok(None);
    }
    let counts = workspace_info(session)?.counts;
    let before = |kind: &str| match kind {
        "accounts" => Some(u64::from(counts.accounts)).filter(|n| *n > 0),
        "external_users" => Some(u64::from(counts.users)).filter(|n| *n > 0),
        _ => None,
    };
    let wait = |pause| sleep(pause, cancelled);
    let manner = Manner::new(&wait, now());
    let told = estimate(session.desk(), &connection(source, token)?, tickets, &before, &manner)?;
    Ok(Some(view(told)))
}

/// Pages of an interface in a folder.
pub(super) struct Pages {
    folder: PathBuf,
    /// Removed when this goes; `None` where the pages lie in a folder that the address names.
    private: Option<Private>,
    fetched: Fetched,
}

impl Pages {
    /// Where a reader finds them.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What was not read.
    pub(super) fn findings(&self) -> &[Problem] {
        &self.fetched.findings
    }

    /// Narrows what a reader tells to what the lists hold.
    pub(super) fn narrow(&self, scope: &mut Scope) {
        scope.fields.extend(self.fetched.fields.clone());
    }

    /// They were imported: nobody needs them any more.
    pub(super) fn done(self) -> Result<(), ApiError> {
        match self.private {
            Some(_) => Ok(()),
            None => Ok(clear(&self.folder)?),
        }
    }
}

/// Brings the pages of an interface; `None` where the source is none.
pub(super) fn pages(
    session: &Session,
    source: &str,
    token: Option<&Secret>,
    tickets: bool,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<Option<Pages>, ApiError> {
    if !is_address(source) {
        return Ok(None);
    }
    let connection = connection(source, token)?;
    let (folder, private) = if let Some(folder) = &connection.address.pages {
        make_private(folder)?;
        (folder.clone(), None)
    } else {
        let made = Private::make().map_err(|e| DeskError::io(std::env::temp_dir(), e))?;
        (made.path().to_owned(), Some(made))
    };
    let wait = |pause| sleep(pause, cancelled);
    let manner = Manner::new(&wait, now());
    let mut hear = |step: Step<'_>| {
        tell(Progress {
            job: job.to_owned(),
            phase: step.phase.to_owned(),
            kind: step.what.to_owned(),
            done: step.rows,
        });
        go_on(cancelled)
    };
    let fetched = fetch(session.desk(), &connection, tickets, &folder, &manner, &mut hear)?;
    Ok(Some(Pages {
        folder,
        private,
        fetched,
    }))
}

/// A folder for nobody but whoever runs this. One that is there stays as it is.
fn make_private(folder: &Path) -> Result<(), ApiError> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| DeskError::io(folder, e).into())
}

fn connection(source: &str, token: Option<&Secret>) -> Result<Connection, ApiError> {
    Ok(Connection {
        address: Address::parse(source).map_err(DeskError::from)?,
        secret: token.map(|secret| Zeroizing::new(secret.text().to_owned())),
    })
}

fn go_on(cancelled: &AtomicBool) -> ControlFlow<()> {
    if cancelled.load(Ordering::Relaxed) {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

fn sleep(pause: Duration, cancelled: &AtomicBool) -> ControlFlow<()> {
    let end = Instant::now() + pause;
    loop {
        go_on(cancelled)?;
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return ControlFlow::Continue(());
        }
        std::thread::sleep(left.min(BLINK));
    }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn view(told: Estimate) -> ReadEstimate {
    let list = |one: portico_desks::rest::ListEstimate| ListEstimate {
        list: one.list,
        records: one.records,
        before: one.before,
        requests: one.requests,
    };
    ReadEstimate {
        requests: told.requests,
        open: told.lists.iter().any(|list| list.requests.is_none()),
        lists: told.lists.into_iter().map(list).collect(),
        day: told.day,
    }
}
