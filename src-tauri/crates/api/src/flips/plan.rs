//! From what the rules propose to what would be written: rows, their names, and the drafts that a window puts them into.

use std::collections::BTreeMap;

use portico_core::access::flip::{Change, Proposal};
use portico_core::access::setting::Value;
use portico_core::form::FormRules;
use portico_core::form::field::Entity;
use portico_core::id::{AccountId, ExternalUserId, GroupId};
use portico_core::model::{Context, Validity};
use portico_store::snapshot::Ticket;
use portico_store::table::{account, account_group, permission_group, queue};
use portico_store::{Connection, Tx};

use super::form::FormEdit;
use super::user_of;
use crate::error::ApiError;
use crate::types::flips::FlipChange;
use crate::types::matrix::{MatrixEdit, MatrixEdits};
use crate::types::preview::Viewer;
use crate::types::users::UserForm;
use crate::types::workspace::SettingInput;
use crate::{matrix, settings, users};

/// What would be written, and how it is told.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub(super) lines: Vec<FlipChange>,
    pub(super) form: Option<UserForm>,
    pub(super) cells: Vec<MatrixEdits>,
    pub(super) settings: Vec<SettingInput>,
    queue: Option<queue::Row>,
    group: Option<permission_group::Row>,
    /// The person's fields that change.
    fields: Vec<&'static str>,
}

/// Whose answer it is about which ticket, as the plan needs them.
pub(super) struct Planner {
    pub(super) user: Option<ExternalUserId>,
    desk: String,
    rules: &'static FormRules,
    /// The form on top of which it is planned.
    base: UserForm,
    is_draft: bool,
    queue: Option<queue::Row>,
}

impl Planner {
    pub(super) fn new(c: &Connection, desk: &str, viewer: &Viewer, ticket: &Ticket) -> Result<Self, ApiError> {
        let user = user_of(viewer)?;
        let base = match (&viewer.draft, user) {
            (Some(draft), _) => draft.clone(),
            (None, Some(user)) => users::form(c, user)?,
            (None, None) => return Err(ApiError::refused("this needs a person or a draft")),
        };
        Ok(Self {
            user,
            desk: desk.to_owned(),
            rules: crate::forms::rules(desk)?,
            base,
            is_draft: viewer.draft.is_some(),
            queue: queue::by_desk_key(c, &ticket.queue)?.filter(|queue| queue.present),
        })
    }

    /// What a proposal comes to; `None` where the desk, or the workspace, has nothing to do it with.
    pub(super) fn plan(&self, c: &Connection, proposal: &Proposal) -> Result<Option<Plan>, ApiError> {
        let mut plan = Plan::default();
        let mut form = FormEdit::new(c, self.rules, self.user, self.base.clone());
        let mut cells = Cells::default();
        for change in &proposal.changes {
            let done = match change {
                Change::Flag(flag, to) => form.flag(*flag, *to),
                Change::Link { set, value, into } => form.link(*set, value, *into)?,
                Change::Setting(name, value) => self.setting(c, &mut plan, name, value)?,
                Change::AccountRow {
                    account,
                    group,
                    any_of,
                    other,
                    into,
                } => {
                    let context = if *other { Context::Other } else { Context::Same };
                    let of = (account::by_key(c, account)?, permission_group::by_name(c, group)?);
                    match of {
                        (Some(account), Some(group)) => cells.change(c, &account, &group, context, any_of, *into)?,
                        // What is not recorded has no rights that could go.
                        _ => !*into,
                    }
                }
                Change::QueueGroup(name) => self.queue_group(c, &mut plan, name)?,
                Change::GroupValid(to) => self.group_valid(c, &mut plan, *to)?,
                Change::FollowUp(kind) => self.follow_up(&mut plan, kind),
            };
            if !done {
                return Ok(None);
            }
        }
        if let Some((changed, fields, lines)) = form.done() {
            plan.form = Some(changed);
            plan.fields = fields;
            plan.lines.splice(0..0, lines);
        }
        plan.lines.extend(cells.lines.iter().cloned());
        plan.cells = cells.edits();
        Ok((!plan.lines.is_empty()).then_some(plan))
    }

