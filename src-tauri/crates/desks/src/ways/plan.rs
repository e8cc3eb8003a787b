//! From what differs to what is done about it, by the table of a desk.

use portico_core::form::field::{Entity, Field, Kind as FieldKind};

use super::password::{Fate, fate};
use super::{CALLS, Reason, RecordWays, WORKLIST, Way, Ways, link, refuse};
use crate::plan::{Change, Fields, Kind, NotExported, Operation, PASSWORD, Pending, Plan, PlanInput};

/// Plans an export.
pub(crate) fn plan(ways: &Ways, input: &PlanInput) -> Plan {
    let mut plan = Plan {
        settings: input.settings.clone(),
        known: input.known.clone(),
        ..Plan::default()
    };
    for pending in &input.pending {
        match Entity::from_name(&pending.entity) {
            Some(entity) => match ways.of(entity) {
                Some(records) => Record { ways, records, pending }.plan(input, &mut plan),
                None => plan.not_exported.push(not(pending, "", (None, None), NO_SUCH_RECORD)),
            },
            None => linked(ways, pending, input, &mut plan),
        }
    }
    plan.operations.sort_by_cached_key(|o| {
        let entity = rank(&o.entity);
        (order(o), entity, o.key.clone(), o.target.clone())
    });
    plan.not_exported
        .sort_by_cached_key(|n| (rank(&n.entity), n.key.clone(), n.field.clone()));
    refuse::refuse(ways, input, &mut plan);
    plan
}

/// What is new first, what ends last; an invitation after all that the person is to find.
fn order(operation: &Operation) -> u8 {
    match operation.kind {
        Kind::Create => 0,
        Kind::Update if operation.new_value(PASSWORD) == "invitation" => 3,
        Kind::Update => 1,
        Kind::Link => 2,
        Kind::Unlink => 4,
        Kind::Deactivate => 5,
    }
}

/// What is referred to before what refers: records, people, then links.
pub(crate) fn rank(entity: &str) -> usize {
    const ORDER: [&str; 13] = [
        "account",
        "permission_group",
        "address",
        "machine",
        "contact",
        "agent",
        "queue",
        "ticket_type",
        "ticket_state",
        "portal_object",
        "external_user",
        "user_account",
        "user_account_view",
    ];
    ORDER.iter().position(|name| *name == entity).unwrap_or(ORDER.len())
}

const NO_SUCH_RECORD: Reason = Reason {
    code: "not_exported.entity",
    text: "Portico does not write this kind of record; change it in the desk itself",
};
const NO_SUCH_FIELD: Reason = Reason {
    code: "not_exported.field",
    text: "the desk has no such field; it is kept here",
};
const PLACEHOLDER: Reason = Reason {
    code: "not_exported.placeholder",
    text: "the desk has no record of it, only links name it; create it in Portico to export it",
};
const DELETED: Reason = Reason {
    code: "not_exported.deleted",
    text: "the desk deletes no such record; it is invalid already and stays so",
};
const DELETE: Reason = Reason {
    code: "not_exported.delete",
    text: "Portico deletes nothing in the desk; delete it there once nothing refers to it",
};
const RENAMED: Reason = Reason {
    code: "not_exported.fixed_login",
    text: "the desk fixes the login with the first save; create a new person and end the access of the old one",
};
const NOT_INVITED: Reason = Reason {
    code: "not_exported.status_invitation",
    text: "only an invitation gives access to the portal; choose it as the way of the password",
};

fn not(pending: &Pending, field: &str, (old, new): (Option<String>, Option<String>), reason: Reason) -> NotExported {
    NotExported {
        entity: pending.entity.clone(),
        key: pending.key.clone(),
        field: field.to_owned(),
        old,
        new,
        reason: reason.text.to_owned(),
        code: reason.code,
    }
}

fn target(way: Way) -> &'static str {
    if way == Way::Call { CALLS } else { WORKLIST }
}

fn linked(ways: &Ways, pending: &Pending, input: &PlanInput, plan: &mut Plan) {
    let Some((kind, fields, changes)) = link::change(pending) else {
        return;
    };
    let found = link::field_of(&pending.entity, fields);
    let way = found.and_then(|(entity, field)| ways.of(entity)?.field(field));
    let Some(way) = way else {
        plan.not_exported.push(not(pending, "", (None, None), NO_SUCH_FIELD));
        return;
    };
    match (ways.link)(kind, &pending.entity, fields, input, way.way) {
        Way::Call => plan.operations.push(pending.operation(kind, CALLS, changes)),
        Way::Step => plan.operations.push(pending.operation(kind, WORKLIST, changes)),
        Way::Not(reason) | Way::Made(reason) => {
            plan.not_exported.push(not(pending, way.field, (None, None), reason));
        }
    }
}

