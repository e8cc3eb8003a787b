//! What became of an export: the desk is read again, laid beside the ledger, and nothing is written.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use portico_core::snapshot::Sink;
use portico_desks::plan::PASSWORD;
use portico_desks::registry as desks;
use portico_store::import::{CancelFlag, Compared, DeskRow, Progress as StoreProgress};
use portico_store::ledger::{self, FieldChange, Operation};
use portico_store::{base, table};
use serde_json::Value as Json;

use super::import::{options, voice};
use super::ledger::{row, view};
use super::live;
use super::plan::Names;
use crate::error::{ApiError, Code, id};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::ledger::{Outcome, OutcomeReason, VerifiedField, VerifiedOperation, VerifyInput, VerifyReport};
use crate::types::passphrase::Secret;
use crate::types::transfer::{ImportInput, Progress};

/// Reads a desk as an import does, and says of each operation of an export whether the desk has it. The workspace stays
/// as it is; nobody else can write it while the two are compared.
pub fn verify_export(
    session: &Session,
    input: &VerifyInput,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<VerifyReport, ApiError> {
    session.may(Action::Import)?;
    verify_export_as(session, input, None, job, tell, cancelled)
}

/// The same with the password of the database, or the token of the interface, that the path is the address of. It is kept
/// nowhere.
pub fn verify_export_as(
    session: &Session,
    input: &VerifyInput,
    password: Option<&Secret>,
    job: &str,
    tell: &mut dyn FnMut(Progress),
    cancelled: &Arc<AtomicBool>,
) -> Result<VerifyReport, ApiError> {
    session.may(Action::Import)?;
    let wanted = input.export.as_deref().filter(|id| !id.is_empty());
    let wanted = wanted.map(|text| id("export", text)).transpose()?;
    let (export, operations) = session.store().read(|c| {
        let none = || {
            ApiError::new(
                Code::NotFound,
                "this workspace has exported nothing that could be verified",
            )
        };
        let id = match wanted {
            Some(id) => id,
            None => ledger::newest(c)?.ok_or_else(none)?,
        };
        Ok::<_, ApiError>((row(c, ledger::get(c, id)?)?, ledger::operations(c, id)?))
    })?;
    if desks::desk(session.desk())?.reads_tables {
        return Err(ApiError::new(
            Code::NotYet,
            "tables tell only a part of the desk, so what they lack is no proof; compare by hand",
        ));
    }
    let source = ImportInput {
        path: input.path.clone(),
        settings: None,
        database: input.database.clone(),
        bodies: "none".to_owned(),
        dry_run: true,
        table: None,
    };
    let checked = Arc::new(Mutex::new(None::<Progress>));
    let mut options = options(&source, password, job, &checked, cancelled)?;
    let pages = live::pages(session, &source.path, password, false, job, tell, cancelled)?;
    if let Some(pages) = &pages {
        pages.folder().clone_into(&mut options.path);
    }
    let mut reader = desks::reader(session.desk(), options)?;
    let mut scope = reader.scope();
    if let Some(pages) = &pages {
        pages.narrow(&mut scope);
    }
    let verified = session.store().compare(
        session.desk(),
        &mut |sink: &mut Sink<'_>| reader.read(sink).map_err(ApiError::from),
        &scope,
        &mut |progress: StoreProgress| voice(job, &checked, progress, tell),
        &CancelFlag::from(Arc::clone(cancelled)),
        |compared| judge_all(compared, operations),
    )?;
    let count = |outcome| small(verified.iter().filter(|one| one.outcome == outcome).count());
    Ok(VerifyReport {
        export,
        applied: count(Outcome::Applied),
        not_applied: count(Outcome::NotApplied),
        drifted: count(Outcome::Drifted),
        unknown: count(Outcome::Unknown),
        operations: verified,
    })
}

fn judge_all(compared: &Compared<'_>, operations: Vec<Operation>) -> Result<Vec<VerifiedOperation>, ApiError> {
    let judge = Judge {
        compared,
        names: Names::new(compared.connection()),
        found: found_again(compared, &operations)?,
    };
    let judged = operations.into_iter().map(|operation| judge.operation(operation));
    judged.collect()
}

/// Where a record that was new is in the desk, if that is not the row of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// Another row.
    Row(String),
    /// It cannot be told: the desk has new records, and gives them keys of its own.
    Unknown,
}

/// New records under the ids that they have here. An import knows most of them again and lets them keep these; others
/// have lost their row here, or get their key from the desk.
fn found_again(compared: &Compared<'_>, operations: &[Operation]) -> Result<HashMap<String, Place>, ApiError> {
    let mut found = HashMap::new();
    for operation in operations.iter().filter(|operation| operation.kind == "create") {
        if compared.row(&operation.entity, &operation.record)? != DeskRow::Absent {
            continue;
        }
        let natural = table::natural(&operation.entity).filter(|_| !is_nothing(&operation.natural));
        let mut rows = match natural {
            Some(column) => compared.alike(&operation.entity, &[(column, &operation.natural)])?,
            None => Vec::new(),
        };
        let is_exported = |column| {
            operation
                .changes
                .iter()
                .any(|change| change.column.as_deref() == Some(column))
        };
        let is_kept = natural.is_some_and(is_exported);
        if rows.is_empty() && !is_kept {
            let told = operation.changes.iter().filter_map(|change| {
                let column = change.column.as_deref()?;
                compared
                    .tells(&operation.entity, column)
                    .then_some((column, &change.new_value))
            });
            rows = compared.alike(&operation.entity, &told.collect::<Vec<_>>())?;
        }
        let place = match rows.pop() {
            Some(row) => Place::Row(row),
            None if !is_kept && compared.adds(&operation.entity) => Place::Unknown,
            None => continue,
        };
        found.insert(operation.record.clone(), place);
    }
    Ok(found)
}

fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.is_empty(),
        Json::Number(number) => number.as_i64() == Some(0),
        _ => false,
    }
}

struct Judge<'a> {
    compared: &'a Compared<'a>,
    names: Names<'a>,
    found: HashMap<String, Place>,
}

type Verdict = (Outcome, Option<OutcomeReason>, Vec<VerifiedField>);

impl Judge<'_> {
    fn operation(&self, operation: Operation) -> Result<VerifiedOperation, ApiError> {
        let (outcome, reason, fields) = if base::link_columns(&operation.entity).is_empty() {
            self.record(&operation)?
        } else {
            self.link(&operation)?
        };
        Ok(VerifiedOperation {
            operation: view(operation),
            outcome,
            reason,
            fields,
        })
    }

    /// A link is there or not.
    fn link(&self, operation: &Operation) -> Result<Verdict, ApiError> {
        let parts: Vec<Json> = serde_json::from_str(&operation.record).unwrap_or_default();
        let mut key = Vec::new();
        for part in parts {
            match part.as_str().and_then(|id| self.found.get(id)) {
                Some(Place::Unknown) => return Ok(unknown(OutcomeReason::NoKey)),
                Some(Place::Row(id)) => key.push(Json::String(id.clone())),
                None => key.push(part),
            }
        }
        let is_there = match self.compared.row(&operation.entity, &Json::Array(key).to_string())? {
            DeskRow::Untold => return Ok(unknown(OutcomeReason::List)),
            DeskRow::Absent => false,
            DeskRow::There(_) => true,
        };
        let outcome = if is_there == (operation.kind != "unlink") {
            Outcome::Applied
        } else {
            Outcome::NotApplied
        };
        Ok((outcome, None, Vec::new()))
    }

    fn record(&self, operation: &Operation) -> Result<Verdict, ApiError> {
        let id = match self.found.get(&operation.record) {
            Some(Place::Unknown) => return Ok(without_row(operation, Outcome::Unknown, OutcomeReason::NoKey)),
            Some(Place::Row(id)) => id,
            None => &operation.record,
        };
        let row = match self.compared.row(&operation.entity, id)? {
            DeskRow::Untold => return Ok(without_row(operation, Outcome::Unknown, OutcomeReason::List)),
            DeskRow::Absent if operation.is_new => {
                let (outcome, _, fields) = without_row(operation, Outcome::NotApplied, OutcomeReason::Gone);
                return Ok((outcome, None, fields));
            }
            DeskRow::Absent => return Ok(without_row(operation, Outcome::Drifted, OutcomeReason::Gone)),
            DeskRow::There(row) => row,
        };
        let fields = operation
            .changes
            .iter()
            .map(|change| self.field(operation, change, &row));
        let fields = fields.collect::<Result<Vec<_>, _>>()?;
        // A record that is there with nothing to compare is there.
        let worst = fields
            .iter()
            .map(|field| field.outcome)
            .max()
            .unwrap_or(Outcome::Applied);
        let reason = fields.first().and_then(|field| field.reason);
        Ok((worst, reason.filter(|_| worst == Outcome::Unknown), fields))
    }

    fn field(
        &self,
        operation: &Operation,
        change: &FieldChange,
        row: &base::RowMap,
    ) -> Result<VerifiedField, ApiError> {
        if let Some(field) = password(change) {
            return Ok(field);
        }
        let told = |column: &&str| self.compared.tells(&operation.entity, column);
        let Some(column) = change.column.as_deref().filter(told) else {
            return Ok(verified(change, None, Outcome::Unknown, Some(OutcomeReason::Field)));
        };
        let null = Json::Null;
        let found = row.get(column).unwrap_or(&null);
        let is = |value: &Json| value == found || (is_nothing(value) && is_nothing(found));
        let outcome = if is(self.here(&change.new_value).as_ref().unwrap_or(&change.new_value)) {
            Outcome::Applied
        } else if is(&change.old_value) {
            Outcome::NotApplied
        } else {
            Outcome::Drifted
        };
        let text = self.names.text(&operation.entity, column, found)?;
        Ok(verified(change, text, outcome, None))
    }

    /// A reference to a new record that is another row in the desk.
    fn here(&self, value: &Json) -> Option<Json> {
        match self.found.get(value.as_str()?)? {
            Place::Row(id) => Some(Json::String(id.clone())),
            Place::Unknown => None,
        }
    }
}

/// Where there is no row to compare with.
fn without_row(operation: &Operation, outcome: Outcome, reason: OutcomeReason) -> Verdict {
    let field = |change: &FieldChange| match password(change) {
        Some(field) => field,
        None => verified(change, None, outcome, (outcome == Outcome::Unknown).then_some(reason)),
    };
    let fields: Vec<VerifiedField> = operation.changes.iter().map(field).collect();
    (outcome, Some(reason), fields)
}

fn unknown(reason: OutcomeReason) -> Verdict {
    (Outcome::Unknown, Some(reason), Vec::new())
}

/// No file tells a password.
fn password(change: &FieldChange) -> Option<VerifiedField> {
    (change.field == PASSWORD).then(|| verified(change, None, Outcome::Unknown, Some(OutcomeReason::Password)))
}

fn verified(
    change: &FieldChange,
    found: Option<String>,
    outcome: Outcome,
    reason: Option<OutcomeReason>,
) -> VerifiedField {
    VerifiedField {
        field: change.field.clone(),
        old: change.old.clone(),
        new: change.new.clone(),
        found,
        outcome,
        reason,
    }
}
