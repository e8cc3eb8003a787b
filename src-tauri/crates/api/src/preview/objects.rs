//! Objects of the portal: what is granted to a person, and what the portal shows of pages, buttons, widgets and apps.

use std::collections::HashMap;

use portico_core::access::explain::Explained;
use portico_core::access::rule::Node;
use portico_core::id::{ExternalUserId, PortalObjectId};
use portico_core::model::LEVELS;
use portico_store::table::{group_object, permission_group, portal_object, user_group, user_object};
use portico_store::visibility::{Eyes, Question, Reasoned};
use portico_store::{Connection, StoreError};

use super::look::At;
use super::new_ticket::Thing;
use super::portal::one_list;
use super::tell::reason;
use crate::error::ApiError;
use crate::types::preview::{ObjectLevel, PortalPart, PortalRight};

/// Objects lie in one another so deep at most; a source may hold a circle.
const DEEPEST: usize = 64;

pub(super) const APP: &str = "app";
const PAGE: &str = "page";

/// A right that is given to a person, before it is handed down.
pub(crate) struct Held {
    object: PortalObjectId,
    level: String,
    /// Name of the group through which she has it.
    group: Option<String>,
}

/// Rights of the person herself and of her groups.
pub(crate) fn held(c: &Connection, user: ExternalUserId) -> Result<Vec<Held>, StoreError> {
    let own = user_object::of(c, user)?.into_iter().map(|right| Held {
        object: right.object_id,
        level: right.level,
        group: None,
    });
    let mut all: Vec<Held> = own.collect();
    let mut groups: Vec<_> = user_group::of_user(c, user)?
        .into_iter()
        .map(|link| link.group_id)
        .collect();
    groups.dedup();
    for group in permission_group::find_many(c, &groups)? {
        let rights = group_object::of(c, group.id)?.into_iter();
        all.extend(rights.map(|right| Held {
            object: right.object_id,
            level: right.level,
            group: Some(group.name.clone()),
        }));
    }
    Ok(all)
}

