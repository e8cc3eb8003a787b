//! An operation against what the desk has.

use std::collections::{BTreeMap, HashMap};

use portico_desks::plan::PASSWORD;
use portico_store::found::Found;
use portico_store::import::{Compared, DeskRow};
use portico_store::ledger::{FieldChange, Operation};
use portico_store::{base, table};
use serde_json::Value as Json;

use super::ledger::view;
use super::plan::Names;
use crate::error::ApiError;
use crate::types::ledger::{Outcome, OutcomeReason, VerifiedField, VerifiedOperation};

/// All operations, what the desk has as it went out, and what it has instead.
pub(super) type Judged = (Vec<VerifiedOperation>, Vec<Found>, BTreeMap<u32, (Found, String)>);

/// Lays operations beside the desk.
pub(super) fn judge_all(compared: &Compared<'_>, operations: Vec<Operation>) -> Result<Judged, ApiError> {
    let judge = Judge {
        compared,
        names: Names::new(compared.connection()),
        found: found_again(compared, &operations)?,
    };
    let (mut all, mut applied, mut open) = (Vec::new(), Vec::new(), BTreeMap::new());
    for operation in operations {
        let Verdict {
            outcome,
            reason,
            fields,
            row,
        } = if base::link_columns(&operation.entity).is_empty() {
            judge.record(&operation)?
        } else {
            judge.link(&operation)?
        };
        applied.extend(found(&operation, outcome, &fields, row.as_ref(), true));
        let settles = matches!(outcome, Outcome::NotApplied | Outcome::Drifted);
        let rest = settles
            .then(|| found(&operation, outcome, &fields, row.as_ref(), false))
            .flatten();
        let is_open = rest.is_some();
        if let Some(found) = rest {
            let subject = Some(&operation.subject).filter(|subject| !subject.is_empty());
            open.insert(operation.position, (found, subject.unwrap_or(&operation.key).clone()));
        }
        all.push(VerifiedOperation {
            operation: view(operation),
            outcome,
            reason,
            fields,
            open: is_open,
        });
    }
    Ok((all, applied, open))
}

/// What the desk has of an operation's row: of the fields that it has as they went out alone, or of all that it told.
fn found(
    operation: &Operation,
    outcome: Outcome,
    fields: &[VerifiedField],
    row: Option<&DeskRow>,
    applied: bool,
) -> Option<Found> {
    let is_whole = operation.is_new || !base::link_columns(&operation.entity).is_empty();
    if applied && is_whole && outcome != Outcome::Applied {
        return None;
    }
    let mut row = match row? {
        DeskRow::Untold => return None,
        DeskRow::Absent => None,
        DeskRow::There(row) => Some(row.clone()),
    };
    let mut columns = Vec::new();
    for (change, field) in operation.changes.iter().zip(fields) {
        let known = table::columns(&operation.entity);
        let Some(column) = known
            .into_iter()
            .find(|column| change.column.as_deref() == Some(*column))
        else {
            continue;
        };
        let value = match field.outcome {
            Outcome::Unknown => continue,
            Outcome::Applied => &change.new_value,
            _ if applied => continue,
            Outcome::NotApplied => &change.old_value,
            Outcome::Drifted => &Json::Null,
        };
        // In the workspace's own terms: its own id of what was new.
        if let Some(row) = row.as_mut().filter(|_| !value.is_null()) {
            row.insert(column, value.clone());
        }
        columns.push(column);
    }
    let says_nothing = columns.is_empty() && (applied || row.is_some());
    if says_nothing && !is_whole {
        return None;
    }
    Found::new(&operation.entity, &operation.record, row, columns)
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

struct Verdict {
    outcome: Outcome,
    reason: Option<OutcomeReason>,
    fields: Vec<VerifiedField>,
    /// What the desk has; `None` where that cannot be told.
    row: Option<DeskRow>,
}

impl Judge<'_> {
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
        let row = self.compared.row(&operation.entity, &Json::Array(key).to_string())?;
        let is_there = match &row {
            DeskRow::Untold => return Ok(unknown(OutcomeReason::List)),
            DeskRow::Absent => false,
            DeskRow::There(_) => true,
        };
        let outcome = if is_there == (operation.kind != "unlink") {
            Outcome::Applied
        } else {
            Outcome::NotApplied
        };
        Ok(Verdict {
            outcome,
            reason: None,
            fields: Vec::new(),
            row: Some(row),
        })
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
                return Ok(Verdict {
                    reason: None,
                    row: Some(DeskRow::Absent),
                    ..without_row(operation, Outcome::NotApplied, OutcomeReason::Gone)
                });
            }
            DeskRow::Absent => {
                return Ok(Verdict {
                    row: Some(DeskRow::Absent),
                    ..without_row(operation, Outcome::Drifted, OutcomeReason::Gone)
                });
            }
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
        Ok(Verdict {
            outcome: worst,
            reason: reason.filter(|_| worst == Outcome::Unknown),
            fields,
            row: Some(DeskRow::There(row)),
        })
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
    Verdict {
        outcome,
        reason: Some(reason),
        fields,
        row: None,
    }
}

fn unknown(reason: OutcomeReason) -> Verdict {
    Verdict {
        outcome: Outcome::Unknown,
        reason: Some(reason),
        fields: Vec::new(),
        row: None,
    }
}

/// No desk gives a password away.
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
