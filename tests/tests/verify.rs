//! An export against what the desk has afterwards: all of it applied, one operation left out, one changed by somebody.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::error::{ApiError, Code};
use portico_api::session::Session;
use portico_api::types::ledger::{LedgerOperation, Outcome, OutcomeReason, VerifyInput, VerifyReport};
use portico_api::types::passphrase::Secret;
use portico_api::types::transfer::{ExportReport, ImportInput, InitialPasswords};
use portico_api::types::users::{GroupRight, SaveUser, UserForm, UserQuery};
use portico_api::{desk, users};
use portico_core::actor::Actor;
use portico_core::model::{ExternalUser, UserAccount, UserGroup, Validity};
use portico_core::snapshot::{Batch, Source};
use portico_desks::registry;
use portico_sample::World;
use portico_store::Store;
use portico_testkit::Batches;
use proptest::prelude::*;

/// A desk that can be changed: what it would hand over.
#[derive(Clone)]
struct Desk(Vec<Batch>);

impl Desk {
    fn invented(people: u64, seed: u64) -> Self {
        let mut batches = vec![Batch::UserAccounts(Vec::new()), Batch::UserGroups(Vec::new())];
        let world = World::sized(people, 5, seed);
        let taken = world.source().unwrap().read(&mut |batch| {
            batches.push(batch);
            Ok(())
        });
        taken.unwrap();
        Self(batches)
    }

    fn dump(&self, folder: &Path) -> String {
        if folder.exists() {
            std::fs::remove_dir_all(folder).unwrap();
        }
        registry::write_dump("otobo", &mut Batches(self.0.clone()), folder).unwrap();
        folder.display().to_string()
    }

    fn users(&mut self) -> impl Iterator<Item = &mut Vec<ExternalUser>> {
        self.0.iter_mut().filter_map(|batch| match batch {
            Batch::ExternalUsers(all) => Some(all),
            _ => None,
        })
    }

    fn user(&mut self, key: &str) -> &mut ExternalUser {
        self.users().flatten().find(|user| user.key == key).unwrap()
    }

    fn group_key(&self, name: &str) -> String {
        let groups = self.0.iter().filter_map(|batch| match batch {
            Batch::Groups(all) => Some(all),
            _ => None,
        });
        groups.flatten().find(|group| group.name == name).unwrap().key.clone()
    }

    /// Does what an operation says; `value` is what becomes of a new value.
    fn apply(&mut self, operation: &LedgerOperation, value: &dyn Fn(&str) -> String) {
        let new = |name: &str| {
            let found = operation.changes.iter().find(|change| change.field == name);
            found
                .and_then(|change| change.new.clone().or(change.old.clone()))
                .unwrap_or_default()
        };
        match (operation.entity.as_str(), operation.kind.as_str()) {
            ("external_user", "create") => {
                let user = ExternalUser {
                    key: operation.key.clone(),
                    ..ExternalUser::default()
                };
                self.users().next().unwrap().push(user);
                self.fields(operation, value);
            }
            ("external_user", _) => self.fields(operation, value),
            ("account", "deactivate") => {
                let key = operation.key.clone();
                self.each(|batch| match batch {
                    Batch::Accounts(all) => all.iter_mut().filter(|account| account.key == key).any(|account| {
                        account.validity = Validity::Invalid;
                        true
                    }),
                    _ => false,
                });
            }
            ("user_group", kind) => {
                let link = UserGroup {
                    user: new("user"),
                    group: self.group_key(&new("group")),
                    permission: new("permission"),
                };
                self.each(|batch| match batch {
                    Batch::UserGroups(all) => relink(all, &link, kind),
                    _ => false,
                });
            }
            ("user_account", kind) => {
                let link = UserAccount {
                    user: new("user"),
                    account: new("account"),
                };
                self.each(|batch| match batch {
                    Batch::UserAccounts(all) => relink(all, &link, kind),
                    _ => false,
                });
            }
            other => panic!("this test knows no {other:?}"),
        }
    }

    /// Until one says that it was the one.
    fn each(&mut self, mut change: impl FnMut(&mut Batch) -> bool) {
        assert!(self.0.iter_mut().any(&mut change), "no such batch");
    }