    fn setting(&self, c: &Connection, plan: &mut Plan, name: &'static str, value: &Value) -> Result<bool, ApiError> {
        let to = json(value);
        let known = settings::values(c, &self.desk)?;
        let now = known.into_iter().find(|setting| setting.name == name);
        let from = now.and_then(|setting| setting.value.or(setting.default.filter(|_| setting.assumed)));
        plan.lines.push(FlipChange {
            from: from.unwrap_or_default(),
            to: to.clone(),
            ..line("setting", name, String::new(), "value")
        });
        plan.settings.push(SettingInput {
            name: name.to_owned(),
            value: Some(to),
        });
        Ok(true)
    }

    /// The ticket's queue, as it would be so far.
    fn queue(&self, plan: &Plan, field: &str) -> Option<queue::Row> {
        let known = self.rules.knows(Entity::Queue, field);
        plan.queue.clone().or_else(|| self.queue.clone()).filter(|_| known)
    }

    fn queue_group(&self, c: &Connection, plan: &mut Plan, name: &str) -> Result<bool, ApiError> {
        let (Some(mut queue), Some(group)) = (self.queue(plan, "group"), permission_group::by_name(c, name)?) else {
            return Ok(false);
        };
        if queue.group_id == Some(group.id) {
            return Ok(false);
        }
        let from = queue.group_id.map(|id| permission_group::find(c, id)).transpose()?;
        plan.lines.push(FlipChange {
            from: from.flatten().map(|group| group.name).unwrap_or_default(),
            to: group.name,
            ..line("queue", &queue.name, queue.id.to_string(), "group")
        });
        queue.group_id = Some(group.id);
        plan.queue = Some(queue);
        Ok(true)
    }

    fn follow_up(&self, plan: &mut Plan, kind: &str) -> bool {
        let Some(mut queue) = self.queue(plan, "follow_up") else {
            return false;
        };
        plan.lines.push(FlipChange {
            from: queue.follow_up.clone(),
            to: kind.to_owned(),
            ..line("queue", &queue.name, queue.id.to_string(), "follow_up")
        });
        kind.clone_into(&mut queue.follow_up);
        plan.queue = Some(queue);
        true
    }

    fn group_valid(&self, c: &Connection, plan: &mut Plan, to: bool) -> Result<bool, ApiError> {
        let group = self.queue.as_ref().and_then(|queue| queue.group_id);
        let group = group.map(|id| permission_group::find(c, id)).transpose()?.flatten();
        let Some(mut group) = group.filter(|group| group.present && self.rules.knows(Entity::Group, "status")) else {
            return Ok(false);
        };
        let validity = if to { Validity::Valid } else { Validity::Invalid };
        plan.lines.push(FlipChange {
            from: group.validity.name().to_owned(),
            to: validity.name().to_owned(),
            ..line("group", &group.name, group.id.to_string(), "status")
        });
        group.validity = validity;
        plan.group = Some(group);
        Ok(true)
    }

    /// Writes a plan with the draft under it; the person's id, which is new where she is.
    pub(super) fn write(&self, tx: &Tx<'_>, plan: &Plan) -> Result<ExternalUserId, ApiError> {
        self.write_apart(tx, plan)?;
        self.write_person(tx, plan)
    }

    /// Writes a plan as far as it concerns others: somebody who is not there yet concerns nobody.
    pub(super) fn write_for_others(&self, tx: &Tx<'_>, plan: &Plan) -> Result<(), ApiError> {
        self.write_apart(tx, plan)?;
        if self.user.is_some() {
            self.write_person(tx, plan)?;
        }
        Ok(())
    }

    fn write_person(&self, tx: &Tx<'_>, plan: &Plan) -> Result<ExternalUserId, ApiError> {
        let form = match (&plan.form, self.user) {
            (Some(form), _) => form,
            (None, Some(user)) if !self.is_draft => return Ok(user),
            (None, _) => &self.base,
        };
        if self.is_draft {
            return users::try_form(tx, &self.desk, self.user, form);
        }
        users::try_fields(tx, &self.desk, self.user, form, &plan.fields)
    }

