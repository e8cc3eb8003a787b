//! The portal's objects in memory. What one person has on them, SQL reads from her upwards and downwards; where thousands
//! are asked about, the tree is read once.

use std::collections::HashMap;

use portico_core::access::fact::AnyOf;
use portico_core::model::LEVELS;
use rusqlite::Connection;

use super::links::{KEY, lies_in};
use crate::error::Result;

/// Above so many questions the tree is worth reading.
const MANY: u32 = if cfg!(test) { 2 } else { 200 };

/// A right: the object's number, the level.
type Right = (u32, String);

struct Object {
    key: String,
    parent: Option<u32>,
    present: bool,
    is_app: bool,
    /// What lies in it and takes over its rights.
    handed: Vec<u32>,
}

#[derive(Default)]
struct Tree {
    numbers: HashMap<Vec<u8>, u32>,
    objects: Vec<Object>,
    of_groups: HashMap<Vec<u8>, Vec<Right>>,
    of_authors: HashMap<Vec<u8>, Vec<Right>>,
}

/// What people have on the portal's objects, in one state of the workspace.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) asked: u32,
    tree: Option<Tree>,
}

impl Objects {
    /// What the tree is read from.
    pub(super) const TABLES: &[&str] = &["portal_object", "group_object"];

    /// The tree, once so much was asked that it is worth reading.
    fn tree(&mut self, c: &Connection) -> Result<Option<&Tree>> {
        self.asked = self.asked.saturating_add(1);
        if self.tree.is_none() && self.asked > MANY {
            self.tree = Some(Tree::load(c)?);
        }
        Ok(self.tree.as_ref())
    }

    /// As [`super::links::levels`]; `None` while few have been asked about.
    pub(super) fn levels(&mut self, c: &Connection, id: &[u8]) -> Result<Option<Vec<(String, &'static str)>>> {
        let Some(tree) = self.tree(c)? else { return Ok(None) };
        let rank = |level: &str| LEVELS.iter().position(|one| *one == level);
        let mut found: Vec<(String, &'static str)> = Vec::new();
        for (object, rank) in tree.granted(&tree.rights(c, id)?, rank) {
            let object = &tree.objects[object as usize];
            if object.present {
                found.push((object.key.clone(), LEVELS[rank]));
            }
        }
        found.sort_unstable();
        Ok(Some(found))
    }

    /// Those on which the person has one of the levels and that lie in an app on which she has one, or are one; `None`
    /// while few have been asked about.
    pub(super) fn in_apps(&mut self, c: &Connection, id: &[u8], any_of: AnyOf) -> Result<Option<Vec<String>>> {
        let Some(tree) = self.tree(c)? else { return Ok(None) };
        let granted = tree.granted(&tree.rights(c, id)?, |level| any_of.contains(&level).then_some(0));
        let above = |object: u32| {
            let here = &tree.objects[object as usize];
            (
                here.is_app && here.present && granted.contains_key(&object),
                here.parent,
            )
        };
        let (mut known, mut keys) = (HashMap::new(), Vec::new());
        for number in granted.keys() {
            let object = &tree.objects[*number as usize];
            if object.present && lies_in(*number, &mut known, above) {
                keys.push(object.key.clone());
            }
        }
        keys.sort_unstable();
        Ok(Some(keys))
    }
}

#[cfg(test)]
pub(super) fn load(c: &Connection) -> Result<()> {
    Tree::load(c).map(drop)
}

impl Tree {
    fn load(c: &Connection) -> Result<Self> {
        let mut tree = Self::default();
        let mut parents: Vec<(Option<Vec<u8>>, bool)> = Vec::new();
        let sql = format!(
            "SELECT x.id, x.parent_id, x.inherits = 1, {KEY}, x.present = 1, x.kind = 'app', x.author_id, x.author_level
             FROM portal_object x"
        );
        let mut statement = c.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let number = u32::try_from(tree.objects.len()).unwrap_or(u32::MAX);
            tree.numbers.insert(row.get(0)?, number);
            parents.push((row.get(1)?, row.get(2)?));
            tree.objects.push(Object {
                key: row.get(3)?,
                parent: None,
                present: row.get(4)?,
                is_app: row.get(5)?,
                handed: Vec::new(),
            });
            if let Some(author) = row.get::<_, Option<Vec<u8>>>(6)? {
                tree.of_authors.entry(author).or_default().push((number, row.get(7)?));
            }
        }
        for (number, (parent, inherits)) in (0_u32..).zip(parents) {
            let parent = parent.and_then(|id| tree.numbers.get(&id).copied());
            tree.objects[number as usize].parent = parent;
            if let Some(parent) = parent.filter(|_| inherits) {
                tree.objects[parent as usize].handed.push(number);
            }
        }
        let mut statement = c.prepare_cached("SELECT group_id, object_id, level FROM group_object")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(number) = tree.numbers.get(&row.get::<_, Vec<u8>>(1)?) {
                tree.of_groups
                    .entry(row.get(0)?)
                    .or_default()
                    .push((*number, row.get(2)?));
            }
        }
        Ok(tree)
    }

    /// What is granted to a person: of her own, through groups, as the author.
    fn rights(&self, c: &Connection, id: &[u8]) -> Result<Vec<Right>> {
        let mut rights: Vec<Right> = self.of_authors.get(id).cloned().unwrap_or_default();
        let mut own = c.prepare_cached("SELECT object_id, level FROM user_object WHERE user_id = ?1")?;
        let mut rows = own.query([id])?;
        while let Some(row) = rows.next()? {
            if let Some(number) = self.numbers.get(row.get_ref(0)?.as_blob().unwrap_or_default()) {
                rights.push((*number, row.get(1)?));
            }
        }
        let mut groups = c.prepare_cached("SELECT DISTINCT group_id FROM user_group WHERE user_id = ?1")?;
        let mut rows = groups.query([id])?;
        while let Some(row) = rows.next()? {
            let of_group = self.of_groups.get(row.get_ref(0)?.as_blob().unwrap_or_default());
            rights.extend(of_group.into_iter().flatten().cloned());
        }
        Ok(rights)
    }

    /// Downwards from what is granted, as long as rights are handed down, with the highest rank on each; levels without
    /// a rank do not count.
    fn granted(&self, rights: &[Right], rank: impl Fn(&str) -> Option<usize>) -> HashMap<u32, usize> {
        let mut highest: HashMap<u32, usize> = HashMap::new();
        let ranked = rights
            .iter()
            .filter_map(|(object, level)| Some((*object, rank(level)?)));
        let mut open: Vec<(u32, usize)> = ranked.collect();
        while let Some((object, rank)) = open.pop() {
            if highest.get(&object).is_some_and(|known| *known >= rank) {
                continue;
            }
            highest.insert(object, rank);
            open.extend(self.objects[object as usize].handed.iter().map(|child| (*child, rank)));
        }
        highest
    }
}
