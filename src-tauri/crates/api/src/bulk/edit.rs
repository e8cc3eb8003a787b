//! An edit of one field of a form, the same for everybody.

use std::collections::BTreeMap;

use portico_core::form::FormRules;
use portico_core::form::field::{Entity, Field, Kind};
use portico_core::model::LEVELS;

use crate::error::ApiError;
use crate::types::bulk::FieldEdit;
use crate::types::form::FieldValue;
use crate::types::users::{GroupRight, ObjectRight, UserForm};

/// How a field is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Set,
    Add,
    Remove,
    Change,
}

/// An edit that makes sense for the field it is about.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    pub(super) field: &'static Field,
    how: How,
    value: FieldValue,
    /// Permission keys of groups, weakest first.
    ladder: &'static [&'static str],
}

/// The field of an external user's form with this name.
pub(super) fn field(name: &str) -> Result<&'static Field, ApiError> {
    let mut fields = Entity::ExternalUser.fields().iter();
    fields
        .find(|field| field.name == name)
        .ok_or_else(|| ApiError::not_found("field", name))
}

impl Edit {
    /// Reads an edit of so many people. Refuses what cannot be meant: a field that there is not, a value of another
    /// kind, an addition to what is no list, one login for several people, a password that somebody typed.
    pub(super) fn read(rules: &FormRules, edit: &FieldEdit, people: usize) -> Result<Self, ApiError> {
        let field = field(&edit.field)?;
        let refused = |why: &str| Err(ApiError::refused(format!("{}: {why}", field.name)));
        let rights = matches!(field.kind, Kind::Rights(_) | Kind::Levels(_));
        let list = rights || matches!(field.kind, Kind::Many(_) | Kind::Custom);
        let how = match edit.how.as_str() {
            "set" => How::Set,
            "add" if list => How::Add,
            "remove" if list => How::Remove,
            "change" if rights => How::Change,
            "add" | "remove" => return refused("it holds one value, which can only be set"),
            "change" => return refused("only a right is changed into another one"),
            other => return refused(&format!("{other:?} is none of set, add, remove, change")),
        };
        if UserForm::default().put(field.name, edit.value.clone()).is_err() {
            return refused("that is not what it holds");
        }
        if how == How::Change && !names_a_right(&edit.value) {
            return refused("say into which right it is changed");
        }
        if field.kind == Kind::Custom && how != How::Set && pairs(&edit.value).is_none() {
            return refused("this is no JSON object of names and texts");
        }
        if field.name == "login" && people > 1 {
            return refused("several people cannot have one login");
        }
        if field.kind == Kind::Password && edit.value == FieldValue::Text("typed".to_owned()) {
            return refused("a password is typed for one person at a time");
        }
        Ok(Self {
            field,
            how,
            value: edit.value.clone(),
            ladder: rules.permissions,
        })
    }

    /// Edits a form. Its lists are in order afterwards if they were before.
    pub(super) fn apply(&self, form: &mut UserForm) {
        let now = form.value(self.field.name);
        let edited = match (self.how, now, &self.value) {
            (How::Set, _, value) | (_, None, value) => value.clone(),
            (How::Add, Some(FieldValue::List(list)), FieldValue::List(more)) => FieldValue::List(joined(list, more)),
            (How::Remove, Some(FieldValue::List(list)), FieldValue::List(gone)) => {
                FieldValue::List(list.into_iter().filter(|id| !gone.contains(id)).collect())
            }
            (How::Add, Some(FieldValue::Groups(mut rights)), FieldValue::Groups(more)) => {
                for right in more {
                    grant(&mut rights, right, self.ladder);
                }
                FieldValue::Groups(rights)
            }
            (How::Remove, Some(FieldValue::Groups(rights)), FieldValue::Groups(gone)) => {
                FieldValue::Groups(rights.into_iter().filter_map(|right| without(right, gone)).collect())
            }
            (How::Add, Some(FieldValue::Objects(mut rights)), FieldValue::Objects(more)) => {
                for right in more {
                    raise(&mut rights, right);
                }
                FieldValue::Objects(rights)
            }
            (How::Remove, Some(FieldValue::Objects(mut rights)), FieldValue::Objects(gone)) => {
                rights.retain(|right| !gone.iter().any(|gone| covers(gone, right)));
                FieldValue::Objects(rights)
            }
            (How::Change, Some(FieldValue::Groups(mut rights)), FieldValue::Groups(wanted)) => {
                for right in wanted {
                    change(&mut rights, right, self.ladder);
                }
                FieldValue::Groups(rights)
            }
            (How::Change, Some(FieldValue::Objects(mut rights)), FieldValue::Objects(wanted)) => {
                for right in wanted {
                    change_level(&mut rights, right);
                }
                FieldValue::Objects(rights)
            }
            (How::Add | How::Remove, Some(FieldValue::Text(held)), named) => {
                FieldValue::Text(custom(&held, named, self.how == How::Add))
            }
            // An empty list of a kind of its own adds and removes nothing.
            (_, Some(now), _) => now,
        };
        // `read` has seen that the field holds such a value.
        let _fits = form.put(self.field.name, edited);
        crate::users::in_order(form);
    }
}

