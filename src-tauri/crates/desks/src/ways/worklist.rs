//! The steps of a plan that a person takes, in the desk's words.

use std::collections::BTreeMap;

use portico_core::form::field::{Entity, Kind as FieldKind};
use portico_core::settings::registry::portal_address;

use super::plan::rank;
use super::{RecordWays, WORKLIST, Ways, form_field, link};
use crate::plan::{Change, Kind, KnownRecords, Operation, PASSWORD, Plan};
use crate::worklist::{Section, Step, Worklist};
use crate::writer::Occasion;

/// The steps of a plan; a section for each record.
pub(crate) fn worklist(ways: &Ways, plan: &Plan, occasion: &Occasion, first: Option<&'static str>) -> Worklist {
    let mut by_record: BTreeMap<(usize, String), Vec<&Operation>> = BTreeMap::new();
    for operation in plan.operations.iter().filter(|o| o.target == WORKLIST) {
        by_record.entry(record_of(operation)).or_default().push(operation);
    }
    let parts = by_record.into_values();
    Worklist {
        desk: ways.name.to_owned(),
        workspace: occasion.workspace.clone(),
        date: occasion.date.clone(),
        first,
        sections: parts
            .filter_map(|operations| section(ways, plan, &operations))
            .collect(),
    }
}

/// Where an operation is worked on: with its person; rights of other records come once all records are there.
fn record_of(operation: &Operation) -> (usize, String) {
    let people = rank("external_user");
    if Entity::from_name(&operation.entity).is_some() {
        return (2 * rank(&operation.entity), operation.key.clone());
    }
    let owner = link::owner_of(&operation.entity);
    let place = if owner == "user" { 2 * people } else { 2 * people - 1 };
    (place, operation.value(owner).to_owned())
}

fn section(ways: &Ways, plan: &Plan, operations: &[&Operation]) -> Option<Section> {
    let first = operations.first()?;
    let (entity, key) = if let Some(entity) = Entity::from_name(&first.entity) {
        (entity, first.key.clone())
    } else {
        let owner = link::owner_of(&first.entity);
        let entity = Entity::from_name(link::referred(owner)?)?;
        (entity, first.value(owner).to_owned())
    };
    let records = ways.of(entity)?;
    let name = operations
        .iter()
        .map(|o| &o.subject)
        .find(|subject| !subject.is_empty())
        .unwrap_or(&key);
    let steps = Steps {
        ways,
        records,
        known: &plan.known,
    };
    // What has a button of its own comes once the form is saved.
    let (buttons, filled): (Vec<&&Operation>, _) = operations.iter().partition(|o| has_button(o));
    let mut all: Vec<Step> = filled.iter().flat_map(|o| steps.of(o)).collect();
    all.extend(steps.first_password(operations));
    if !filled.is_empty() {
        all.push(Step {
            what: records.save.to_owned(),
            ..Step::default()
        });
    }
    all.extend(buttons.iter().flat_map(|o| steps.of(o)));
    all.extend(invitation(ways, plan, operations));
    Some(Section {
        thing: records.thing.to_owned(),
        name: name.clone(),
        key,
        place: records.place.text.to_owned(),
        assumed: records.place.assumed,
        steps: all,
    })
}

/// A status, and an invitation, take effect by their own button.
fn has_button(operation: &Operation) -> bool {
    let by_button = |c: &Change| c.field == "status" || (c.field == PASSWORD && c.new.as_deref() == Some("invitation"));
    operation.kind != Kind::Create && operation.changes.iter().all(by_button)
}

/// Who is new is told where to log in, where the desk itself invites nobody.
fn invitation(ways: &Ways, plan: &Plan, operations: &[&Operation]) -> Option<Step> {
    let created = |o: &&&Operation| o.kind == Kind::Create && o.entity == Entity::ExternalUser.name();
    let new = operations
        .iter()
        .find(created)
        .filter(|_| ways.access.invite.is_none())?;
    let settings = plan.settings.iter();
    let value = |name: &str| {
        settings
            .clone()
            .find(|(of, _)| of == name)
            .map(|(_, json)| json.as_str())
    };
    let address = portal_address(ways.id, value)?;
    Some(Step {
        what: format!(
            "Tell the person that she logs in at {address} as {}",
            new.new_value("login")
        ),
        ..Step::default()
    })
}

/// What turns operations on a kind of record into steps.
struct Steps<'a> {
    ways: &'a Ways,
    records: &'static RecordWays,
    known: &'a KnownRecords,
}

