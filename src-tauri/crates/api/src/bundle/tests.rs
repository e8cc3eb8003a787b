#![allow(clippy::unwrap_used, reason = "a test may panic")]
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use portico_core::actor::Actor;
use portico_core::form::field::{Entity, Kind};
use portico_core::form::registry::DESKS;
use serde_json::Value as Json;

use super::records::fields;
use super::{Bundle, Tables, schema, write_bundle};
use crate::error::{ApiError, Code};
use crate::exposure::Work;
use crate::records::count_records;
use crate::session::Session;
use crate::types::users::UserQuery;

fn sample(desk: &str) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::create_sample_of(desk, folder.path(), Actor::named("tester")).unwrap();
    (folder, session)
}

fn bundle(session: &Session, to: &Path) -> Result<Bundle, ApiError> {
    let mut work = Work {
        job: "bundle",
        tell: &mut |_| {},
        cancelled: &Arc::new(AtomicBool::new(false)),
    };
    write_bundle(session, to, Tables::Csv, &mut work)
}

fn read(to: &Path) -> Json {
    serde_json::from_str(&std::fs::read_to_string(to.join("bundle.json")).unwrap()).unwrap()
}

/// What of a value is not as a schema says, for the keywords that ours has; a keyword that is not known here is a fault.
fn faults(root: &Json, schema: &Json, value: &Json, at: &str, found: &mut Vec<String>) {
    for (keyword, wanted) in schema.as_object().unwrap() {
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "examples" | "format" => true,
            "$ref" => {
                let place = wanted.as_str().unwrap().trim_start_matches('#');
                faults(root, root.pointer(place).unwrap(), value, at, found);
                true
            }
            "type" => {
                let types = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
                types.iter().any(|name| match name.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    other => panic!("{other}"),
                })
            }
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minLength" => value.as_str().is_some_and(|text| !text.is_empty()),
            "required" => {
                let names = wanted.as_array().unwrap();
                names.iter().all(|name| value.get(name.as_str().unwrap()).is_some())
            }
            "properties" => {
                for (name, member) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = wanted.get(name) {
                        faults(root, schema, member, &format!("{at}/{name}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let mut names = value.as_object().unwrap().keys();
                *wanted == Json::Bool(false) && names.all(|name| schema["properties"].get(name).is_some())
            }
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults(root, wanted, item, &format!("{at}/{n}"), found);
                }
                true
            }
            other => panic!("{other} is not looked at"),
        };
        if !holds {
            found.push(format!("{at}: {keyword}"));
        }
    }
}

/// Every link names a record of the bundle.
fn dangling(bundle: &Json) -> Vec<String> {
    let records = bundle["records"].as_object().unwrap();
    let keys: BTreeMap<&str, BTreeSet<&str>> = records
        .iter()
        .map(|(kind, list)| {
            let list = list.as_array().unwrap();
            let keys: BTreeSet<&str> = list.iter().map(|record| record["key"].as_str().unwrap()).collect();
            assert_eq!(keys.len(), list.len(), "{kind}: two have the same key");
            (kind.as_str(), keys)
        })
        .collect();
    let mut found = Vec::new();
    for (kind, list) in records {
        for field in Entity::from_name(kind).unwrap().fields() {
            let Some(to) = field.kind.refers_to() else { continue };
            for record in list.as_array().unwrap() {
                let value = &record["fields"][field.name];
                let links = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
                for link in links.iter().filter(|link| !link.is_null()) {
                    let key = link.as_str().or_else(|| link["record"].as_str()).unwrap();
                    if !keys[to.name()].contains(key) {
                        found.push(format!("{kind} {} {key}", field.name));
                    }
                }
            }
        }
    }
    found
}

