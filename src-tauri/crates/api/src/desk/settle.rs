//! Operations of which the desk has something else: its value is taken, or they go out again.

use std::collections::BTreeMap;

use portico_core::error::FieldProblem;
use portico_core::id::ExportId;
use portico_store::conflict::Keep;
use portico_store::found::Found;
use portico_store::history::{self, Intent, Kind};
use portico_store::{Connection, StoreError};

use crate::error::{ApiError, Code, id};
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::ledger::{OperationChoice, SettleOperations};

/// What the last verification found, until the desk is read again. It is kept in no file.
#[derive(Debug)]
pub(crate) struct Verified {
    export: ExportId,
    /// The number of the last import: a later one has moved the base past this.
    import: i64,
    /// What the desk has of the operations that it does not have as they went out.
    open: BTreeMap<u32, (Found, String)>,
}

impl Verified {
    pub(super) fn new(
        session: &Session,
        export: ExportId,
        open: BTreeMap<u32, (Found, String)>,
    ) -> Result<Self, ApiError> {
        let import = session.store().read(last_import)?;
        Ok(Self { export, import, open })
    }
}

fn last_import(c: &Connection) -> Result<i64, ApiError> {
    Ok(history::last(c, Kind::Import)?.map_or(0, |change| change.id.0))
}

/// Settles operations of an export by what its last verification in this session found; `stale` where the desk was
/// imported since, or there was none. One change that can be undone for all that is taken; how many there are.
pub fn settle_operations(session: &Session, input: &SettleOperations) -> Result<u32, ApiError> {
    session.may(Action::Edit)?;
    let export: ExportId = id("export", &input.export)?;
    let import = session.store().read(last_import)?;
    let mut verified = session.verified();
    let found = verified
        .as_mut()
        .filter(|verified| verified.export == export && verified.import == import)
        .ok_or_else(|| {
            ApiError::new(
                Code::Stale,
                "verify this export first: what the desk has is not known any more",
            )
        })?;
    let chosen = input.choices.iter().map(|choice| of_choice(found, choice));
    let chosen = chosen.collect::<Result<Vec<_>, ApiError>>()?;
    let count = |which: Keep| chosen.iter().filter(|(_, keep)| *keep == which).count().to_string();
    let say = |code: &str, which: Keep| {
        Intent::new(code)
            .with("count", count(which))
            .with("export", &input.export)
    };
    let said = (
        &say("intent.take_theirs", Keep::Theirs),
        &say("intent.export_again", Keep::Mine),
    );
    let settled = session.store().settle_found(session.actor(), said, &chosen);
    settled.map_err(|error| not_taken(found, error))?;
    for choice in &input.choices {
        found.open.remove(&choice.position);
    }
    Ok(small(input.choices.len()))
}

fn of_choice<'a>(found: &'a Verified, choice: &OperationChoice) -> Result<(&'a Found, Keep), ApiError> {
    let keep = match choice.keep.as_str() {
        "theirs" => Keep::Theirs,
        "again" => Keep::Mine,
        other => {
            return Err(ApiError::refused(format!(
                "keep: {other:?} is neither theirs nor again"
            )));
        }
    };
    let missing = || {
        let number = choice.position + 1;
        ApiError::refused(format!(
            "operation {number} has nothing to settle: the desk has it, or it cannot be told"
        ))
    };
    let (one, _) = found.open.get(&choice.position).ok_or_else(missing)?;
    Ok((one, keep))
}

/// Says of which record, in words of the window too.
fn not_taken(found: &Verified, error: StoreError) -> ApiError {
    let StoreError::NotTaken { table, key, field } = &error else {
        return error.into();
    };
    let subject = found.open.values().find(|(one, _)| one.is_of(table, key));
    let subject = subject.map_or_else(|| key.clone(), |(_, subject)| subject.clone());
    let (code, message) = if field.is_empty() {
        let message = format!("{subject}: something here refers to it, or it to something that is not here");
        ("settle.bound", message)
    } else {
        let message = format!("{subject}: the desk's {field} names a record that only the desk has; import the desk");
        ("settle.elsewhere", message)
    };
    let problem = FieldProblem {
        field: (*field).to_owned(),
        code: code.to_owned(),
        detail: vec![("subject".to_owned(), subject)],
        message: message.clone(),
        warning: false,
    };
    ApiError {
        fields: vec![problem],
        ..ApiError::new(Code::Conflict, message)
    }
}