/// A record that differs, and what its desk says of such records.
struct Record<'a> {
    ways: &'a Ways,
    records: &'static RecordWays,
    pending: &'a Pending,
}

impl Record<'_> {
    fn plan(&self, input: &PlanInput, plan: &mut Plan) {
        let absent = |row: &Option<Fields>| row.as_ref().is_some_and(|f| f.get("present").is_some_and(|p| p == "0"));
        if absent(&self.pending.base) || absent(&self.pending.current) {
            plan.not_exported.push(self.not("", (None, None), PLACEHOLDER));
            return;
        }
        match (&self.pending.base, &self.pending.current) {
            (base, Some(current)) => {
                self.fields(base.as_ref(), current, plan);
                if self.records.entity == Entity::ExternalUser {
                    self.access(base.as_ref(), current, input, plan);
                }
            }
            (Some(base), None) => self.removed(base, plan),
            (None, None) => {}
        }
    }

    fn not(&self, field: &str, sides: (Option<String>, Option<String>), reason: Reason) -> NotExported {
        not(self.pending, field, sides, reason)
    }

    /// The fields that differ, by the way that each takes.
    fn fields(&self, base: Option<&Fields>, current: &Fields, plan: &mut Plan) {
        let (mut calls, mut steps) = (Vec::new(), Vec::new());
        let is_plain = |field: &&Field| {
            !field.own && !field.kind.is_linked() && !matches!(field.kind, FieldKind::Status | FieldKind::Password)
        };
        for field in self.records.entity.fields().iter().filter(is_plain) {
            let Some(change) = differs(field, base, current) else {
                continue;
            };
            match self.way(field, base) {
                Some(Way::Call) => calls.push(change),
                Some(Way::Step) => steps.push(change),
                Some(Way::Made(_)) if is_made(field, base, current) => {}
                Some(Way::Not(reason) | Way::Made(reason)) => {
                    plan.not_exported
                        .push(self.not(field.name, (change.old, change.new), reason));
                }
                None => plan
                    .not_exported
                    .push(self.not(field.name, (change.old, change.new), NO_SUCH_FIELD)),
            }
        }
        if self.records.entity != Entity::ExternalUser {
            self.status_of_record(base, current, plan);
        }
        let first = if base.is_some() { Kind::Update } else { Kind::Create };
        let by_call = self.records.is_called();
        if !calls.is_empty() || (base.is_none() && by_call) {
            plan.operations.push(self.pending.operation(first, CALLS, calls));
        }
        if !steps.is_empty() || (base.is_none() && !by_call) {
            // What a call makes is only completed by steps.
            let kind = if by_call { Kind::Update } else { first };
            plan.operations.push(self.pending.operation(kind, WORKLIST, steps));
        }
    }

    /// How a field goes; `None` where the desk does not have it.
    fn way(&self, field: &Field, base: Option<&Fields>) -> Option<Way> {
        let rules = portico_core::form::registry::rules(self.ways.id);
        let fixed = rules.is_some_and(|rules| rules.login_change == portico_core::form::LoginChange::Never);
        if field.name == "login" && self.records.entity == Entity::ExternalUser && base.is_some() && fixed {
            return Some(Way::Not(RENAMED));
        }
        let way = self.records.field(field.name)?.way;
        Some((self.ways.record)(self.records.entity, field.name, base.is_none(), way))
    }

    /// No kind of record but people has a status that Portico writes.
    fn status_of_record(&self, base: Option<&Fields>, current: &Fields, plan: &mut Plan) {
        let old = base.map_or("valid", status);
        let new = status(current);
        if old != new {
            let sides = (Some(old.to_owned()), Some(new.to_owned()));
            plan.not_exported.push(self.not("status", sides, NO_SUCH_FIELD));
        }
    }

    /// Status and password, which decide together.
    fn access(&self, base: Option<&Fields>, current: &Fields, input: &PlanInput, plan: &mut Plan) {
        let field = |row: &Fields, name: &str| row.get(name).cloned().unwrap_or_default();
        let (old, new) = (base.map(status), status(current));
        let (way_before, way) = (base.map(|row| field(row, PASSWORD)), field(current, PASSWORD));
        let mut invited = false;
        if way_before.as_deref().unwrap_or("unchanged") != way {
            let change = Change {
                field: PASSWORD.to_owned(),
                old: None,
                new: Some(way.clone()),
            };
            match fate(self.ways, &way, old, current, input) {
                Fate::Untouched => {}
                Fate::Goes(_) if new == "invalid" && way == "invitation" => {
                    plan.not_exported
                        .push(self.not(PASSWORD, (way_before, Some(way)), CLOSED));
                }
                Fate::Goes(goes) => {
                    invited = change.new.as_deref() == Some("invitation");
                    plan.operations
                        .push(self.pending.operation(Kind::Update, target(goes), vec![change]));
                }
                Fate::Not(reason) => plan
                    .not_exported
                    .push(self.not(PASSWORD, (way_before, Some(way)), reason)),
            }
        }
        if old != Some(new) && !invited {
            self.status(old, new, plan);
        }
    }

    /// A status that no invitation brings about.
    fn status(&self, old: Option<&str>, new: &str, plan: &mut Plan) {
        let change = Change {
            field: "status".to_owned(),
            old: old.map(str::to_owned),
            new: Some(new.to_owned()),
        };
        let sides = (change.old.clone(), change.new.clone());
        let step = |kind| self.pending.operation(kind, WORKLIST, vec![change.clone()]);
        match (old, new) {
            (None, "valid") if self.ways.access.invite_by_call => {
                plan.not_exported.push(self.not("status", sides, NOT_INVITED));
            }
            // A contact that nobody invites.
            (None, _) if self.ways.access.invite_by_call => {}
            (None, "not-registered") => {}
            (_, "not-registered") => plan.not_exported.push(self.not("status", sides, FIRST_LOGIN)),
            (None | Some("not-registered"), _) if let Some(reason) = self.ways.access.end_unused => {
                let reason = if new == "valid" { FIRST_LOGIN } else { reason };
                plan.not_exported.push(self.not("status", sides, reason));
            }
            // What is new begins so.
            (None, "valid") => {}
            (_, "valid") => plan.operations.push(step(Kind::Update)),
            (_, _) => plan.operations.push(step(Kind::Deactivate)),
        }
    }

    /// The desk keeps people, out of force; other records stay as they are.
    fn removed(&self, base: &Fields, plan: &mut Plan) {
        if self.records.entity != Entity::ExternalUser {
            plan.not_exported.push(self.not("", (None, None), DELETE));
            return;
        }
        match status(base) {
            "invalid" => plan.not_exported.push(self.not("", (None, None), DELETED)),
            old => self.status(Some(old), "invalid", plan),
        }
    }
}

