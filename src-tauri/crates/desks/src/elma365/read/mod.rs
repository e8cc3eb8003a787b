//! ELMA365's lists: what its interface gives (`app/_system_catalogs/_user_profiles/list`, `user/list`, the items of apps),
//! and lists of what no call gives: groups and their members, objects of the portal and the rights on them.

mod directory;
mod items;
mod objects;
mod people;
mod rights;
pub(super) mod said;
mod values;

pub(crate) use self::said::SENTENCES;

use portico_core::model::DeskSetting;
use serde_json::Value;

use self::directory::Directory;
use self::items::Items;
use self::objects::Objects;
use self::people::People;
use self::rights::Rights;
use crate::error::DeskError;
use crate::reader::Bodies;
use crate::report::Report;
use crate::source::json::Shape;
use crate::source::out::Out;
use crate::source::pages::Lists;
use crate::source::record::{Item, is_nothing};
use crate::source::taken::plain;
use crate::source::totals::Totals;

const PEOPLE: &str = "externalUsers";
const GROUPS: &str = "groups";
const MEMBERS: &str = "members";
const OBJECTS: &str = "objects";
const RIGHTS: &str = "rights";

/// The line of what is said of a whole list: it may have many pages.
const NO_LINE: u64 = 0;

/// A list. An app's path is that of its section and its own, as in the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
enum List {
    Companies,
    Groups,
    People,
    Users,
    Objects,
    Members,
    Rights,
    Items(String),
}

/// Names of files and members, and the list that each means; only letters and digits count.
const NAMES: [(&str, List); 9] = [
    ("companies", List::Companies),
    ("groups", List::Groups),
    ("externalusers", List::People),
    ("userprofiles", List::People),
    ("users", List::Users),
    ("objects", List::Objects),
    ("portalobjects", List::Objects),
    ("members", List::Members),
    ("rights", List::Rights),
];

/// The lists in the order in which they are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    People,
    Directory,
    Objects,
    Rights,
    Items,
}

impl Stage {
    const ALL: [Self; 5] = [Self::People, Self::Directory, Self::Objects, Self::Rights, Self::Items];
}

impl List {
    fn stage(&self) -> Stage {
        match self {
            Self::People => Stage::People,
            Self::Companies | Self::Groups | Self::Users => Stage::Directory,
            Self::Objects => Stage::Objects,
            Self::Members | Self::Rights => Stage::Rights,
            Self::Items(_) => Stage::Items,
        }
    }

    /// Its name in what is said of it.
    fn name(&self) -> &str {
        match self {
            Self::Companies => "companies",
            Self::Groups => GROUPS,
            Self::People => PEOPLE,
            Self::Users => "users",
            Self::Objects => OBJECTS,
            Self::Members => MEMBERS,
            Self::Rights => RIGHTS,
            Self::Items(app) => app,
        }
    }
}

/// Which list a path or the name of a member is.
fn place(path: &str) -> Option<List> {
    let parts: Vec<&str> = path.split('/').collect();
    let name = word(parts.last()?);
    if let [.., app, section, code, _] = parts.as_slice()
        && app.eq_ignore_ascii_case("app")
        && name == "list"
    {
        return Some(match (*section, *code) {
            ("_system_catalogs", "_user_profiles") => List::People,
            ("_clients", "_companies") => List::Companies,
            _ => List::Items(format!("{section}/{code}")),
        });
    }
    if let [.., user, _] = parts.as_slice()
        && user.eq_ignore_ascii_case("user")
        && name == "list"
    {
        return Some(List::Users);
    }
    NAMES
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, list)| list)
}

/// The name of a file without the number of the page.
fn word(name: &str) -> String {
    let name = plain(name);
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    name.strip_suffix("page").unwrap_or(name).to_owned()
}

/// What is known of the desk while its lists are taken.
#[derive(Default)]
pub(crate) struct Desk {
    people: People,
    directory: Directory,
    objects: Objects,
    rights: Rights,
    items: Items,
    totals: Totals,
}

impl Lists for Desk {
    const DESK: &'static str = super::ID;
    const STAGES: usize = Stage::ALL.len();
    const SHAPE: Shape = Shape {
        wraps: &["result", "data"],
        is_list: |name| place(name).is_some(),
        says: &["error", "success", "total"],
    };

    fn stage(list: &str) -> Option<usize> {
        place(list).map(|list| list.stage() as usize)
    }

    fn begin(&mut self, _: &[&str], _: Bodies) {}

    fn found(&mut self, list: &str) {
        match place(list) {
            Some(List::People) => self.people.told = true,
            Some(List::Companies) => self.directory.companies_told = true,
            Some(List::Groups) => self.directory.groups_told = true,
            Some(List::Users) => self.directory.users_told = true,
            Some(List::Objects) => self.objects.told = true,
            Some(List::Members) => self.rights.members_told = true,
            Some(List::Rights) => self.rights.told = true,
            Some(List::Items(_)) => self.items.told = true,
            None => {}
        }
    }

    fn record(
        &mut self,
        list: &str,
        item: &Item<'_>,
        out: &mut Out<'_, '_>,
        report: &mut Report,
    ) -> Result<(), DeskError> {
        let Some(list) = place(list) else {
            return Ok(());
        };
        self.totals.came(list.name());
        match list {
            List::People => self.people.take(item, out, report),
            List::Companies => self.directory.company(item, out, report),
            List::Groups => self.directory.group(item, out, report),
            List::Users => self.directory.user(&self.people, item, out, report),
            List::Objects => self.objects.take(&self.people, item, out, report),
            List::Members => self.rights.member(&self.people, &self.directory, item, out, report),
            List::Rights => {
                let known = rights::Known {
                    people: &self.people,
                    directory: &self.directory,
                    objects: &self.objects,
                };
                self.rights.right(&known, item, out, report)
            }
            List::Items(app) => self.items.take(&app, &self.people, &self.objects, item, out, report),
        }
    }

    fn said(&mut self, file: &str, name: &str, value: &Value, report: &mut Report) {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let refused = match name {
            "total" => {
                if let (Some(list), Some(total)) = (place(stem), value.as_u64()) {
                    self.totals.said(list.name(), total);
                }
                false
            }
            "success" => value.as_bool() == Some(false),
            _ => !is_nothing(value),
        };
        if refused {
            report.problem(file, 1, name, said::answer(value.to_string()));
        }
    }

    fn end(&mut self, stage: usize, out: &mut Out<'_, '_>, report: &mut Report) -> Result<(), DeskError> {
        match Stage::ALL.get(stage) {
            Some(Stage::People) => self.people.end(out, report),
            Some(Stage::Directory) => self.directory.end(out, report),
            Some(Stage::Objects) => self.objects.end(out, report),
            Some(Stage::Rights) => self.rights.end(out, report),
            Some(Stage::Items) => {
                self.items.end(&self.objects, out, report)?;
                self.totals.end("from, size", report);
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn settings(&self) -> Vec<DeskSetting> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{List, place};

    #[test]
    fn paths_of_the_interface_and_plain_names_are_known() {
        for (path, list) in [
            ("app/_system_catalogs/_user_profiles/list", List::People),
            ("export/app/_clients/_companies/list-2", List::Companies),
            ("app/service/requests/list", List::Items("service/requests".to_owned())),
            ("user/list_3", List::Users),
            ("external-users.page-2", List::People),
            ("Groups", List::Groups),
        ] {
            assert_eq!(place(path), Some(list), "{path}");
        }
        assert_eq!(place("readme"), None);
        assert_eq!(place("app/service/list"), None);
    }
}
