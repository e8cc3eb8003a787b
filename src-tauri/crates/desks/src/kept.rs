//! What is pending for a desk that cannot be written yet: told, so that it can be reviewed, and kept.

use portico_core::form::field::{Entity, Kind as FieldKind};

use crate::error::DeskError;
use crate::plan::{Change, Fields, Kind, Operation, Pending, Plan, PlanInput};
use crate::writer::{ExportFile, Passwords, Writer};

/// The writer of a desk without a way in: it plans in the form's words and writes nothing.
pub struct Kept {
    /// The desk's name for people.
    pub desk: &'static str,
}

impl Writer for Kept {
    fn plan(&self, input: &PlanInput) -> Plan {
        Plan {
            operations: input.pending.iter().filter_map(operation).collect(),
            settings: input.settings.clone(),
            ..Plan::default()
        }
    }

    fn write(&self, _plan: &Plan, _passwords: &Passwords) -> Result<Vec<ExportFile>, DeskError> {
        Err(DeskError::NotYet {
            desk: self.desk.to_owned(),
            what: "written",
        })
    }
}

/// What differs in one record or link; `None` where it is nothing that people edit.
fn operation(pending: &Pending) -> Option<Operation> {
    let entity = Entity::from_name(&pending.entity);
    let kind = match (&pending.base, &pending.current, entity) {
        (None, Some(_), Some(_)) => Kind::Create,
        (None, Some(_), None) => Kind::Link,
        (Some(_), None, None) => Kind::Unlink,
        (Some(_), None, Some(_)) => Kind::Deactivate,
        (Some(_), Some(_), Some(_)) => Kind::Update,
        _ => return None,
    };
    let changes = match entity {
        Some(entity) => record(entity, pending),
        None => link(pending),
    };
    // A record that is gone has nothing to say but that.
    (!changes.is_empty() || kind == Kind::Deactivate).then(|| Operation {
        kind,
        entity: pending.entity.clone(),
        key: pending.key.clone(),
        subject: pending.subject.clone(),
        target: String::new(),
        changes,
    })
}

/// The form's fields that differ; those of links have rows of their own.
fn record(entity: Entity, pending: &Pending) -> Vec<Change> {
    let differs = |field: &&portico_core::form::field::Field| !field.own && !field.kind.is_linked();
    let mut changes = Vec::new();
    for field in entity.fields().iter().filter(differs) {
        let side = |row: &Option<Fields>| Some(told(field.kind, row.as_ref()?.get(field.name)?));
        let (old, new) = (side(&pending.base), side(&pending.current));
        let empty = |text: &Option<String>| text.as_deref().is_none_or(|t| t.is_empty() || t == "off");
        if pending.current.is_some() && old != new && !(empty(&old) && empty(&new)) {
            changes.push(Change {
                field: field.name.to_owned(),
                old,
                new,
            });
        }
    }
    changes
}

/// A value as people read it.
fn told(kind: FieldKind, text: &str) -> String {
    match (kind, text) {
        (FieldKind::Flag, "0") => "off".to_owned(),
        (FieldKind::Flag, "1") => "on".to_owned(),
        (_, text) => text.to_owned(),
    }
}

/// What a link joins.
fn link(pending: &Pending) -> Vec<Change> {
    let side = |row: &Option<Fields>, name: &str| row.as_ref().and_then(|row| row.get(name)).cloned();
    let row = pending.current.as_ref().or(pending.base.as_ref());
    row.into_iter()
        .flat_map(|row| row.keys())
        .filter(|name| name.as_str() != "copies")
        .map(|name| Change {
            field: name.clone(),
            old: side(&pending.base, name),
            new: side(&pending.current, name),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    }

    fn plan(entity: &str, base: Option<&[(&str, &str)]>, current: Option<&[(&str, &str)]>) -> Plan {
        let pending = Pending {
            entity: entity.to_owned(),
            key: "jane".to_owned(),
            subject: "Jane".to_owned(),
            base: base.map(fields),
            current: current.map(fields),
        };
        let input = PlanInput {
            pending: vec![pending],
            ..PlanInput::default()
        };
        Kept { desk: "Some desk" }.plan(&input)
    }

    fn change(field: &str, old: Option<&str>, new: Option<&str>) -> Change {
        Change {
            field: field.to_owned(),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        }
    }

    #[test]
    fn a_changed_person_is_told_field_by_field_and_what_no_form_has_is_left_out() {
        let base: &[_] = &[
            ("login", "jane"),
            ("email", "a@b"),
            ("account_tickets", "0"),
            ("login_fold", "jane"),
        ];
        let now: &[_] = &[
            ("login", "jane"),
            ("email", "c@d"),
            ("account_tickets", "1"),
            ("login_fold", "JANE"),
        ];
        let plan = plan("external_user", Some(base), Some(now));
        assert_eq!(plan.operations.len(), 1);
        assert_eq!(plan.operations[0].kind, Kind::Update);
        assert_eq!(
            plan.operations[0].changes,
            [
                change("email", Some("a@b"), Some("c@d")),
                change("account_tickets", Some("off"), Some("on"))
            ]
        );
        assert!(plan.refused.is_empty());
    }

    #[test]
    fn what_is_new_says_only_what_is_filled_in_and_what_is_gone_says_that() {
        let row: &[_] = &[("login", "jane"), ("email", ""), ("external_comments", "0")];
        let made = plan("external_user", None, Some(row));
        assert_eq!(made.operations[0].changes, [change("login", None, Some("jane"))]);
        let gone = plan("external_user", Some(row), None);
        assert_eq!(
            (gone.operations[0].kind, gone.operations[0].changes.len()),
            (Kind::Deactivate, 0)
        );
    }

    #[test]
    fn a_link_names_what_it_joins_and_copies_are_no_change() {
        let row: &[_] = &[
            ("user", "jane"),
            ("address", "Hall 3"),
            ("permission", "read"),
            ("copies", "1"),
        ];
        let made = plan("user_address", None, Some(row));
        assert_eq!(made.operations[0].kind, Kind::Link);
        assert_eq!(made.operations[0].changes.len(), 3);
        assert!(plan("user_address", Some(row), Some(row)).operations.is_empty());
    }

    #[test]
    fn nothing_is_written() {
        let error = Kept { desk: "Some desk" }
            .write(&Plan::default(), &Passwords::new())
            .unwrap_err();
        assert!(error.to_string().contains("Some desk"), "{error}");
    }
}
