//! The portal's objects: a tree along which rights are handed down.

use std::collections::{HashMap, HashSet};

use portico_core::model::{PORTAL_OBJECT_KINDS, PortalObject};
use portico_core::snapshot::Batch;

use super::people::People;
use super::said;
use super::{NO_LINE, OBJECTS, values};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::once::Once;
use crate::source::out::Out;
use crate::source::record::Item;
use crate::source::taken::{Taken, plain};
use crate::source::tally::Tally;

/// Where a record of an object stands, and what it lies in.
struct Place {
    file: String,
    line: u64,
    parent: String,
}

/// What is known of all objects.
#[derive(Default)]
pub(super) struct Objects {
    /// Whether there was a list of them.
    pub(super) told: bool,
    places: HashMap<String, Place>,
    by_path: HashMap<String, String>,
    once: Once,
    taken: Taken,
}

impl Objects {
    /// Takes an object. No call of the interface lists them: members are found by the words of the help pages.
    pub(super) fn take(
        &mut self,
        people: &People,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let (Some(key), Some(path)) = (item.key("__id", report), item.key("path", report)) else {
            return Ok(());
        };
        self.once.check("object", "__id", &key, item, report);
        self.once.check("object of this path", "path", &path, item, report);
        let parent = self.taken.needed("Parent", &["parent"], item, report);
        let parent = parent.map(|member| values::reference(item, member, report));
        let parent = parent.unwrap_or_default();
        let mut object = PortalObject {
            key: key.clone(),
            name: name(item, &path, report),
            kind: self.kind(item, report),
            inherits: self.inherits(&parent, item, report),
            parent: parent.clone(),
            path: path.clone(),
            ..PortalObject::default()
        };
        self.author(&mut object, people, item, report);
        let place = Place {
            file: item.file.to_owned(),
            line: item.line,
            parent,
        };
        self.by_path.insert(path, key.clone());
        self.places.insert(key, place);
        out.put(Batch::PortalObjects(vec![object]), report)
    }

    fn kind(&mut self, item: &Item<'_>, report: &mut Report) -> String {
        let Some(member) = self.taken.needed("Kind", &["kind", "type"], item, report) else {
            return String::new();
        };
        let kind = plain(&item.text(member, report));
        if !PORTAL_OBJECT_KINDS.contains(&kind.as_str()) {
            let message = said::choice(&kind, PORTAL_OBJECT_KINDS.join(", "));
            item.problem(member, message, report);
        }
        kind
    }

    /// A root has nothing that it could inherit.
    fn inherits(&mut self, parent: &str, item: &Item<'_>, report: &mut Report) -> bool {
        const NAMES: [&str; 3] = ["inherits", "inherit", "inheritaccess"];
        const LABEL: &str = "Inherit the access settings of the parent";
        let member = if parent.is_empty() {
            self.taken.member(LABEL, &NAMES, item)
        } else {
            self.taken.needed(LABEL, &NAMES, item, report)
        };
        member.and_then(|member| item.flag(member, report)).unwrap_or(true)
    }

    /// The author counts where she is an external user; others see the desk itself.
    fn author(&mut self, object: &mut PortalObject, people: &People, item: &Item<'_>, report: &mut Report) {
        let author = self.taken.member("Author", &["author", "createdby"], item);
        let author = author.map(|member| values::reference(item, member, report));
        let level = self
            .taken
            .member("Right of the Author", &["authorlevel", "authorright"], item);
        let level = level.and_then(|member| values::level(item, member, report));
        let author = author.as_deref().filter(|author| !author.is_empty());
        if author.is_some() && level.is_some() && !people.told {
            item.problem("author", said::no_people(), report);
        }
        if let Some(key) = author.and_then(|author| people.key(author)) {
            key.clone_into(&mut object.author);
            level.unwrap_or_default().clone_into(&mut object.author_level);
        }
    }

    /// All objects are there.
    pub(super) fn end(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        if !self.told {
            return Ok(());
        }
        out.put(Batch::PortalObjects(Vec::new()), report)?;
        let mut strays = Tally::default();
        for place in self.places.values() {
            if !place.parent.is_empty() && !self.places.contains_key(&place.parent) {
                strays.add(&place.parent, NO_LINE);
            }
        }
        strays.finish(OBJECTS, "parent", report, &|parent, n| said::stray_objects(n, parent));
        self.circles(report);
        self.taken.finish(OBJECTS, "one object", report);
        Ok(())
    }

    /// An object that lies in itself has no place in a tree.
    fn circles(&self, report: &mut Report) {
        let mut clear: HashSet<&str> = HashSet::new();
        for start in self.places.keys() {
            let (mut way, mut key) = (HashSet::new(), start.as_str());
            while let Some(place) = self.places.get(key).filter(|_| !clear.contains(key)) {
                if !way.insert(key) {
                    let message = said::circle(key);
                    report.problem(&place.file, place.line, "parent", message);
                    break;
                }
                key = &place.parent;
            }
            clear.extend(way);
        }
    }

    /// Whether there is a record of the object.
    pub(super) fn has(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }

    /// The key of the object with this path.
    pub(super) fn at(&self, path: &str) -> Option<&str> {
        self.by_path.get(path).map(String::as_str)
    }
}

fn name(item: &Item<'_>, path: &str, report: &mut Report) -> String {
    let said = item.text("__name", report);
    if said.is_empty() {
        path.rsplit('/').next().unwrap_or(path).to_owned()
    } else {
        said
    }
}
