//! What the guards of the scripts say, understood.

use super::columns::columns;
use crate::plan::Operation;
use crate::writer::{Refusal, RefusalReason, Said};

/// Both scripts give each kind of refusal the same SQLSTATE.
pub(super) fn refusal(operation: &Operation, said: &Said) -> Refusal {
    let mut refusal = Refusal {
        reason: match said.state.as_str() {
            "45001" => RefusalReason::Value,
            "45002" => RefusalReason::Rows,
            "45003" => RefusalReason::There,
            "45004" => RefusalReason::Names,
            _ => RefusalReason::Other,
        },
        said: said
            .message
            .strip_prefix("portico: ")
            .unwrap_or(&said.message)
            .to_owned(),
        ..Refusal::default()
    };
    match refusal.reason {
        RefusalReason::Value => value(operation, said, &mut refusal),
        // "TABLE has N rows ...": no table's name holds a blank.
        RefusalReason::Rows => refusal.found = refusal.said.split(' ').nth(2).map(str::to_owned),
        _ => {}
    }
    refusal
}

fn value(operation: &Operation, said: &Said, refusal: &mut Refusal) {
    let column = said.column.as_deref().unwrap_or_default();
    let field = columns(&operation.entity)
        .unwrap_or_default()
        .iter()
        .find(|known| known.name == column)
        .map_or("status", |known| known.field);
    refusal.field = Some(field.to_owned());
    refusal.expected = Some(operation.old_value(field).to_owned());
    refusal.wanted = Some(operation.new_value(field).to_owned());
    let found = said.found.clone().or_else(|| between(&refusal.said));
    refusal.found = found.map(|found| if field == "status" { status(found) } else { found });
}

/// What stands in the words between the first quote and what comes after the value.
fn between(said: &str) -> Option<String> {
    let (_, rest) = said.split_once(" is \"")?;
    let (found, _) = rest.split_once("\", neither the old value \"")?;
    Some(found.to_owned())
}

fn status(number: String) -> String {
    let known = number.parse().ok().and_then(portico_core::model::Validity::from_number);
    known.map_or(number, |validity| validity.name().to_owned())
}