/// The list with what it has not yet, at its end.
fn joined(mut list: Vec<String>, more: &[String]) -> Vec<String> {
    for id in more {
        if !list.contains(id) {
            list.push(id.clone());
        }
    }
    list
}

/// Gives at least these permissions: a stronger one that is there already stays, a weaker one gives way.
fn grant(rights: &mut Vec<GroupRight>, wanted: &GroupRight, ladder: &[&str]) {
    let rung = |key: &String| ladder.iter().position(|step| step == key);
    let found = rights.iter().position(|right| right.group == wanted.group);
    let place = found.unwrap_or(rights.len());
    if found.is_none() {
        rights.push(GroupRight {
            group: wanted.group.clone(),
            permissions: Vec::new(),
        });
    }
    let held = &mut rights[place].permissions;
    for key in &wanted.permissions {
        let strongest = held.iter().filter_map(rung).max();
        if held.contains(key) || (rung(key).is_some() && rung(key) <= strongest) {
            continue;
        }
        if rung(key).is_some() {
            held.retain(|other| rung(other).is_none());
        }
        held.push(key.clone());
    }
}

/// Whoever has the group gets these permissions in the place of those on the ladder; who has it not gets nothing.
fn change(rights: &mut [GroupRight], wanted: &GroupRight, ladder: &[&str]) {
    let on_ladder = |key: &String| ladder.contains(&key.as_str());
    let held = rights.iter_mut().filter(|right| right.group == wanted.group);
    for right in held.filter(|right| right.permissions.iter().any(on_ladder)) {
        right
            .permissions
            .retain(|key| !on_ladder(key) && !wanted.permissions.contains(key));
        right.permissions.extend(wanted.permissions.iter().cloned());
    }
}

/// Whoever has a level on the object gets this one in its place.
fn change_level(rights: &mut Vec<ObjectRight>, wanted: &ObjectRight) {
    if rights.iter().any(|right| right.object == wanted.object) {
        rights.retain(|right| right.object != wanted.object);
        rights.push(wanted.clone());
    }
}

/// Whether every entry says which right.
fn names_a_right(value: &FieldValue) -> bool {
    match value {
        FieldValue::Groups(rights) => rights.iter().all(|right| !right.permissions.is_empty()),
        FieldValue::Objects(rights) => rights.iter().all(|right| !right.level.is_empty()),
        _ => true,
    }
}

/// Custom fields by name; `None` for what is none. Nothing is none of them.
pub(super) fn pairs(value: &FieldValue) -> Option<BTreeMap<String, String>> {
    match value {
        FieldValue::Text(text) if text.is_empty() => Some(BTreeMap::new()),
        FieldValue::Text(text) => serde_json::from_str(text).ok(),
        _ => None,
    }
}

/// Custom fields with the named ones as they are given, or without them; what cannot be read stays as it is.
fn custom(held: &str, named: &FieldValue, add: bool) -> String {
    let (Some(before), Some(named)) = (pairs(&FieldValue::Text(held.to_owned())), pairs(named)) else {
        return held.to_owned();
    };
    let mut after = before.clone();
    if add {
        after.extend(named);
    } else {
        after.retain(|name, _| !named.contains_key(name));
    }
    if after == before {
        return held.to_owned();
    }
    if after.is_empty() {
        return String::new();
    }
    serde_json::to_string(&after).unwrap_or_else(|_| held.to_owned())
}

/// What is left of a right; `None` for nothing.
fn without(mut right: GroupRight, gone: &[GroupRight]) -> Option<GroupRight> {
    for gone in gone.iter().filter(|gone| gone.group == right.group) {
        if gone.permissions.is_empty() {
            return None;
        }
        right.permissions.retain(|key| !gone.permissions.contains(key));
    }
    (!right.permissions.is_empty()).then_some(right)
}

/// Gives at least this level on an object.
fn raise(rights: &mut Vec<ObjectRight>, wanted: &ObjectRight) {
    let rung = |level: &str| LEVELS.iter().position(|step| *step == level);
    let held = rights.iter().filter(|right| right.object == wanted.object);
    if held.filter_map(|right| rung(&right.level)).max() >= rung(&wanted.level) {
        return;
    }
    rights.retain(|right| right.object != wanted.object);
    rights.push(wanted.clone());
}

/// Whether a right on an object is meant by another one, which may leave the level open.
fn covers(gone: &ObjectRight, right: &ObjectRight) -> bool {
    gone.object == right.object && (gone.level.is_empty() || gone.level == right.level)
}