/// The portal's objects that are granted to the person, by path, with the highest level on each.
pub(super) fn objects(at: &At<'_>) -> Result<Vec<ObjectLevel>, ApiError> {
    let mut found = Vec::new();
    for (key, level) in at.eyes.person().object_levels() {
        if let Some(row) = portal_object::by_desk_key(at.c, key)? {
            found.push(ObjectLevel {
                path: row.path,
                kind: row.kind,
                level: (*level).to_owned(),
            });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// What the portal shows of its objects, in the model's order of kinds, and by path: what lies on a page after it.
pub(super) fn parts(at: &At<'_>) -> Result<Vec<PortalPart>, ApiError> {
    let mut parts = Vec::new();
    let levels: HashMap<&str, &str> = at
        .eyes
        .person()
        .object_levels()
        .iter()
        .map(|(key, level)| (key.as_str(), *level))
        .collect();
    for (kinds, node) in &at.model.objects {
        for row in portal_object::of_kinds(at.c, kinds)? {
            parts.push(part(at, node, row, &levels)?);
        }
    }
    // What is on a page comes right after it; pages before apps.
    let on = |part: &PortalPart| {
        if part.kind == PAGE {
            part.path.clone()
        } else {
            part.page.clone()
        }
    };
    parts.sort_by(|a, b| {
        let key = |part: &PortalPart| (part.kind == APP, on(part), part.kind != PAGE, part.path.clone());
        key(a).cmp(&key(b))
    });
    Ok(parts)
}

fn part(
    at: &At<'_>,
    node: &Node,
    row: portal_object::Row,
    levels: &HashMap<&str, &str>,
) -> Result<PortalPart, ApiError> {
    let chain = above(at.c, &row)?;
    let page = chain.iter().find(|object| object.kind == PAGE);
    let (key, page_key) = (key_of(&row), page.map(key_of).unwrap_or_default());
    let ask = |eyes: &Eyes<'_>| -> Result<Explained, ApiError> {
        let thing = Thing {
            name: &key,
            page: &page_key,
            ..Thing::default()
        };
        Ok(eyes.explain_about(node, &thing)?)
    };
    let explained = ask(at.eyes)?;
    let shown = explained.answer();
    let before = match at.saved {
        Some(saved) => ask(saved)?.answer(),
        None if at.draft => Some(false),
        None => shown,
    };
    let items = match at.model.lists.first() {
        Some(list) if row.kind == APP && shown != Some(false) => {
            let question = Question::ListIn {
                list: list.name.to_owned(),
                object: key.clone(),
            };
            Some(one_list(at, list.name, &question)?)
        }
        _ => None,
    };
    let right = levels.get(key.as_str()).and_then(|level| right(at, &chain, level));
    Ok(PortalPart {
        page: page
            .filter(|page| page.id != row.id)
            .map(|page| page.path.clone())
            .unwrap_or_default(),
        shown,
        reason: reason(&Reasoned::from(&explained)),
        right,
        items,
        change: match (before, shown) {
            (Some(false), Some(true)) => "gained",
            (Some(true), Some(false)) => "lost",
            _ => "",
        }
        .to_owned(),
        path: row.path,
        name: row.name,
        kind: row.kind,
        key,
    })
}

/// The desk's key; the id of what the desk does not have yet, as sets hold it.
pub(super) fn key_of(row: &portal_object::Row) -> String {
    let id = || {
        row.id
            .as_bytes()
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02X}"))
    };
    row.desk_key.clone().unwrap_or_else(id)
}

/// The object and what it lies in.
fn above(c: &Connection, row: &portal_object::Row) -> Result<Vec<portal_object::Row>, StoreError> {
    let mut chain = vec![row.clone()];
    while let Some(parent) = chain.last().and_then(|last| last.parent_id)
        && chain.len() < DEEPEST
        && let Some(parent) = portal_object::find(c, parent)?
    {
        chain.push(parent);
    }
    Ok(chain)
}

/// The highest right that reaches an object, and from where; `None` for nothing, and for an object that is not recorded.
pub(super) fn reaching(at: &At<'_>, key: &str) -> Result<Option<Reached>, ApiError> {
    let Some(row) = portal_object::by_desk_key(at.c, key)?.filter(|row| row.present) else {
        return Ok(None);
    };
    let chain = above(at.c, &row)?;
    let rank = |level: &str| LEVELS.iter().position(|one| *one == level);
    let mut highest = None;
    for object in &chain {
        let held = at.held.iter().filter(|held| held.object == object.id);
        highest = highest.max(held.filter_map(|held| rank(&held.level)).max());
        if at.user.is_some() && object.author_id == at.user {
            highest = highest.max(rank(&object.author_level));
        }
        if !object.inherits {
            break;
        }
    }
    let right = highest.and_then(|rank| right(at, &chain, LEVELS[rank]));
    Ok(right.map(|right| Reached { path: row.path, right }))
}

/// An object that a right reaches.
pub(super) struct Reached {
    path: String,
    pub(super) right: PortalRight,
}

impl Reached {
    /// Path of the object on which the right is given.
    pub(super) fn given_on(&self) -> &str {
        if self.right.from.is_empty() {
            &self.path
        } else {
            &self.right.from
        }
    }
}

/// From where the level comes: the nearest object that gives it, her own right before one of a group.
fn right(at: &At<'_>, chain: &[portal_object::Row], level: &str) -> Option<PortalRight> {
    for (n, object) in chain.iter().enumerate() {
        let on = at
            .held
            .iter()
            .filter(|held| held.object == object.id && held.level == level);
        let given = on.min_by_key(|held| held.group.is_some());
        let author = at.user.is_some() && object.author_id == at.user && object.author_level == level;
        let (through, group) = match given {
            Some(held) => held.group.as_ref().map_or(("own", ""), |name| ("group", name.as_str())),
            None if author => ("author", ""),
            None if object.inherits => continue,
            None => return None,
        };
        return Some(PortalRight {
            level: level.to_owned(),
            through: through.to_owned(),
            group: group.to_owned(),
            from: if n == 0 { String::new() } else { object.path.clone() },
        });
    }
    None
}
