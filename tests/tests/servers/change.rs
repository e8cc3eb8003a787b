//! Everything that can be changed in a workspace, and the proof that it is everything.

use std::collections::{BTreeMap, BTreeSet};

use portico_api::types::form::FieldValue;
use portico_api::types::matrix::{MatrixEdit, MatrixEdits, MatrixQuery};
use portico_api::types::records::{DeleteHow, SaveRecord, Values};
use portico_api::types::users::{GroupRight, SaveUser, UserForm};
use portico_api::{matrix, records, users};

use crate::workspace::Workspace;

/// Signs that mean something to a shell, a client, a script or a collation.
const ODD: &str = "O'Neil\\'; -- /* \"x\" ß Ż 😀 %s $$ `id` NULL";
const LONG: &str = "one\n\ttwo \\n 'three' \\\\ \r\nfour";

fn text(value: &str) -> FieldValue {
    FieldValue::Text(value.to_owned())
}

/// What every text of a form becomes: something else than before, and odd.
fn other(field: &str, before: &str) -> String {
    match field {
        "description" => format!("{LONG}{}", before.len()),
        "url" => format!("https://example.test/?a='{}&b=\\", before.len()),
        _ => format!("{ODD}{}", before.len()).chars().take(50).collect(),
    }
}

fn change_texts(form: &mut UserForm) {
    form.email = format!("o'neil+{}@example.test", form.login.replace(' ', ""));
    let texts: [(&str, &mut String); 12] = [
        ("title", &mut form.title),
        ("first_name", &mut form.first_name),
        ("last_name", &mut form.last_name),
        ("phone", &mut form.phone),
        ("mobile", &mut form.mobile),
        ("fax", &mut form.fax),
        ("street", &mut form.street),
        ("zip", &mut form.zip),
        ("city", &mut form.city),
        ("country", &mut form.country),
        ("description", &mut form.description),
        ("email", &mut String::new()),
    ];
    for (field, value) in texts {
        *value = other(field, value);
    }
}

/// What was there goes, what was not comes.
fn toggle(list: &mut Vec<String>, id: &str) {
    let before = list.len();
    list.retain(|other| other != id);
    if list.len() == before {
        list.push(id.to_owned());
    }
}

fn toggle_right(form: &mut UserForm, group: &str, permission: &str) {
    let mut found = form.groups.iter_mut().find(|right| right.group == group);
    match &mut found {
        Some(right) => toggle(&mut right.permissions, permission),
        None => form.groups.push(GroupRight {
            group: group.to_owned(),
            permissions: vec![permission.to_owned()],
        }),
    }
    form.groups.retain(|right| !right.permissions.is_empty());
}

fn change_people(workspace: &Workspace, services: &[String]) {
    let (acme, beta) = (workspace.account("ACME"), workspace.account("BETA"));
    let group = workspace.group("ext-billing");
    let statuses = ["invalid", "invalid-temporarily", "valid"];
    for (n, login) in ["anna", "ben", "carla", "dora", "emil", "fred", "Gina.Case", "hugo"]
        .iter()
        .enumerate()
    {
        let typed = (*login == "ben").then_some("Žluť-9! o'clock \\");
        workspace.edit(login, typed, |form| {
            if n != 3 {
                change_texts(form);
            }
            form.status = statuses[n % 3].into();
            if n != 3 {
                form.account = if form.account == acme {
                    beta.clone()
                } else {
                    acme.clone()
                };
                toggle(&mut form.further_accounts, &acme);
                toggle(&mut form.further_accounts, &beta);
                for permission in ["ro", "rw"] {
                    toggle_right(form, &group, permission);
                }
            }
            if n != 3 {
                for service in services {
                    toggle(&mut form.services, service);
                }
            }
            match typed {
                Some(_) => form.password = "typed".into(),
                None if n == 2 => form.password = "initial".into(),
                None => {}
            }
        });
    }
}

fn new_person(workspace: &Workspace, login: &str, account: String, services: &[String]) {
    let mut form = users::new_user(&workspace.session, None).unwrap().form;
    form.login = login.into();
    change_texts(&mut form);
    form.account = account;
    form.further_accounts = vec![workspace.account("GAMMA")];
    form.services = services.to_vec();
    toggle_right(&mut form, &workspace.group("ext-vip"), "rw");
    form.password = "typed".into();
    let input = SaveUser {
        id: None,
        version: None,
        form,
    };
    workspace.save(&input, Some("pw of a new person: ŽŽ99"));
}

fn save_record(workspace: &Workspace, entity: &str, id: Option<String>, values: Values) {
    let version = id
        .as_ref()
        .map(|id| records::get_record(&workspace.session, entity, id).unwrap().version);
    let input = SaveRecord {
        entity: entity.to_owned(),
        id,
        version,
        values,
    };
    records::save_record(&workspace.session, &input).unwrap();
}

fn change_record(workspace: &Workspace, entity: &str, id: &str, fields: &[&str], status: &str) {
    let before = records::get_record(&workspace.session, entity, id).unwrap().values;
    let mut values = Values::new();
    for field in fields {
        let FieldValue::Text(now) = &before[*field] else {
            panic!("{field}")
        };
        values.insert((*field).to_owned(), text(&other(field, now)));
    }
    values.insert("status".to_owned(), text(status));
    save_record(workspace, entity, Some(id.to_owned()), values);
}

