//! THE list of commands and events, and the TypeScript they become (`make bindings`).

use portico_api::types::transfer::Progress;
use serde::Serialize;
use tauri::Wry;
use tauri_specta::{Builder, Event, collect_commands, collect_events};

use crate::commands::{
    bulk, desk, directory, expectations, exposure, findings, heat, history, lists, matrix, overview, preview, records,
    templates, tickets, translate, users, workspace,
};

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
#[expect(clippy::too_many_lines, reason = "one list, a line a command")]
pub(crate) fn bridge() -> Builder<Wry> {
    Builder::<Wry>::new()
        .commands(collect_commands![
            workspace::workspace_info,
            workspace::open_workspace,
            workspace::open_sample,
            workspace::create_workspace,
            workspace::close_workspace,
            workspace::locked_workspace,
            workspace::check_passphrase,
            workspace::change_passphrase,
            workspace::set_settings,
            workspace::settings_draft,
            workspace::put_settings_draft,
            users::list_users,
            users::user_facets,
            users::get_user,
            users::new_user,
            users::check_user,
            users::save_user,
            users::propose_login,
            users::list_drafts,
            users::get_draft,
            users::put_draft,
            users::discard_draft,
            users::search_accounts,
            users::licences,
            users::check_password,
            users::check_login,
            templates::list_templates,
            templates::save_template,
            templates::delete_template,
            templates::new_user_from,
            templates::apply_template,
            lists::export_users,
            lists::export_records,
            lists::group_facet,
            lists::query_names,
            lists::find_logins,
            lists::find_emails,
            directory::list_accounts,
            directory::list_groups,
            directory::desk_form,
            expectations::list_expectations,
            expectations::expectation_choices,
            expectations::check_expectations,
            expectations::add_expectations,
            expectations::remove_expectation,
            expectations::propose_expectations,
            exposure::exposure_of_user,
            exposure::exposure_of_record,
            exposure::exposure_of_deletion,
            exposure::exposure_of_settings,
            exposure::exposure_of_pending,
            exposure::exposure_since,
            exposure::exposure_of_undo,
            exposure::export_exposure,
            exposure::compare_people,
            translate::translation,
            translate::compare_desks,
            translate::person_elsewhere,
            translate::translate_workspace,
            findings::count_findings,
            findings::list_findings,
            findings::findings_of_user,
            findings::people_of_finding,
            findings::mute_finding,
            findings::unmute_finding,
            records::search_records,
            records::labels,
            bulk::bulk_form,
            bulk::bulk_preview,
            bulk::bulk_exposure,
            bulk::bulk_save,
            bulk::offboard_choices,
            bulk::offboard_preview,
            bulk::offboard_exposure,
            bulk::offboard,
            records::count_records,
            records::list_records,
            records::portal_tree,
            records::get_record,
            records::new_record,
            records::check_record,
            records::save_record,
            records::deletion,
            records::delete_record,
            records::put_record_draft,
            records::discard_record_draft,
            matrix::matrix_head,
            matrix::matrix_page,
            matrix::matrix_place,
            matrix::exposure_of_cells,
            matrix::save_cells,
            matrix::count_column,
            matrix::effect_of_column,
            matrix::save_column,
            matrix::put_cells,
            matrix::kept_cells,
            overview::overview,
            preview::preview,
            preview::preview_page,
            preview::preview_ticket,
            preview::preview_colleague,
            preview::why,
            preview::flips,
            preview::flip_touch,
            preview::visitor,
            tickets::find_tickets,
            tickets::ticket_head,
            tickets::who_count,
            tickets::who_page,
            tickets::export_who,
            heat::heat_head,
            heat::heat_page,
            heat::heat_people,
            heat::export_heat,
            desk::import_desk,
            desk::look_at_table,
            desk::look_at_database,
            desk::estimate_reading,
            desk::plan,
            desk::export_desk,
            desk::apply_desk,
            desk::list_exports,
            desk::export_operations,
            desk::tick_steps,
            desk::check_export_files,
            desk::verify_export,
            desk::settle_operations,
            desk::forget_password,
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