    fn write_apart(&self, tx: &Tx<'_>, plan: &Plan) -> Result<(), ApiError> {
        for edits in &plan.cells {
            matrix::write_cells(tx, &self.desk, edits)?;
        }
        if let Some(queue) = &plan.queue {
            queue::update(tx, queue)?;
        }
        if let Some(group) = &plan.group {
            permission_group::update(tx, group)?;
        }
        settings::write(tx, &settings::checked(&self.desk, &plan.settings)?)
    }
}

/// Rights of accounts that change, by context.
#[derive(Default)]
struct Cells {
    edits: BTreeMap<&'static str, MatrixEdits>,
    lines: Vec<FlipChange>,
}

impl Cells {
    /// Those that differ from what is there.
    fn edits(self) -> Vec<MatrixEdits> {
        let mut edits: Vec<MatrixEdits> = self.edits.into_values().collect();
        for of in &mut edits {
            of.cells.retain(|cell| cell.before != cell.permissions);
        }
        edits.retain(|of| !of.cells.is_empty());
        edits
    }

    fn change(
        &mut self,
        c: &Connection,
        account: &account::Row,
        group: &permission_group::Row,
        context: Context,
        any_of: &[&str],
        into: bool,
    ) -> Result<bool, ApiError> {
        let held = held(c, account.id, group.id, context)?;
        let edits = self.edits.entry(context.name()).or_insert_with(|| MatrixEdits {
            rows: "accounts".to_owned(),
            context: context.name().to_owned(),
            cells: Vec::new(),
        });
        let (row, column) = (account.id.to_string(), group.id.to_string());
        let found = edits
            .cells
            .iter()
            .position(|cell| cell.row == row && cell.group == column);
        let at = found.unwrap_or_else(|| {
            edits.cells.push(MatrixEdit {
                row: row.clone(),
                group: column,
                before: held.clone(),
                permissions: held,
            });
            edits.cells.len() - 1
        });
        let cell = &mut edits.cells[at];
        let field = match context {
            Context::Same => "groups",
            Context::Other => "groups_other",
        };
        let mut told = |permission: &str| {
            let item = format!("{}:{permission}", group.name);
            let (from, to) = if into {
                (String::new(), item)
            } else {
                (item, String::new())
            };
            self.lines.push(FlipChange {
                from,
                to,
                ..line("account", &account.key, row.clone(), field)
            });
        };
        if into {
            let Some(permission) = any_of
                .first()
                .filter(|_| !cell.permissions.iter().any(|p| any_of.contains(&p.as_str())))
            else {
                // Another change of the same proposal has done it.
                return Ok(found.is_some());
            };
            cell.permissions.push((*permission).to_owned());
            told(permission);
            return Ok(true);
        }
        for permission in cell.permissions.iter().filter(|p| any_of.contains(&p.as_str())) {
            told(permission);
        }
        // Of several accounts only some have the right that goes.
        cell.permissions.retain(|p| !any_of.contains(&p.as_str()));
        Ok(true)
    }
}

fn held(c: &Connection, account: AccountId, group: GroupId, context: Context) -> Result<Vec<String>, ApiError> {
    let rows = account_group::of_account(c, account)?;
    let of = rows
        .into_iter()
        .filter(|row| row.group_id == group && row.context == context);
    Ok(of.map(|row| row.permission).collect())
}

pub(super) fn json(value: &Value) -> String {
    match value {
        Value::Switch(on) => on.to_string(),
        Value::Choice(word) => serde_json::Value::from(word.as_str()).to_string(),
        Value::Names(names) => serde_json::Value::from(names.clone()).to_string(),
        Value::Number(number) => number.to_string(),
    }
}

/// A change of which it is not said yet what goes and what comes.
pub(super) fn line(entity: &str, key: &str, id: String, field: &str) -> FlipChange {
    FlipChange {
        entity: entity.to_owned(),
        key: key.to_owned(),
        id,
        field: field.to_owned(),
        from: String::new(),
        to: String::new(),
    }
}
