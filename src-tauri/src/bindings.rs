//! THE list of commands and events, and the TypeScript they become (`make bindings`).

use portico_api::types::transfer::Progress;
use serde::Serialize;
use tauri::Wry;
use tauri_specta::{Builder, Event, collect_commands, collect_events};

use crate::commands::{desk, directory, history, preview, users, workspace};

/// How far long work is; at most ten a second for each job.
#[derive(Debug, Clone, Serialize, specta::Type, Event)]
pub(crate) struct ProgressEvent(pub(crate) Progress);

/// Something was written: whoever shows these things asks again.
#[derive(Debug, Clone, Serialize, specta::Type, Event)]
pub(crate) struct WorkspaceChanged {
    /// `workspace`, `users`, `preview`, `plan`, `history`.
    pub(crate) tags: Vec<String>,
}

/// All that crosses the bridge between the window and the program.
pub(crate) fn bridge() -> Builder<Wry> {
    Builder::<Wry>::new()
        .commands(collect_commands![
            workspace::workspace_info,
            workspace::open_workspace,
            workspace::open_sample,
            workspace::create_workspace,
            workspace::close_workspace,
            workspace::set_settings,
            users::list_users,
            users::user_facets,
            users::get_user,
            users::new_user,
            users::check_user,
            users::save_user,
            users::put_draft,
            users::discard_draft,
            users::search_accounts,
            directory::list_accounts,
            directory::list_groups,
            preview::preview,
            preview::preview_page,
            preview::preview_ticket,
            preview::why,
            desk::import_desk,
            desk::plan,
            desk::export_desk,
            desk::cancel_job,
            desk::dump_script,
            desk::conflicts,
            desk::settle,
            history::list_changes,
            history::undo,
            history::redo,
        ])
        .events(collect_events![ProgressEvent, WorkspaceChanged])
        .disable_serde_phases()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::path::Path;

    use specta_typescript::Typescript;

    use super::*;

    /// The window is built against the committed file, so it must say what the commands really take and give.
    #[test]
    fn the_committed_typescript_is_what_the_commands_become() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/bridge/bindings.gen.ts");
        if std::env::var_os("PORTICO_WRITE_BINDINGS").is_some() {
            return bridge().export(Typescript::default(), committed).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        bridge().export(Typescript::default(), &fresh).unwrap();
        let (fresh, committed) = (
            std::fs::read_to_string(fresh).unwrap(),
            std::fs::read_to_string(committed).unwrap(),
        );
        for (line, (is, should)) in committed.lines().zip(fresh.lines()).enumerate() {
            assert_eq!(is, should, "bindings.gen.ts:{} is stale; run `make bindings`", line + 1);
        }
        assert_eq!(
            committed.len(),
            fresh.len(),
            "bindings.gen.ts is stale; run `make bindings`"
        );
    }
}