#[test]
fn a_bundle_of_each_sample_fits_its_schema_and_has_all_records() {
    for desk in DESKS {
        let (folder, session) = sample(desk);
        let to = folder.path().join("out");
        let told = bundle(&session, &to).unwrap();
        let written = read(&to);
        let schema_: Json =
            serde_json::from_str(&std::fs::read_to_string(to.join("bundle.schema.json")).unwrap()).unwrap();
        assert_eq!(schema_, schema());
        let mut found = Vec::new();
        faults(&schema_, &schema_, &written, "", &mut found);
        assert!(found.is_empty(), "{desk}: {found:?}");
        assert_eq!(dangling(&written), [""; 0], "{desk}");
        let records = &written["records"];
        for count in count_records(&session).unwrap() {
            let list = records[&count.entity].as_array().unwrap();
            assert_eq!(list.len(), count.total as usize, "{desk} {}", count.entity);
        }
        let people = records["external_user"].as_array().unwrap();
        let present = people.iter().filter(|one| one["present"] == true).count();
        let listed = crate::users::list_users(&session, &UserQuery::default(), 0, 0).unwrap();
        assert!(present > 3);
        assert_eq!(present, listed.total as usize, "{desk}");
        for count in &told.records {
            let list = records[&count.entity].as_array().unwrap();
            assert_eq!(list.len(), count.total as usize, "{desk} {}", count.entity);
            let table = to.join(format!("{}.csv", count.entity));
            let rows = csv::Reader::from_path(table).unwrap().into_records().count();
            assert_eq!(rows, list.len(), "{desk} {}", count.entity);
        }
        let mut files: Vec<String> = std::fs::read_dir(&to)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        let mut named = told.files.clone();
        files.sort();
        named.sort();
        assert_eq!(files, named, "{desk}");
    }
}

#[test]
fn the_schema_refuses_what_is_not_of_the_form() {
    let (folder, session) = sample("otobo");
    let to = folder.path().join("out");
    bundle(&session, &to).unwrap();
    let person = "/records/external_user/0/fields";
    let broken: [(&str, Json); 3] = [
        ("status", "asleep".into()),
        ("external", "yes".into()),
        ("shoe", 44.into()),
    ];
    for (name, value) in broken {
        let mut other = read(&to);
        let fields = other.pointer_mut(person).unwrap().as_object_mut().unwrap();
        fields.insert(name.to_owned(), value);
        let mut found = Vec::new();
        faults(&schema(), &schema(), &other, "", &mut found);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
    }
}

#[test]
fn no_bundle_says_anything_of_passwords() {
    for entity in Entity::ALL {
        assert!(fields(entity).all(|field| field.kind != Kind::Password && !field.name.contains("password")));
    }
    assert!(!schema().to_string().contains("password"));
}

#[test]
fn a_folder_that_is_there_is_refused_and_left_as_it_is() {
    let (folder, session) = sample("zoho");
    let to = folder.path().join("out");
    std::fs::create_dir(&to).unwrap();
    std::fs::write(to.join("mine.txt"), "mine").unwrap();
    assert_eq!(bundle(&session, &to).unwrap_err().code, Code::Conflict);
    assert_eq!(std::fs::read_dir(&to).unwrap().count(), 1);
}

#[test]
fn a_bundle_that_breaks_off_leaves_nothing() {
    let (folder, session) = sample("daktela");
    let out = folder.path().join("place");
    std::fs::create_dir(&out).unwrap();
    let cancelled = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&cancelled);
    let mut begun = 0;
    let mut tell = |progress: crate::types::transfer::Progress| {
        begun = std::fs::read_dir(folder.path().join("place")).unwrap().count();
        stop.store(progress.kind == "account", Ordering::Relaxed);
    };
    let mut work = Work {
        job: "bundle",
        tell: &mut tell,
        cancelled: &cancelled,
    };
    let failed = write_bundle(&session, &out.join("out"), Tables::Csv, &mut work).unwrap_err();
    assert_eq!(failed.code, Code::Cancelled);
    assert_eq!(begun, 1, "it was being written");
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0);
}

/// What others read is the schema that the program writes.
#[test]
fn the_documented_schema_is_that_of_the_fields() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/bundle.schema.json");
    let fresh = super::schema::text().unwrap();
    if std::env::var_os("PORTICO_WRITE_DOCS").is_some() {
        return std::fs::write(file, fresh).unwrap();
    }
    let committed = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        committed == fresh,
        "docs/bundle.schema.json is stale: PORTICO_WRITE_DOCS=1"
    );
}
