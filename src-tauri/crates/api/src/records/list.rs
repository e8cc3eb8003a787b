//! The lines of a list, and the portal's tree.

use std::collections::{BTreeMap, BTreeSet};

use portico_core::form::field::{Entity, Kind};
use portico_core::id::AccountId;
use portico_core::model::Validity;
use portico_store::Connection;
use portico_store::base::RowMap;
use portico_store::table::record::{self, Filter, Id, Line, Query};
use portico_store::table::{account_group, permission_group};
use serde_json::Value as Json;

use super::values;
use crate::error::ApiError;
use crate::numbers::small;
use crate::types::records::{RecordQuery, RecordRight, RecordRow, TreeNode, TreePage, UseCount};

/// The query as the store takes it.
pub(super) fn query(entity: Entity, asked: &RecordQuery) -> Result<Query, ApiError> {
    let column = |name: &str| -> Result<String, ApiError> {
        let found = values::column(values::field(entity, name)?);
        found.ok_or_else(|| ApiError::refused(format!("{name}: records are not listed by this field")))
    };
    let filters = asked.filters.iter().map(|(name, value)| {
        Ok::<_, ApiError>(Filter {
            column: column(name)?,
            value: filter_value(values::field(entity, name)?.kind, value)?,
        })
    });
    Ok(Query {
        search: asked.search.clone(),
        sort: if asked.sort.is_empty() {
            record::Column::Name
        } else {
            super::table::column(entity, &asked.sort)?
        },
        descending: asked.descending,
        filters: filters.collect::<Result<_, _>>()?,
        changed: asked.changed,
    })
}

fn filter_value(kind: Kind, text: &str) -> Result<Json, ApiError> {
    Ok(match kind {
        Kind::Flag => i64::from(text == "yes").into(),
        Kind::Status => Validity::from_name(text)
            .ok_or_else(|| ApiError::refused(format!("status: {text:?} is no validity")))?
            .number()
            .into(),
        Kind::One(_) if text.is_empty() => Json::Null,
        _ => text.into(),
    })
}

/// The lines as the window shows them.
pub(super) fn rows(c: &Connection, entity: Entity, lines: Vec<Line>) -> Result<Vec<RecordRow>, ApiError> {
    let changed: BTreeSet<String> = record::changed_keys(c, entity.name())?.into_iter().collect();
    let ids: Vec<Id> = lines.iter().filter_map(|line| super::bytes(&line.choice.id)).collect();
    let used = record::uses_of_lines(c, entity, &ids)?;
    let mut labels = Labels::default();
    let mut rows = Vec::with_capacity(lines.len());
    for (line, used) in lines.into_iter().zip(used) {
        let rights = match (entity, super::bytes(&line.choice.id)) {
            (Entity::Account, Some(id)) => account_rights(c, id)?,
            _ => Vec::new(),
        };
        rows.push(RecordRow {
            names: labels.of(c, entity, &line.row)?,
            status: status(&line.row),
            values: values::plain(entity, &line.row),
            changed: changed.contains(&line.choice.id),
            used: used
                .into_iter()
                .map(|(entity, field, total)| use_count(entity, field, total))
                .collect(),
            rights,
            id: line.choice.id,
            key: line.choice.key,
            name: line.choice.name,
            present: line.choice.present,
        });
    }
    Ok(rows)
}

fn use_count(entity: Entity, field: &str, total: u64) -> UseCount {
    UseCount {
        entity: entity.name().to_owned(),
        field: field.to_owned(),
        total: small(total),
    }
}

fn status(row: &RowMap) -> String {
    let validity = row
        .get("validity")
        .and_then(Json::as_i64)
        .and_then(Validity::from_number);
    validity.map(|v| v.name().to_owned()).unwrap_or_default()
}

/// The rights of an account on groups, by the groups' names.
pub(crate) fn account_rights(c: &Connection, account: Id) -> Result<Vec<RecordRight>, ApiError> {
    let mut rights = Vec::new();
    for link in account_group::of_account(c, AccountId::from_bytes(account))? {
        let group = permission_group::find(c, link.group_id)?;
        rights.push(RecordRight {
            entity: Entity::Group.name().to_owned(),
            id: link.group_id.to_string(),
            name: group.map(|group| group.name).unwrap_or_default(),
            right: link.permission,
            context: link.context.name().to_owned(),
        });
    }
    rights.sort_by(|a, b| (&a.name, &a.right).cmp(&(&b.name, &b.right)));
    Ok(rights)
}

/// Names of what rows refer to, each asked once.
#[derive(Default)]
struct Labels(BTreeMap<String, String>);

impl Labels {
    fn of(&mut self, c: &Connection, entity: Entity, row: &RowMap) -> Result<BTreeMap<String, String>, ApiError> {
        let mut names = BTreeMap::new();
        for field in entity.fields() {
            let (Kind::One(to), Some(column)) = (field.kind, values::column(field)) else {
                continue;
            };
            let Some(id) = row.get(column.as_str()).and_then(Json::as_str) else {
                continue;
            };
            if !self.0.contains_key(id) {
                let found = super::choices(c, to, &[id.to_owned()])?;
                self.0
                    .insert(id.to_owned(), found.into_iter().map(|one| one.name).collect());
            }
            names.insert(field.name.to_owned(), self.0.get(id).cloned().unwrap_or_default());
        }
        Ok(names)
    }
}

/// A stretch of what lies in an object of the portal.
pub(super) fn tree(c: &Connection, parent: Option<Id>, offset: u32, limit: u32) -> Result<TreePage, ApiError> {
    let changed: BTreeSet<String> = record::changed_keys(c, Entity::PortalObject.name())?
        .into_iter()
        .collect();
    let (nodes, total) = record::children(c, parent, offset.into(), limit.into())?;
    let node = |node: record::Node| TreeNode {
        kind: node
            .row
            .get("kind")
            .and_then(Json::as_str)
            .unwrap_or_default()
            .to_owned(),
        status: status(&node.row),
        inherits: node.row.get("inherits").and_then(Json::as_i64) == Some(1),
        present: node.choice.present,
        changed: changed.contains(&node.choice.id),
        children: small(node.children),
        groups: small(node.rights.0),
        people: small(node.rights.1),
        id: node.choice.id,
        key: node.choice.key,
        name: node.choice.name,
    };
    Ok(TreePage {
        total: small(total),
        nodes: nodes.into_iter().map(node).collect(),
    })
}
