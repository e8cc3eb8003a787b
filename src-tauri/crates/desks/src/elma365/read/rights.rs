//! Members of groups, and rights on objects.

use portico_core::model::{GroupObject, UserGroup, UserObject};
use portico_core::snapshot::Batch;

use super::directory::Directory;
use super::objects::Objects;
use super::people::People;
use super::said;
use super::{MEMBERS, NO_LINE, RIGHTS, values};
use crate::error::DeskError;
use crate::report::Report;
use crate::source::out::Out;
use crate::source::record::Item;
use crate::source::taken::Taken;
use crate::source::tally::Tally;

const USER: [&str; 3] = ["user", "userid", "externaluser"];
const GROUP: [&str; 2] = ["group", "groupid"];
const ELEMENT: [&str; 3] = ["orgelement", "orgstruct", "position"];

/// What rights speak of.
pub(super) struct Known<'a> {
    pub(super) people: &'a People,
    pub(super) directory: &'a Directory,
    pub(super) objects: &'a Objects,
}

/// What is known of members and rights.
#[derive(Default)]
pub(super) struct Rights {
    /// Whether there was a list of members.
    pub(super) members_told: bool,
    /// Whether there was a list of rights.
    pub(super) told: bool,
    taken_of_members: Taken,
    taken: Taken,
    strange_groups: Tally,
    strange_objects: Tally,
    /// Rights of people and posts inside.
    inside: u64,
}

impl Rights {
    /// Takes a member of a group. Who is no external user is left out.
    pub(super) fn member(
        &mut self,
        people: &People,
        directory: &Directory,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let user = self.taken_of_members.needed("User", &USER, item, report);
        let group = self.taken_of_members.needed("Group", &GROUP, item, report);
        let (Some(user), Some(group)) = (user, group) else {
            return Ok(());
        };
        let (user, group) = (given(item, user, report), given(item, group, report));
        let (Some(user), Some(group)) = (user, group) else {
            return Ok(());
        };
        if !people.told {
            item.problem("user", said::no_people(), report);
        }
        if !directory.knows(&group) {
            self.strange_groups.add(&group, NO_LINE);
        }
        let Some(user) = people.key(&user) else {
            return Ok(());
        };
        let member = UserGroup {
            user: user.to_owned(),
            group,
            permission: "member".to_owned(),
        };
        out.put(Batch::UserGroups(vec![member]), report)
    }

    /// Takes a right of a person or a group on an object.
    pub(super) fn right(
        &mut self,
        known: &Known<'_>,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let object = self.taken.needed("Object", &["object", "objectid"], item, report);
        let level = self
            .taken
            .needed("Level", &["level", "right", "permission"], item, report);
        let (Some(object), Some(member)) = (object, level) else {
            return Ok(());
        };
        let object = given(item, object, report);
        let level = values::level(item, member, report);
        if level.is_none() && values::words(item, member).is_empty() {
            item.problem(member, said::no_level(), report);
        }
        let (Some(object), Some(level)) = (object, level) else {
            return Ok(());
        };
        if known.objects.told && !known.objects.has(&object) {
            self.strange_objects.add(&object, NO_LINE);
        }
        match self.whose(item, report) {
            Some(Whose::User(user)) => {
                if !known.people.told {
                    item.problem("user", said::no_people(), report);
                }
                let Some(user) = known.people.key(&user) else {
                    self.inside += 1;
                    return Ok(());
                };
                let right = UserObject {
                    user: user.to_owned(),
                    object,
                    level: level.to_owned(),
                };
                out.put(Batch::UserObjects(vec![right]), report)
            }
            Some(Whose::Group(group)) => {
                if !known.directory.knows(&group) {
                    self.strange_groups.add(&group, NO_LINE);
                }
                let right = GroupObject {
                    group,
                    object,
                    level: level.to_owned(),
                };
                out.put(Batch::GroupObjects(vec![right]), report)
            }
            Some(Whose::Element) => {
                self.inside += 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Whose right it is; one of several, or of nobody, is a problem.
    fn whose(&mut self, item: &Item<'_>, report: &mut Report) -> Option<Whose> {
        let mut of = |label, names: &[&str], report: &mut Report| {
            let member = self.taken.member(label, names, item)?;
            Some(values::reference(item, member, report)).filter(|key| !key.is_empty())
        };
        let user = of("User", &USER, report);
        let group = of("Group", &GROUP, report);
        let element = of("Element of the org chart", &ELEMENT, report);
        match (user, group, element) {
            (Some(user), None, None) => Some(Whose::User(user)),
            (None, Some(group), None) => Some(Whose::Group(group)),
            (None, None, Some(_)) => Some(Whose::Element),
            _ => {
                let message = said::no_holder();
                item.problem("user", message, report);
                None
            }
        }
    }

    /// All of them are there.
    pub(super) fn end(&mut self, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        if self.members_told {
            out.put(Batch::UserGroups(Vec::new()), report)?;
            self.taken_of_members.finish(MEMBERS, "one group", report);
        }
        if self.told {
            out.put(Batch::UserObjects(Vec::new()), report)?;
            out.put(Batch::GroupObjects(Vec::new()), report)?;
            self.taken.finish(RIGHTS, "one object", report);
        }
        std::mem::take(&mut self.strange_groups).finish(RIGHTS, "group", report, &|group, n| said::no_group(n, group));
        std::mem::take(&mut self.strange_objects)
            .finish(RIGHTS, "object", report, &|object, n| said::no_object(n, object));
        if self.inside > 0 {
            let message = said::inside(self.inside);
            report.finding(RIGHTS, NO_LINE, "user", message);
        }
        Ok(())
    }
}

/// Whose right it is.
enum Whose {
    User(String),
    Group(String),
    /// Nobody from outside stands in an org chart.
    Element,
}

/// A reference that must be there.
fn given(item: &Item<'_>, member: &str, report: &mut Report) -> Option<String> {
    let before = report.count();
    let key = values::reference(item, member, report);
    if key.is_empty() && report.count() == before {
        item.problem(member, said::empty(), report);
    }
    Some(key).filter(|key| !key.is_empty())
}