const CLOSED: Reason = Reason {
    code: "not_exported.invited_closed",
    text: "nobody is invited whose access ends; set the status or the way of the password",
};
const FIRST_LOGIN: Reason = Reason {
    code: "not_exported.first_login",
    text: "the desk sets this status itself, by the first login",
};

/// Old and new value as people read them; `None` where they are the same, or nothing on both sides.
fn differs(field: &Field, base: Option<&Fields>, current: &Fields) -> Option<Change> {
    let side = |row: &Fields| row.get(field.name).map(|text| value(field.kind, text));
    let (old, new) = (base.and_then(side), side(current));
    // What is new inherits its rights where nobody says otherwise.
    let off = |text: &str| text == "off" && field.name != "inherits";
    let nothing = |text: &Option<String>| text.as_deref().is_none_or(|t| t.is_empty() || off(t));
    let same = old == new || (nothing(&old) && nothing(&new));
    (!same).then(|| Change {
        field: field.name.to_owned(),
        old: old.or_else(|| base.map(|_| String::new())),
        new: new.or_else(|| Some(String::new())),
    })
}

/// Whether the desk comes to the same value by itself: a login that is the e-mail address, a key of what is new.
fn is_made(field: &Field, base: Option<&Fields>, current: &Fields) -> bool {
    if field.name == "login" {
        return current.get("login") == current.get("email");
    }
    base.is_none()
}

/// A value as people read it.
fn value(kind: FieldKind, text: &str) -> String {
    match (kind, text) {
        (FieldKind::Flag, "0") => "off".to_owned(),
        (FieldKind::Flag, "1") => "on".to_owned(),
        (_, text) => text.to_owned(),
    }
}

/// A record's status by name.
fn status(fields: &Fields) -> &str {
    match fields.get("status").map(String::as_str) {
        None | Some("" | "1") => "valid",
        Some("2") => "invalid",
        Some("3") => "invalid-temporarily",
        Some("4") => "not-registered",
        Some(name) => name,
    }
}
