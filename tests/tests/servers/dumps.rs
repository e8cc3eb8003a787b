//! The scripts that make dumps: what they leave out, and what survives them.

use std::fs;

use portico_core::snapshot::Batch;
use portico_desks::reader::{Bodies, ReadOptions};
use portico_desks::registry;

use crate::desk::{self, Flavour};
use crate::server::Server;

/// Dumps a desk, and reads what came.
pub(crate) fn can_be_read(server: &Server, database: &str, flavour: Flavour) {
    let folder = tempfile::tempdir().unwrap();
    let tables = desk::dump(server, database, folder.path());
    let files = fs::read_dir(&tables).unwrap();
    let whole: String = files
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert!(!whole.contains("kept-hash"), "a password has left the server");
    let options = ReadOptions {
        path: tables,
        bodies: Bodies::Full,
        ..ReadOptions::default()
    };
    let mut reader = registry::reader("otobo", options).unwrap();
    let (mut people, mut texts, mut settings) = (Vec::new(), Vec::new(), Vec::new());
    let taken = reader.read(&mut |batch| {
        match batch {
            Batch::ExternalUsers(all) => people.extend(all),
            Batch::Activities(all) => texts.extend(all.into_iter().map(|a| (a.subject, a.body.unwrap_or_default()))),
            Batch::Settings(all) => settings.extend(all.into_iter().map(|s| (s.name, s.value))),
            _ => {}
        }
        Ok(())
    });
    taken.unwrap();
    let passwords: Vec<_> = people
        .iter()
        .take(2)
        .map(|p| (p.login.as_str(), p.has_password))
        .collect();
    assert_eq!(passwords, [("anna", Some(true)), ("ben", Some(false))]);
    let anna = &people[0];
    assert_eq!(
        (anna.description.as_str(), anna.country.as_str()),
        ("one\ntwo\tthree", "Łódź")
    );
    let odd = ("tab\tand \\ line".to_owned(), "one\ntwo \"quoted\", and 😀".to_owned());
    assert!(texts.contains(&odd), "{texts:?}");
    assert!(settings.contains(&("Portico::Flavour".to_owned(), format!("\"{}\"", flavour.name()))));
    assert!(settings.contains(&("CustomerGroupSupport".to_owned(), "true".to_owned())));
}