impl Steps<'_> {
    fn of(&self, operation: &Operation) -> Vec<Step> {
        if Entity::from_name(&operation.entity).is_none() {
            return vec![self.link(operation)];
        }
        let mut steps = Vec::new();
        if operation.kind == Kind::Create {
            steps.push(Step {
                what: self.records.add.to_owned(),
                ..Step::default()
            });
        }
        steps.extend(operation.changes.iter().map(|change| self.field(operation, change)));
        steps
    }

    /// Nobody new is without a password, where the desk sends no invitation.
    fn first_password(&self, operations: &[&Operation]) -> Option<Step> {
        let is_new = operations
            .iter()
            .any(|o| o.kind == Kind::Create && o.entity == Entity::ExternalUser.name());
        let is_set = operations.iter().any(|o| o.sets_password());
        let label = self.ways.label(self.records.entity, PASSWORD);
        (is_new && !is_set && self.ways.access.invite.is_none()).then(|| Step {
            what: format!("{label}: set one; Portico has none for this person"),
            field: label.to_owned(),
            ..Step::default()
        })
    }

    fn field(&self, operation: &Operation, change: &Change) -> Step {
        match change.field.as_str() {
            "status" => self.status(change),
            PASSWORD => self.password(operation, change),
            _ => self.value(change),
        }
    }

    fn value(&self, change: &Change) -> Step {
        let label = self.ways.label(self.records.entity, &change.field);
        let kind = form_field(self.records.entity, &change.field).map(|field| field.kind);
        let shown = |text: &Option<String>| self.shown(kind, text.as_deref().unwrap_or_default());
        let (before, after) = (shown(&change.old), shown(&change.new));
        let what = match (kind, after.as_str()) {
            (Some(FieldKind::Flag), "on") => format!("{label}: check the box"),
            (Some(FieldKind::Flag), _) => format!("{label}: uncheck the box"),
            (_, "") => format!("{label}: empty it"),
            _ if before.is_empty() => format!("{label}: enter the value"),
            _ => format!("{label}: change the value"),
        };
        Step {
            what,
            field: label.to_owned(),
            before,
            after,
            assumed: false,
        }
    }

    /// A value for people: what it refers to by name, with the desk's key where that is another one.
    fn shown(&self, kind: Option<FieldKind>, text: &str) -> String {
        match kind.and_then(FieldKind::refers_to) {
            Some(entity) => self.name(entity.name(), text),
            None => text.to_owned(),
        }
    }

    fn name(&self, entity: &str, text: &str) -> String {
        let known = self.known.get(&(entity.to_owned(), text.to_owned()));
        match known {
            Some(known) if !known.name.is_empty() && known.name != text => format!("{} ({text})", known.name),
            _ => text.to_owned(),
        }
    }

    fn status(&self, change: &Change) -> Step {
        let access = &self.ways.access;
        let new = change.new.as_deref().unwrap_or_default();
        let told = if new == "valid" { access.resume } else { access.end };
        let word = |text: &Option<String>| {
            text.as_deref()
                .map_or("", |text| self.ways.status_word(text))
                .to_owned()
        };
        Step {
            what: told.text.to_owned(),
            field: self.ways.label(self.records.entity, "status").to_owned(),
            before: word(&change.old),
            after: word(&change.new),
            assumed: told.assumed,
        }
    }

    /// The password itself stands nowhere.
    fn password(&self, operation: &Operation, change: &Change) -> Step {
        let label = self.ways.label(self.records.entity, PASSWORD);
        let (what, assumed) = match (change.new.as_deref(), self.ways.access.invite) {
            (Some("invitation"), Some(invite)) => (invite.text.to_owned(), invite.assumed),
            (Some("initial"), _) => (
                format!(
                    "{label}: set the one that the list of initial passwords has for {}",
                    operation.key
                ),
                false,
            ),
            _ => (
                format!("{label}: set one, and tell it the person; it stands in no file"),
                false,
            ),
        };
        Step {
            what,
            field: label.to_owned(),
            assumed,
            ..Step::default()
        }
    }

    fn link(&self, operation: &Operation) -> Step {
        let fields = operation
            .changes
            .iter()
            .map(|c| (c.field.clone().into(), operation.value(&c.field).to_owned()))
            .collect();
        let field = link::field_of(&operation.entity, &fields).map_or("", |(_, field)| field);
        let label = self.ways.label(self.records.entity, field);
        let owner = link::owner_of(&operation.entity);
        let others = || operation.changes.iter().filter(|c| c.field != owner);
        let told = |new: bool| {
            let side = |c: &Change| if new { c.new.clone() } else { c.old.clone() };
            let texts: Vec<String> = others()
                .filter(|c| c.field != "permission")
                .filter_map(|c| {
                    let text = side(c)?;
                    Some(link::referred(&c.field).map_or_else(|| text.clone(), |entity| self.name(entity, &text)))
                })
                .collect();
            texts.join(": ")
        };
        let mut what = match operation.kind {
            Kind::Unlink => format!("{label}: remove it"),
            Kind::Update => format!("{label}: change it"),
            _ => format!("{label}: add it"),
        };
        let is_this = |(entity, kind, _): &&(&str, Kind, &str)| *entity == operation.entity && *kind == operation.kind;
        if let Some((.., mind)) = self.ways.mind.iter().find(is_this) {
            what = format!("{what}; {mind}");
        }
        Step {
            what,
            field: label.to_owned(),
            before: told(false),
            after: told(true),
            assumed: false,
        }
    }
}
