//! The workspace beside the desk: imports, exports, verifications.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::passphrase::change_passphrase;
use portico_api::session::Session;
use portico_api::types::ledger::{LedgerOperation, Outcome, VerifyInput, VerifyReport};
use portico_api::types::passphrase::{PassphraseInput, Secret};
use portico_api::types::transfer::{ExportReport, ImportInput, ImportReport, InitialPasswords, PlanView};
use portico_api::types::users::{SaveUser, UserForm};
use portico_api::{desk, find, users};
use portico_core::actor::Actor;
use portico_desks::reader::Database;
use tempfile::TempDir;

use crate::server::Server;

const WORDS: &str = "correct horse battery staple";

pub(crate) struct Workspace {
    pub(crate) session: Session,
    folder: TempDir,
}

impl Workspace {
    /// An empty one behind a passphrase, which typed passwords need.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::create(&folder.path().join("w.portico"), "Ours", "otobo", Actor::named("Ada")).unwrap();
        let input = PassphraseInput {
            current: None,
            new: Some(Secret::new(WORDS.to_owned())),
        };
        let session = change_passphrase(session, &input, "job", &mut |_| {}, &never()).unwrap();
        Self { session, folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn import(&self, tables: &Path, database: Database) -> ImportReport {
        let input = ImportInput {
            path: tables.display().to_string(),
            settings: None,
            database: Some(database.name().to_owned()),
            bodies: "full".to_owned(),
            dry_run: false,
            table: None,
        };
        desk::import_desk(&self.session, &input, "job", &mut |_| {}, &never()).unwrap()
    }

    pub(crate) fn plan(&self) -> PlanView {
        desk::plan(&self.session).unwrap()
    }

    /// Exports, with initial passwords if a form asks for one.
    pub(crate) fn export(&self, name: &str, initial: bool) -> ExportReport {
        let list = InitialPasswords {
            path: self.path(&format!("{name}.age")).display().to_string(),
            passphrase: Secret::new(WORDS.to_owned()),
        };
        let list = initial.then_some(&list);
        desk::export_desk(&self.session, &self.path(name), list, "job", &mut |_| {}, &never()).unwrap()
    }

    /// The script of an export for a server.
    pub(crate) fn script(&self, name: &str, server: &Server) -> String {
        let file = format!("portico-{}.sql", server.kind.name());
        std::fs::read_to_string(self.path(name).join(file)).unwrap()
    }

    pub(crate) fn verify(&self, tables: &Path) -> VerifyReport {
        let input = VerifyInput {
            path: tables.display().to_string(),
            database: None,
            export: None,
        };
        desk::verify_export(&self.session, &input, "job", &mut |_| {}, &never()).unwrap()
    }

    /// Changes a person's form and saves it; with a password, as one that was typed.
    pub(crate) fn edit(&self, login: &str, password: Option<&str>, change: impl FnOnce(&mut UserForm)) {
        let id = find::user_by_login(&self.session, login).unwrap().unwrap();
        let detail = users::get_user(&self.session, &id).unwrap();
        let mut form = detail.form;
        change(&mut form);
        let input = SaveUser {
            id: Some(id),
            version: Some(detail.version),
            form,
        };
        self.save(&input, password);
    }

    pub(crate) fn save(&self, input: &SaveUser, password: Option<&str>) {
        match password {
            Some(clear) => {
                let clear = Secret::new(clear.to_owned());
                users::save_typed_user(&self.session, input, None, &clear).unwrap();
            }
            None => drop(users::save_user(&self.session, input).unwrap()),
        }
    }

    pub(crate) fn account(&self, key: &str) -> String {
        find::account_by_key(&self.session, key).unwrap().unwrap()
    }

    pub(crate) fn group(&self, name: &str) -> String {
        find::group_by_name(&self.session, name).unwrap().unwrap()
    }
}

pub(crate) fn never() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

/// What became of an export, in words: an outcome for each operation.
pub(crate) fn outcomes(report: &VerifyReport) -> Vec<(String, Outcome)> {
    let name = |one: &LedgerOperation| format!("{} {} {}", one.kind, one.entity, one.key);
    report
        .operations
        .iter()
        .map(|one| (name(&one.operation), one.outcome))
        .collect()
}
