//! A world that is written as a dump and read again is the same world.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;

use portico_core::model::{DeskSetting, Group, SettingOrigin, Validity};
use portico_core::snapshot::{Batch, Sink, Source};
use portico_desks::reader::{Bodies, Database, ReadOptions};
use portico_desks::registry;
use portico_sample::World;

/// All records of a source as text, by kind, sorted: batches may be cut and ordered differently.
fn records<S: Source>(source: &mut S) -> BTreeMap<&'static str, Vec<String>>
where
    S::Error: Debug,
{
    let mut all: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    source
        .read(&mut |batch| {
            let kind = batch.kind();
            all.entry(kind).or_default().extend(lines(batch));
            Ok(())
        })
        .unwrap();
    for lines in all.values_mut() {
        lines.sort();
    }
    all.retain(|_, lines| !lines.is_empty());
    all
}

fn lines(batch: Batch) -> Vec<String> {
    fn text<T: Debug>(all: &[T]) -> Vec<String> {
        all.iter().map(|one| format!("{one:?}")).collect()
    }
    match batch {
        // Where a value comes from is the reader's to say; which flavour it is, only the reader knows.
        Batch::Settings(v) => v
            .iter()
            .filter(|s| s.name != "Portico::Flavour")
            .map(|s| format!("{} {}", s.name, s.value))
            .collect(),
        Batch::Groups(v) => text(&v),
        Batch::Queues(v) => text(&v),
        Batch::TicketTypes(v) | Batch::TicketPriorities(v) | Batch::Services(v) => text(&v),
        Batch::TicketStates(v) => text(&v),
        Batch::Accounts(v) => text(&v),
        Batch::Contacts(v) => text(&v),
        Batch::ExternalUsers(v) => text(&v),
        Batch::UserAccounts(v) => text(&v),
        Batch::UserContacts(v) => text(&v),
        Batch::UserGroups(v) => text(&v),
        Batch::AccountGroups(v) => text(&v),
        Batch::UserServices(v) => text(&v),
        Batch::Tickets(v) => text(&v),
        // A dump has a text for every article, empty where the world has none.
        Batch::Activities(mut v) => {
            for activity in &mut v {
                activity.body.get_or_insert_default();
            }
            text(&v)
        }
        other => panic!("this desk has no {}", other.kind()),
    }
}

struct Dyn(Box<dyn portico_desks::reader::Reader>);

impl Source for Dyn {
    type Error = portico_desks::error::DeskError;

    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Self::Error> {
        self.0.read(sink)
    }
}

fn read_back(path: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let options = ReadOptions {
        path: path.to_owned(),
        database: Some(Database::PostgreSql),
        bodies: Bodies::Full,
        ..ReadOptions::default()
    };
    records(&mut Dyn(registry::reader("otobo", options).unwrap()))
}

fn assert_same(mut left: BTreeMap<&'static str, Vec<String>>, right: &BTreeMap<&'static str, Vec<String>>) {
    left.entry("settings").or_default();
    for (kind, lines) in &left {
        let other = right.get(kind).map_or(&[][..], Vec::as_slice);
        for (a, b) in lines.iter().zip(other) {
            assert_eq!(a, b, "{kind}");
        }
        assert_eq!(lines.len(), other.len(), "{kind}");
    }
    assert_eq!(left.len(), right.len());
}

#[test]
fn a_generated_world_comes_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let world = || World::sized(300, 2_500, 7).source().unwrap();
    registry::write_dump("otobo", &mut world(), folder.path()).unwrap();
    let (before, after) = (records(&mut world()), read_back(folder.path()));
    assert!(before["tickets"].len() == 2_500 && !before["activities"].is_empty());
    assert_same(before, &after);
}

#[test]
fn the_built_in_sample_comes_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    registry::write_dump("otobo", &mut portico_sample::built_in(), folder.path()).unwrap();
    assert_same(records(&mut portico_sample::built_in()), &read_back(folder.path()));
}

/// A world of one group with a name that CSV must quote, in Znuny.
struct Odd;

impl Source for Odd {
    type Error = std::convert::Infallible;

    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), Self::Error> {
        let setting = DeskSetting {
            name: "Portico::Flavour".into(),
            value: "\"znuny\"".into(),
            origin: SettingOrigin::Desk,
        };
        let group = Group {
            key: "7".into(),
            name: "a,\"b\"\r\nc\t😀\\".into(),
            description: String::new(),
            validity: Validity::InvalidTemporarily,
        };
        for batch in [Batch::Settings(vec![setting]), Batch::Groups(vec![group])] {
            if sink(batch).is_err() {
                break;
            }
        }
        Ok(())
    }
}

#[test]
fn odd_names_and_znuny_come_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    registry::write_dump("otobo", &mut Odd, folder.path()).unwrap();
    assert!(folder.path().join("permission_groups.csv").exists());
    let after = read_back(folder.path());
    assert_eq!(after["groups"], records(&mut Odd)["groups"]);
}