const ACCOUNT: [&str; 7] = ["name", "street", "zip", "city", "country", "url", "description"];

fn change_directory(workspace: &Workspace) {
    change_record(
        workspace,
        "account",
        &workspace.account("ACME"),
        &ACCOUNT,
        "invalid-temporarily",
    );
    let delta = workspace.account("DELTA");
    let values = Values::from([("status".to_owned(), text("valid"))]);
    save_record(workspace, "account", Some(delta), values);
    let mut values = Values::from([("key".to_owned(), text("N'E\\W 😀"))]);
    values.extend(ACCOUNT.map(|field| (field.to_owned(), text(&other(field, "new")))));
    save_record(workspace, "account", None, values);
    let how = DeleteHow {
        how: "move".to_owned(),
        to: Some(workspace.account("BETA")),
    };
    records::delete_record(&workspace.session, "account", &workspace.account("GAMMA"), &how).unwrap();

    let stats = workspace.group("stats");
    change_record(
        workspace,
        "permission_group",
        &workspace.group("ext-vip"),
        &["name", "description"],
        "invalid",
    );
    let values = Values::from([("status".to_owned(), text("invalid-temporarily"))]);
    save_record(workspace, "permission_group", Some(stats), values);
    let values = Values::from([
        ("name".to_owned(), text("n'e\\w group 😀")),
        ("description".to_owned(), text(LONG)),
    ]);
    save_record(workspace, "permission_group", None, values);
}

/// Every right of an account that there is goes, and one that was not there comes.
fn change_account_rights(workspace: &Workspace) {
    for context in ["same", "other"] {
        let query = MatrixQuery {
            rows: "accounts".to_owned(),
            context: context.to_owned(),
            ..MatrixQuery::default()
        };
        let page = matrix::matrix_page(&workspace.session, &query, 0, 100).unwrap();
        let beta = page.rows.iter().find(|row| row.key == "BETA").unwrap();
        let new = workspace.group("n'e\\w group 😀");
        let mut cells = vec![MatrixEdit {
            row: beta.id.clone(),
            group: new,
            before: Vec::new(),
            permissions: vec!["ro".to_owned(), "rw".to_owned()],
        }];
        for row in &page.rows {
            cells.extend(row.cells.iter().map(|cell| MatrixEdit {
                row: row.id.clone(),
                group: cell.group.clone(),
                before: cell.permissions.clone(),
                permissions: Vec::new(),
            }));
        }
        let edits = MatrixEdits {
            rows: "accounts".to_owned(),
            context: context.to_owned(),
            cells,
        };
        matrix::save_cells(&workspace.session, &edits).unwrap();
    }
}

pub(crate) fn change_everything(workspace: &Workspace) {
    let services = records::search_records(&workspace.session, "service", "", 10).unwrap();
    let services: Vec<String> = services.into_iter().map(|service| service.id).collect();
    assert_eq!(services.len(), 3);
    new_person(workspace, "new\\ o'neil 😀", workspace.account("BETA"), &services);
    change_people(workspace, &services);
    change_directory(workspace);
    change_account_rights(workspace);
}

/// What an export must hold of each kind, so that "everything" is everything.
pub(crate) fn is_everything(workspace: &Workspace) {
    let mut found: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for operation in workspace.plan().operations {
        let fields = operation.changes.into_iter().map(|change| change.field);
        found
            .entry((operation.entity, operation.kind))
            .or_default()
            .extend(fields);
    }
    let user =
        "login title first_name last_name email account phone mobile fax street zip city country description status";
    let account = "key name street zip city country url description status";
    let changed = |fields: &str, key: &str| fields.replacen(&format!("{key} "), "", 1);
    for (entity, kind, fields) in [
        ("external_user", "create", user.to_owned()),
        (
            "external_user",
            "update",
            format!("{} password", changed(user, "login")),
        ),
        ("external_user", "deactivate", "status".to_owned()),
        ("account", "create", account.to_owned()),
        ("account", "update", changed(account, "key")),
        ("account", "deactivate", "status".to_owned()),
        ("permission_group", "create", "name description status".to_owned()),
        ("permission_group", "update", "name description status".to_owned()),
        ("permission_group", "deactivate", "status".to_owned()),
        ("user_account", "link", "user account".to_owned()),
        ("user_account", "unlink", "user account".to_owned()),
        ("user_group", "link", "user group permission".to_owned()),
        ("user_group", "unlink", "user group permission".to_owned()),
        ("account_group", "link", "account group permission context".to_owned()),
        ("account_group", "unlink", "account group permission context".to_owned()),
        ("user_service", "link", "user service".to_owned()),
        ("user_service", "unlink", "user service".to_owned()),
    ] {
        let there = found.remove(&(entity.to_owned(), kind.to_owned())).unwrap_or_default();
        let missing: Vec<&str> = fields.split(' ').filter(|field| !there.contains(*field)).collect();
        assert!(missing.is_empty(), "{kind} {entity}: {missing:?} of {there:?}");
    }
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        Vec::<&(String, String)>::new(),
        "of these nothing is checked"
    );
}