    fn fields(&mut self, operation: &LedgerOperation, value: &dyn Fn(&str) -> String) {
        let user = self.user(&operation.key);
        for change in &operation.changes {
            let new = change.new.clone().unwrap_or_default();
            let text = match change.field.as_str() {
                "status" => {
                    user.validity = Validity::from_name(&new).unwrap();
                    continue;
                }
                "login" => &mut user.login,
                "title" => &mut user.title,
                "first_name" => &mut user.first_name,
                "last_name" => &mut user.last_name,
                "email" => &mut user.email,
                "city" => &mut user.city,
                "account" => &mut user.account,
                "description" => &mut user.description,
                other => panic!("this test knows no field {other}"),
            };
            *text = if ["login", "account", "email"].contains(&change.field.as_str()) {
                new
            } else {
                value(&new)
            };
        }
    }
}

fn relink<T: PartialEq + Clone>(all: &mut Vec<T>, link: &T, kind: &str) -> bool {
    if kind == "link" {
        all.push(link.clone());
        return true;
    }
    let before = all.len();
    all.retain(|other| other != link);
    all.len() < before
}

struct Place {
    folder: tempfile::TempDir,
    session: Session,
}

impl Place {
    fn new(desk: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::create(&folder.path().join("w.portico"), "Ours", desk, Actor::named("Ada")).unwrap();
        Self { folder, session }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn import(&self, path: &str) {
        let input = ImportInput {
            path: path.to_owned(),
            bodies: "none".into(),
            settings: None,
            database: None,
            dry_run: false,
            table: None,
        };
        desk::import_desk(&self.session, &input, "job", &mut |_| (), &never()).unwrap();
    }

    fn export(&self) -> ExportReport {
        desk::export_desk(&self.session, &self.path("out"), None, "job", &mut |_| (), &never()).unwrap()
    }

    fn verify(&self, path: &str) -> VerifyReport {
        let before = tables(&self.path("w.portico"));
        let input = VerifyInput {
            path: path.to_owned(),
            database: None,
            export: None,
        };
        let mut told = Vec::new();
        let report = desk::verify_export(&self.session, &input, "job", &mut |p| told.push(p.phase), &never()).unwrap();
        assert!(told.iter().any(|phase| phase == "reading") && told.iter().any(|phase| phase == "writing"));
        assert_eq!(before, tables(&self.path("w.portico")), "a verification writes nothing");
        report
    }

    fn edit(&self, login: &str, change: impl FnOnce(&mut UserForm)) {
        let query = UserQuery {
            search: login.to_owned(),
            ..UserQuery::default()
        };
        let found = users::list_users(&self.session, &query, 0, 50).unwrap().rows;
        let row = found.into_iter().find(|row| row.login == login).unwrap();
        let found = users::get_user(&self.session, &row.id).unwrap();
        let mut form = found.form;
        change(&mut form);
        let input = SaveUser {
            id: Some(row.id),
            version: Some(found.version),
            form,
        };
        users::save_user(&self.session, &input).unwrap();
    }
}

fn never() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

/// All that stands in a workspace's tables.
fn tables(path: &Path) -> Vec<String> {
    let store = Store::open_read_only(path).unwrap();
    let read = store.read(|c| {
        let mut all = Vec::new();
        let mut names = c.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
        let names: Vec<String> = names.query_map([], |r| r.get(0))?.map(Result::unwrap).collect();
        for name in names {
            let mut columns =
                c.prepare("SELECT group_concat('quote(\"' || name || '\")', '||\" \"||') FROM pragma_table_info(?1)")?;
            let columns: String = columns.query_row([&name], |r| r.get(0))?;
            let mut rows = c.prepare(&format!("SELECT {} FROM \"{name}\"", columns.replace("\" \"", "' '")))?;
            let rows = rows.query_map([], |r| r.get::<_, String>(0))?.map(Result::unwrap);
            all.extend(rows.map(|row| format!("{name}: {row}")));
        }
        Ok::<_, portico_store::StoreError>(all)
    });
    read.unwrap()
}

/// What is done to a person here.
#[derive(Debug, Clone)]
enum Edit {
    Title,
    City,
    Leave,
    Group,
    Account,
    NewPerson,
}

fn edits() -> impl Strategy<Value = Vec<(usize, Edit)>> {
    let edit = prop_oneof![
        Just(Edit::Title),
        Just(Edit::City),
        Just(Edit::Leave),
        Just(Edit::Group),
        Just(Edit::Account),
        Just(Edit::NewPerson),
    ];
    prop::collection::vec((0..12_usize, edit), 1..9)
}

fn make(place: &Place, edits: &[(usize, Edit)]) {
    let session = &place.session;
    let people = users::list_users(session, &UserQuery::default(), 0, 12).unwrap().rows;
    let accounts = users::search_accounts(session, "", 50).unwrap();
    let groups = portico_api::directory::list_groups(session).unwrap();
    for (n, (who, edit)) in edits.iter().enumerate() {
        let login = &people[*who].login;
        match edit {
            Edit::Title => place.edit(login, |form| form.title = format!("Title {n}")),
            Edit::City => place.edit(login, |form| form.city = format!("City {n}")),
            Edit::Leave => place.edit(login, |form| form.status = "invalid".into()),
            Edit::Group => place.edit(login, |form| {
                let group = groups[n % groups.len()].id.clone();
                let before = form.groups.len();
                form.groups.retain(|right| right.group != group);
                if form.groups.len() == before {
                    let permissions = vec!["rw".to_owned()];
                    form.groups.push(GroupRight { group, permissions });
                }
            }),
            Edit::Account => place.edit(login, |form| {
                let other = accounts.iter().find(|account| account.id != form.account);
                let other = other.unwrap().id.clone();
                if form.further_accounts.contains(&other) {
                    form.further_accounts.retain(|account| *account != other);
                } else {
                    form.further_accounts.push(other);
                }
            }),
            Edit::NewPerson => {
                let mut form = users::new_user(session, None).unwrap().form;
                form.login = format!("new.person{n}");
                form.email = format!("new{n}@example.test");
                form.first_name = "New".into();
                form.last_name = format!("Person {n}");
                form.account.clone_from(&accounts[0].id);
                let permissions = vec!["ro".to_owned()];
                form.groups = vec![GroupRight {
                    group: groups[0].id.clone(),
                    permissions,
                }];
                let input = SaveUser {
                    id: None,
                    version: None,
                    form,
                };
                users::save_user(session, &input).unwrap();
            }
        }
    }
}

fn applied(desk: &Desk, operations: &[LedgerOperation], but: Option<usize>) -> Desk {
    let mut desk = desk.clone();
    for (n, operation) in operations.iter().enumerate() {
        if Some(n) != but {
            desk.apply(operation, &str::to_owned);
        }
    }
    desk
}

fn outcomes(report: &VerifyReport) -> Vec<Outcome> {
    report.operations.iter().map(|one| one.outcome).collect()
}

/// No two operations of these touch the same, so each can be left out alone; what makes a person is needed by the rest.
fn stands_alone(operations: &[LedgerOperation], n: usize) -> bool {
    let one = &operations[n];
    let same = |other: &LedgerOperation| other.user == one.user;
    one.kind != "create" || operations.iter().filter(|other| same(other)).count() == 1
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_applied_left_out_or_changed_is_told(seed in 0..1000_u64, edits in edits(), which in any::<prop::sample::Index>()) {
        let place = Place::new("otobo");
        let before = Desk::invented(30, seed);
        place.import(&before.dump(&place.path("before")));
        make(&place, &edits);
        prop_assume!(!desk::plan(&place.session).unwrap().operations.is_empty());
        let report = place.export();
        let operations = desk::export_operations(&place.session, &report.id).unwrap();
        prop_assert_eq!(operations.len(), report.operations as usize);

        let untouched = place.verify(&before.dump(&place.path("after")));
        prop_assert!(outcomes(&untouched).iter().all(|one| *one == Outcome::NotApplied), "{untouched:?}");

        let all = applied(&before, &operations, None);
        let told = place.verify(&all.dump(&place.path("after")));
        prop_assert!(outcomes(&told).iter().all(|one| *one == Outcome::Applied), "{told:?}");
        prop_assert_eq!(told.applied, report.operations);

        let n = which.index(operations.len());
        if stands_alone(&operations, n) {
            let left = place.verify(&applied(&before, &operations, Some(n)).dump(&place.path("after")));
            for (k, outcome) in outcomes(&left).into_iter().enumerate() {
                prop_assert_eq!(outcome == Outcome::Applied, k != n, "{:?}", left.operations[k]);
            }
            prop_assert_eq!(left.operations[n].outcome, Outcome::NotApplied);
        }
        let has_text = |o: &LedgerOperation| o.changes.iter().any(|c| ["title", "city"].contains(&c.field.as_str()));
        if operations[n].entity == "external_user" && operations[n].kind == "update" && has_text(&operations[n]) {
            let mut other = applied(&before, &operations, Some(n));
            other.apply(&operations[n], &|_| "somebody else".to_owned());
            let drifted = place.verify(&other.dump(&place.path("after")));
            let one = &drifted.operations[n];
            prop_assert_eq!((one.outcome, drifted.drifted), (Outcome::Drifted, 1));
            let mut texts = one.fields.iter().filter(|field| field.outcome == Outcome::Drifted);
            prop_assert!(texts.all(|field| field.found.as_deref() == Some("somebody else")), "{one:?}");
        }
        // The desk is imported, and nothing of the export is pending any more; it can still be verified.
        let path = all.dump(&place.path("after"));
        place.import(&path);
        prop_assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0);
        prop_assert_eq!(place.verify(&path).applied, report.operations);
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A copy of a fixture in which some text of a file is another one.
fn copy(name: &str, into: &Path, file: &str, change: &dyn Fn(&str) -> String) -> String {
    fn copy_all(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
            let to = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy_all(&entry.path(), &to);
            } else {
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    if into.exists() {
        std::fs::remove_dir_all(into).unwrap();
    }
    copy_all(&fixture(name), into);
    let path = into.join(file);
    let before = std::fs::read_to_string(&path).unwrap();
    let after = change(&before);
    assert_ne!(before, after);
    std::fs::write(path, after).unwrap();
    into.display().to_string()
}

#[test]
fn lists_of_an_interface_tell_what_became_of_a_worklist_and_of_calls() {
    for (desk_id, name, file, old) in [
        (
            "daktela",
            "daktela-small",
            "externalsUsers.json",
            "\"description\": \"Aachen\"",
        ),
        (
            "zoho",
            "zoho-small",
            "contacts.json",
            "\"description\": \"Orders spare parts.\"",
        ),
    ] {
        let place = Place::new(desk_id);
        place.import(&fixture(name).display().to_string());
        let people = users::list_users(&place.session, &UserQuery::default(), 0, 50)
            .unwrap()
            .rows;
        let anna = people.iter().find(|row| row.email == "anna@aachen.example").unwrap();
        place.edit(&anna.login, |form| form.description = "another remark".into());
        place.export();
        let described = |text: &str| format!("\"description\": \"{text}\"");
        let with = |text: &str| {
            copy(name, &place.path("desk"), file, &|before| {
                before.replace(old, &described(text))
            })
        };

        let report = place.verify(&fixture(name).display().to_string());
        assert_eq!(outcomes(&report), [Outcome::NotApplied], "{desk_id}");
        let report = place.verify(&with("another remark"));
        assert_eq!(outcomes(&report), [Outcome::Applied], "{desk_id}");
        let report = place.verify(&with("a third one"));
        assert_eq!(outcomes(&report), [Outcome::Drifted], "{desk_id}");
        // An import of the same files keeps what is pending, and the difference waits as a conflict.
        place.import(&with("a third one"));
        assert_eq!(desk::conflicts(&place.session).unwrap().len(), 1, "{desk_id}");
        let field = &report.operations[0].fields[0];
        assert_eq!(
            (field.field.as_str(), field.new.as_deref(), field.found.as_deref()),
            ("description", Some("another remark"), Some("a third one"))
        );
        // Without the list of people, nothing can be told of them.
        let path = with("another remark");
        std::fs::remove_file(Path::new(&path).join(file)).unwrap();
        let report = place.verify(&path);
        let one = &report.operations[0];
        assert_eq!(
            (one.outcome, one.reason, report.unknown),
            (Outcome::Unknown, Some(OutcomeReason::List), 1),
            "{desk_id}"
        );
    }
}

#[test]
fn names_companies_and_rights_of_a_portal_are_told_one_by_one() {
    const PEOPLE: &str = "app/_system_catalogs/_user_profiles/list-1.json";
    let place = Place::new("elma365");
    let before = fixture("elma365-small").display().to_string();
    place.import(&before);
    let people = users::list_users(&place.session, &UserQuery::default(), 0, 50)
        .unwrap()
        .rows;
    let of = |email: &str| people.iter().find(|row| row.email == email).unwrap().clone();
    let petra = of("petra@brno.example");
    place.edit(&of("anna@aachen.example").login, |form| {
        form.last_name = "Bergmann".into();
    });
    place.edit(&petra.login, |form| form.objects.clear());
    place.export();
    let report = place.verify(&before);
    assert!(report.not_applied >= 2, "{report:?}");
    assert!(
        outcomes(&report).iter().all(|one| *one == Outcome::NotApplied),
        "{report:?}"
    );
    // The name was entered; the right is there still.
    let path = copy("elma365-small", &place.path("desk"), PEOPLE, &|text| {
        text.replace("\"lastname\": \"Berg\"", "\"lastname\": \"Bergmann\"")
    });
    let report = place.verify(&path);
    for one in &report.operations {
        let expected = if one.operation.kind == "unlink" {
            Outcome::NotApplied
        } else {
            Outcome::Applied
        };
        assert_eq!(one.outcome, expected, "{one:?}");
    }
    // Without the list of rights nothing can be told of them, and of names it still can.
    std::fs::remove_file(Path::new(&path).join("rights.json")).unwrap();
    let report = place.verify(&path);
    for one in &report.operations {
        let expected = match one.operation.kind.as_str() {
            "unlink" => (Outcome::Unknown, Some(OutcomeReason::List)),
            _ => (Outcome::Applied, None),
        };
        assert_eq!((one.outcome, one.reason), expected, "{one:?}");
    }
}

#[test]
fn a_new_contact_to_which_the_desk_gave_a_key_is_found_by_its_values() {
    let place = Place::new("daktela");
    place.import(&fixture("daktela-small").display().to_string());
    let values = [("title", "Nina Neu"), ("first_name", "Nina"), ("last_name", "Neu")];
    let values = values.map(|(name, text)| {
        (
            name.to_owned(),
            portico_api::types::form::FieldValue::Text(text.to_owned()),
        )
    });
    let input = portico_api::types::records::SaveRecord {
        entity: "contact".into(),
        id: None,
        version: None,
        values: values.into_iter().collect(),
    };
    let contact = portico_api::records::save_record(&place.session, &input).unwrap().id;
    place.edit("karel", |form| form.contacts.push(contact));
    place.export();
    let nina = |title: &str| {
        format!(
            "\"data\": [{{\"name\": \"contact_77\", \"title\": \"{title}\", \"firstname\": \"Nina\", \"lastname\": \"Neu\", \"database\": \"default\", \"account\": null, \"user\": null, \"description\": \"\", \"customFields\": {{\"email\": [], \"number\": []}}}},"
        )
    };
    let with = |title: &str| {
        let path = copy("daktela-small", &place.path("desk"), "contacts-1.json", &|before| {
            before
                .replace("\"data\": [", &nina(title))
                .replace("\"total\": 3", "\"total\": 4")
        });
        for (file, old, new) in [
            ("contacts-2.json", "\"total\": 3", "\"total\": 4"),
            (
                "externalsUsers.json",
                "\"email\": \"\", \"contacts\": []",
                "\"email\": \"\", \"contacts\": [\"contact_77\"]",
            ),
        ] {
            let file = Path::new(&path).join(file);
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.contains(old), "{text}");
            std::fs::write(file, text.replace(old, new)).unwrap();
        }
        path
    };
    let report = place.verify(&fixture("daktela-small").display().to_string());
    assert_eq!(
        outcomes(&report),
        [Outcome::NotApplied, Outcome::NotApplied],
        "{report:?}"
    );
    let report = place.verify(&with("Nina Neu"));
    assert_eq!(outcomes(&report), [Outcome::Applied, Outcome::Applied], "{report:?}");
    // With another title nobody can say whether it is she.
    let report = place.verify(&with("Nina Alt"));
    assert_eq!(outcomes(&report), [Outcome::Unknown, Outcome::Unknown], "{report:?}");
    assert!(
        report
            .operations
            .iter()
            .all(|one| one.reason == Some(OutcomeReason::NoKey))
    );
}

#[test]
fn the_ledger_knows_what_a_manifest_says_and_whether_files_are_others() {
    let place = Place::new("zoho");
    place.import(&fixture("zoho-small").display().to_string());
    let people = users::list_users(&place.session, &UserQuery::default(), 0, 1)
        .unwrap()
        .rows;
    place.edit(&people[0].login, |form| form.description = "another remark".into());
    let report = place.export();
    let folder = place.path("out");
    let text = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let rows = desk::list_exports(&place.session).unwrap();
    assert_eq!(rows.len(), 1);
    for (name, value) in [
        ("id", serde_json::json!(report.id)),
        ("made_at", serde_json::json!(rows[0].at)),
        ("made_by", serde_json::json!("Ada")),
        ("desk", serde_json::json!("zoho")),
        ("operations", serde_json::json!(1)),
        ("by_kind", serde_json::json!({ "update": 1 })),
        ("by_record", serde_json::json!({ "external_user": 1 })),
        ("passwords", serde_json::json!(0)),
    ] {
        assert_eq!(manifest[name], value, "{name}");
    }
    let files = manifest["files"].as_array().unwrap();
    assert_eq!(files.len(), report.files.len());
    for file in files {
        let bytes = std::fs::read(folder.join(file["name"].as_str().unwrap())).unwrap();
        assert_eq!(file["bytes"], bytes.len());
    }
    assert!(!text.contains("another remark"), "a manifest says how many, not what");

    let states = || {
        let found = desk::check_export_files(&place.session, &folder).unwrap();
        assert!(found.known);
        let told = found.files.into_iter().filter(|file| file.state != "same");
        told.map(|file| format!("{} {}", file.name, file.state))
            .collect::<Vec<_>>()
    };
    assert!(states().is_empty());
    std::fs::write(folder.join("README.txt"), "something else").unwrap();
    std::fs::remove_file(folder.join("calls.jsonl")).unwrap();
    std::fs::write(folder.join("manifest.json"), text.replace("\"Ada\"", "\"Eve\"")).unwrap();
    assert_eq!(
        states(),
        ["README.txt changed", "calls.jsonl missing", "manifest.json changed"]
    );
}

#[test]
fn steps_are_ticked_by_somebody_and_ticks_are_taken_back() {
    let place = Place::new("daktela");
    place.import(&fixture("daktela-small").display().to_string());
    place.edit("anna", |form| form.description = "one".into());
    place.edit("petra", |form| form.description = "two".into());
    let id = place.export().id;
    let first = |session: &Session| desk::export_operations(session, &id).unwrap().remove(0);
    let row = desk::tick_steps(&place.session, &id, &[0], true).unwrap();
    assert_eq!((row.steps, row.done), (2, 1));
    let ticked = first(&place.session);
    assert_eq!(ticked.done_by.as_deref(), Some("Ada"));
    // Somebody else's tick of the same changes nothing, and what is kept is there when the workspace is opened again.
    let other = Session::open(&place.path("w.portico"), Actor::named("Eve")).unwrap();
    assert_eq!(desk::tick_steps(&other, &id, &[0, 1], true).unwrap().done, 2);
    assert_eq!(first(&other).done_by.as_deref(), Some("Ada"));
    assert_eq!(first(&other).done_at, ticked.done_at);
    assert_eq!(desk::tick_steps(&other, &id, &[0], false).unwrap().done, 1);
    assert_eq!((first(&other).done_by, first(&other).done_at), (None, None));
    let error = desk::tick_steps(&other, &id, &[1, 7], false).unwrap_err();
    assert_eq!(error.code, Code::NotFound);
    assert_eq!(desk::list_exports(&other).unwrap()[0].done, 1, "all or nothing");
}

/// A desk, a workspace that has it, and what was exported after `edits` and `more`.
fn exported(edits: &[(usize, Edit)], more: impl FnOnce(&Session)) -> (Place, Desk, Vec<LedgerOperation>) {
    let place = Place::new("otobo");
    let desk = Desk::invented(30, 7);
    place.import(&desk.dump(&place.path("before")));
    make(&place, edits);
    more(&place.session);
    let id = place.export().id;
    let operations = desk::export_operations(&place.session, &id).unwrap();
    (place, desk, operations)
}

#[test]
fn a_new_person_who_is_gone_here_is_found_in_the_desk_by_her_login() {
    let (place, desk, operations) = exported(&[(0, Edit::NewPerson)], |_| ());
    assert!(
        operations.iter().any(|one| one.entity == "user_group"),
        "{operations:?}"
    );
    portico_api::history::undo(&place.session).unwrap();
    assert_eq!(desk::plan(&place.session).unwrap().operations.len(), 0);
    let report = place.verify(&applied(&desk, &operations, None).dump(&place.path("after")));
    assert!(
        outcomes(&report).iter().all(|one| *one == Outcome::Applied),
        "{report:?}"
    );
    let report = place.verify(&desk.dump(&place.path("after")));
    assert!(
        outcomes(&report).iter().all(|one| *one == Outcome::NotApplied),
        "{report:?}"
    );
}

#[test]
fn a_person_who_is_gone_there_was_changed_there() {
    let (place, mut desk, operations) = exported(&[(3, Edit::City)], |_| ());
    for users in desk.users() {
        users.retain(|user| user.key != operations[0].key);
    }
    let report = place.verify(&desk.dump(&place.path("after")));
    let one = &report.operations[0];
    assert_eq!((one.outcome, one.reason), (Outcome::Drifted, Some(OutcomeReason::Gone)));
    assert_eq!(one.fields[0].found, None);
}

#[test]
fn what_was_deleted_here_is_out_of_force_there() {
    let (place, desk, operations) = exported(&[], |session| {
        let person = users::list_users(session, &UserQuery::default(), 0, 1)
            .unwrap()
            .rows
            .remove(0);
        let account = users::get_user(session, &person.id).unwrap().form.account;
        let accounts = users::search_accounts(session, "", 50).unwrap();
        let how = portico_api::types::records::DeleteHow {
            how: "move".into(),
            to: accounts.into_iter().map(|one| one.id).find(|id| *id != account),
        };
        portico_api::records::delete_record(session, "account", &account, &how).unwrap();
    });
    let ended = operations.iter().position(|one| one.entity == "account").unwrap();
    let mut other = desk.clone();
    for operation in operations.iter().filter(|one| one.entity != "account_group") {
        other.apply(operation, &str::to_owned);
    }
    let report = place.verify(&other.dump(&place.path("after")));
    assert_eq!(report.operations[ended].outcome, Outcome::Applied, "{report:?}");
    let report = place.verify(&desk.dump(&place.path("after")));
    assert_eq!(report.operations[ended].outcome, Outcome::NotApplied, "{report:?}");
}

#[test]
fn no_password_is_told_and_none_is_in_the_ledger() {
    let (place, desk, operations) = {
        let place = Place::new("otobo");
        let desk = Desk::invented(30, 7);
        place.import(&desk.dump(&place.path("before")));
        let person = users::list_users(&place.session, &UserQuery::default(), 0, 1)
            .unwrap()
            .rows
            .remove(0);
        place.edit(&person.login, |form| form.password = "initial".into());
        let list = InitialPasswords {
            path: place.path("list.age").display().to_string(),
            passphrase: Secret::new("a long enough passphrase, and odd: Žluť 7".to_owned()),
        };
        let report = desk::export_desk(
            &place.session,
            &place.path("out"),
            Some(&list),
            "job",
            &mut |_| (),
            &never(),
        )
        .unwrap();
        assert_eq!(report.passwords, 1);
        let operations = desk::export_operations(&place.session, &report.id).unwrap();
        (place, desk, operations)
    };
    assert_eq!(operations[0].changes[0].new.as_deref(), Some("initial"));
    let report = place.verify(&desk.dump(&place.path("after")));
    let one = &report.operations[0];
    assert_eq!(
        (one.outcome, one.reason),
        (Outcome::Unknown, Some(OutcomeReason::Password))
    );
}

#[test]
fn a_verification_can_be_stopped() {
    let (place, desk, _) = exported(&[(3, Edit::City)], |_| ());
    let input = VerifyInput {
        path: desk.dump(&place.path("after")),
        database: None,
        export: None,
    };
    let before = tables(&place.path("w.portico"));
    let stop = Arc::new(AtomicBool::new(true));
    let error = desk::verify_export(&place.session, &input, "job", &mut |_| (), &stop).unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
    assert_eq!(before, tables(&place.path("w.portico")));
    // Nothing is left that would keep others from writing.
    make(&place, &[(4, Edit::City)]);
}

#[test]
fn what_cannot_be_verified_is_said() {
    let place = Place::new("innosoft");
    let verify = |place: &Place| -> ApiError {
        let input = VerifyInput {
            path: place.path("nowhere").display().to_string(),
            database: None,
            export: None,
        };
        desk::verify_export(&place.session, &input, "job", &mut |_| (), &never()).unwrap_err()
    };
    assert_eq!(verify(&place).code, Code::NotFound, "nothing was exported");
    let mut form = users::new_user(&place.session, None).unwrap().form;
    form.login = "anna".into();
    form.first_name = "Anna".into();
    form.last_name = "Berg".into();
    form.email = "anna@aachen.example".into();
    let input = SaveUser {
        id: None,
        version: None,
        form,
    };
    users::save_user(&place.session, &input).unwrap();
    place.export();
    assert_eq!(verify(&place).code, Code::NotYet);
}
