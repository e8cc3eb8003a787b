//! A desk that can be changed, and the workspace that exports to it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use portico_api::session::Session;
use portico_api::types::ledger::{LedgerOperation, Outcome, VerifyInput, VerifyReport};
use portico_api::types::transfer::{ExportReport, ImportInput};
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
pub(crate) struct Desk(pub(crate) Vec<Batch>);

impl Desk {
    pub(crate) fn invented(people: u64, seed: u64) -> Self {
        let mut batches = vec![Batch::UserAccounts(Vec::new()), Batch::UserGroups(Vec::new())];
        let world = World::sized(people, 5, seed);
        let taken = world.source().unwrap().read(&mut |batch| {
            batches.push(batch);
            Ok(())
        });
        taken.unwrap();
        Self(batches)
    }

    pub(crate) fn dump(&self, folder: &Path) -> String {
        if folder.exists() {
            std::fs::remove_dir_all(folder).unwrap();
        }
        registry::write_dump("otobo", &mut Batches(self.0.clone()), folder).unwrap();
        folder.display().to_string()
    }

    pub(crate) fn users(&mut self) -> impl Iterator<Item = &mut Vec<ExternalUser>> {
        self.0.iter_mut().filter_map(|batch| match batch {
            Batch::ExternalUsers(all) => Some(all),
            _ => None,
        })
    }

    pub(crate) fn user(&mut self, key: &str) -> &mut ExternalUser {
        self.users().flatten().find(|user| user.key == key).unwrap()
    }

    pub(crate) fn group_key(&self, name: &str) -> String {
        let groups = self.0.iter().filter_map(|batch| match batch {
            Batch::Groups(all) => Some(all),
            _ => None,
        });
        groups.flatten().find(|group| group.name == name).unwrap().key.clone()
    }

    /// Does what an operation says; `value` is what becomes of a new value.
    pub(crate) fn apply(&mut self, operation: &LedgerOperation, value: &dyn Fn(&str) -> String) {
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
    pub(crate) fn each(&mut self, mut change: impl FnMut(&mut Batch) -> bool) {
        assert!(self.0.iter_mut().any(&mut change), "no such batch");
    }

    pub(crate) fn fields(&mut self, operation: &LedgerOperation, value: &dyn Fn(&str) -> String) {
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
                "phone" => &mut user.phone,
                "mobile" => &mut user.mobile,
                "fax" => &mut user.fax,
                "street" => &mut user.street,
                "zip" => &mut user.zip,
                "country" => &mut user.country,
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

pub(crate) fn relink<T: PartialEq + Clone>(all: &mut Vec<T>, link: &T, kind: &str) -> bool {
    if kind == "link" {
        all.push(link.clone());
        return true;
    }
    let before = all.len();
    all.retain(|other| other != link);
    all.len() < before
}

pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) session: Session,
}

impl Place {
    pub(crate) fn new(desk: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::create(&folder.path().join("w.portico"), "Ours", desk, Actor::named("Ada")).unwrap();
        Self { folder, session }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn import(&self, path: &str) {
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

    pub(crate) fn export(&self) -> ExportReport {
        desk::export_desk(&self.session, &self.path("out"), None, "job", &mut |_| (), &never()).unwrap()
    }

    pub(crate) fn verify(&self, path: &str) -> VerifyReport {
        let before = tables(&self.path("w.portico"));
        let input = VerifyInput {
            path: path.to_owned(),
            database: None,
            export: None,
        };
        let mut told = Vec::new();
        let report = desk::verify_export(&self.session, &input, "job", &mut |p| told.push(p.phase), &never()).unwrap();
        assert!(told.iter().any(|phase| phase == "reading") && told.iter().any(|phase| phase == "writing"));
        if report.moved == 0 {
            let after = tables(&self.path("w.portico"));
            assert_eq!(
                before, after,
                "a verification writes nothing where the desk has nothing"
            );
        }
        report
    }

    pub(crate) fn edit(&self, login: &str, change: impl FnOnce(&mut UserForm)) {
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

pub(crate) fn never() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}

/// All that stands in a workspace's tables.
pub(crate) fn tables(path: &Path) -> Vec<String> {
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
pub(crate) enum Edit {
    Title,
    City,
    Leave,
    Group,
    Account,
    NewPerson,
}

pub(crate) fn edits() -> impl Strategy<Value = Vec<(usize, Edit)>> {
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

pub(crate) fn make(place: &Place, edits: &[(usize, Edit)]) {
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

pub(crate) fn applied(desk: &Desk, operations: &[LedgerOperation], but: Option<usize>) -> Desk {
    let mut desk = desk.clone();
    for (n, operation) in operations.iter().enumerate() {
        if Some(n) != but {
            desk.apply(operation, &str::to_owned);
        }
    }
    desk
}

pub(crate) fn outcomes(report: &VerifyReport) -> Vec<Outcome> {
    report.operations.iter().map(|one| one.outcome).collect()
}

/// No two operations of these touch the same, so each can be left out alone; what makes a person is needed by the rest.
pub(crate) fn stands_alone(operations: &[LedgerOperation], n: usize) -> bool {
    let one = &operations[n];
    let same = |other: &LedgerOperation| other.user == one.user;
    one.kind != "create" || operations.iter().filter(|other| same(other)).count() == 1
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

/// A copy of a fixture in which some text of a file is another one.
pub(crate) fn copy(name: &str, into: &Path, file: &str, change: &dyn Fn(&str) -> String) -> String {
    pub(crate) fn copy_all(from: &Path, to: &Path) {
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

/// A desk, a workspace that has it, and what was exported after `edits` and `more`.
pub(crate) fn exported(edits: &[(usize, Edit)], more: impl FnOnce(&Session)) -> (Place, Desk, Vec<LedgerOperation>) {
    let place = Place::new("otobo");
    let desk = Desk::invented(30, 7);
    place.import(&desk.dump(&place.path("before")));
    make(&place, edits);
    more(&place.session);
    let id = place.export().id;
    let operations = desk::export_operations(&place.session, &id).unwrap();
    (place, desk, operations)
}
