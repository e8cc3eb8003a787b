//! The plan as people see it.

use std::collections::{BTreeMap, HashSet};

use portico_desks::plan::{Kind, Operation};
use portico_store::{Connection, conflict};

use super::plan::{self, People};
use crate::error::ApiError;
use crate::numbers::small;
use crate::types::transfer::{FieldChange, NotExported, PlanKind, PlanOperation, PlanView};

/// No more operations are shown for each person or record asked for than these, taken together: an account may have any
/// number of links.
const OPERATIONS: usize = 25;

/// The plan; of the first people and records, if so many are asked for.
pub(super) fn plan(c: &Connection, desk: &str, first: Option<usize>) -> Result<PlanView, ApiError> {
    let (found, users) = plan::plan(c, desk, false)?;
    let mark = plan::mark(&found);
    let waits = |not: &&portico_desks::plan::NotExported| not.code == "not_exported.password_initial";
    let initial_passwords = small(found.not_exported.iter().filter(waits).count());
    let (total, not_exported_total) = (small(found.operations.len()), small(found.not_exported.len()));
    let kinds = kinds(&found.operations);
    let (operations, concerns) = of_first(found.operations, &users, first);
    let most = first.unwrap_or(usize::MAX);
    Ok(PlanView {
        operations,
        total,
        concerns: small(concerns),
        kinds,
        not_exported: found.not_exported.into_iter().take(most).map(not_exported).collect(),
        not_exported_total,
        refused: found.refused,
        conflicts: small(conflict::list(c)?.len()),
        initial_passwords,
        since: plan::since(c)?,
        mark,
    })
}

fn kinds(operations: &[Operation]) -> Vec<PlanKind> {
    let mut kinds: BTreeMap<Kind, (usize, Vec<&str>)> = BTreeMap::new();
    for operation in operations {
        let (count, targets) = kinds.entry(operation.kind).or_default();
        *count += 1;
        if !targets.contains(&operation.target.as_str()) {
            targets.push(&operation.target);
        }
    }
    let kind = |(kind, (count, targets)): (Kind, (usize, Vec<&str>))| PlanKind {
        kind: kind.name().to_owned(),
        count: small(count),
        targets: targets.into_iter().map(str::to_owned).collect(),
    };
    kinds.into_iter().map(kind).collect()
}

/// All operations of the first people and records, and how many people and records there are.
fn of_first(operations: Vec<Operation>, users: &People, first: Option<usize>) -> (Vec<PlanOperation>, usize) {
    let most = first.unwrap_or(usize::MAX).saturating_mul(OPERATIONS);
    let mut concerns: HashSet<(String, String)> = HashSet::new();
    let mut shown = HashSet::new();
    let mut kept = Vec::new();
    for operation in operations {
        let user = users.get(&(operation.entity.clone(), operation.key.clone()));
        let concern = match (user, operation.subject.as_str()) {
            (Some(user), _) => ("external_user".to_owned(), user.clone()),
            (None, "") => (operation.entity.clone(), operation.key.clone()),
            (None, subject) => (operation.entity.clone(), subject.to_owned()),
        };
        if first.is_none_or(|first| concerns.len() < first) {
            shown.insert(concern.clone());
        }
        let is_shown = kept.len() < most && shown.contains(&concern);
        concerns.insert(concern);
        if is_shown {
            let user = user.cloned();
            kept.push(view(operation, user));
        }
    }
    (kept, concerns.len())
}

fn view(operation: Operation, user: Option<String>) -> PlanOperation {
    let changes = operation.changes.into_iter();
    PlanOperation {
        kind: operation.kind.name().to_owned(),
        changes: changes
            .map(|c| FieldChange {
                field: c.field,
                old: c.old,
                new: c.new,
            })
            .collect(),
        entity: operation.entity,
        key: operation.key,
        subject: operation.subject,
        user,
        target: operation.target,
    }
}

fn not_exported(found: portico_desks::plan::NotExported) -> NotExported {
    NotExported {
        entity: found.entity,
        key: found.key,
        field: found.field,
        reason: found.reason,
        code: found.code.to_owned(),
        old: found.old,
        new: found.new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(subject: &str, n: usize) -> Operation {
        Operation {
            kind: Kind::Link,
            entity: "user_group".to_owned(),
            record: n.to_string(),
            key: n.to_string(),
            subject: subject.to_owned(),
            target: "group_customer_user".to_owned(),
            changes: Vec::new(),
        }
    }

    /// Whoever has more links than are shown at once: asking for more shows more, until all are there.
    #[test]
    fn what_is_left_out_of_a_long_list_comes_as_more_is_asked_for() {
        let all: Vec<Operation> = (0..OPERATIONS * 4).map(|n| link(["a", "b"][n % 2], n)).collect();
        let shown = |first| of_first(all.clone(), &People::default(), first).0.len();
        assert_eq!(shown(Some(1)), OPERATIONS);
        assert_eq!(shown(Some(2)), OPERATIONS * 2);
        assert_eq!(shown(Some(4)), OPERATIONS * 4);
        assert_eq!(shown(None), OPERATIONS * 4);
    }
}
