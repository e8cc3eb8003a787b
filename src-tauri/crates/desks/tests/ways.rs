//! Every field of every desk's forms goes somewhere: into a call, a script, a step of a worklist, or among what is not
//! exported, with the reason. `PORTICO_WRITE_DOCS=1` writes what this finds into docs/exports.md.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::format_push_string,
    reason = "a test may panic, and writes little"
)]

use std::collections::{BTreeMap, BTreeSet};

use portico_core::form::field::{Entity, Field, Kind as FieldKind};
use portico_core::form::{FieldRule, FormRules, registry as forms};
use portico_desks::plan::{Fields, Kind, Operation, Pending, Plan, PlanInput};
use portico_desks::registry;
use portico_desks::writer::{Occasion, Passwords};

const MARK: &str = "7391";

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(n, v)| ((*n).to_owned().into(), (*v).to_owned()))
        .collect()
}

/// The table in which a field's links are kept, with the columns of one.
fn link(entity: Entity, field: &str) -> Option<(&'static str, &'static [(&'static str, &'static str)])> {
    Some(match (entity, field) {
        (Entity::Group, "objects") => ("group_object", &[("group", "g"), ("object", MARK), ("level", "view")]),
        (Entity::ExternalUser, "further_accounts") => ("user_account", &[("user", "anna"), ("account", MARK)]),
        (Entity::ExternalUser, "seen_accounts") => ("user_account_view", &[("user", "anna"), ("account", MARK)]),
        (Entity::ExternalUser, "contacts") => ("user_contact", &[("user", "anna"), ("contact", MARK)]),
        (Entity::ExternalUser, "groups") => (
            "user_group",
            &[("user", "anna"), ("group", MARK), ("permission", "member")],
        ),
        (Entity::ExternalUser, "read_addresses") => (
            "user_address",
            &[("user", "anna"), ("address", MARK), ("permission", "read")],
        ),
        (Entity::ExternalUser, "write_addresses") => (
            "user_address",
            &[("user", "anna"), ("address", MARK), ("permission", "write")],
        ),
        (Entity::ExternalUser, "responsible_groups") => {
            ("user_responsible_group", &[("user", "anna"), ("group", MARK)])
        }
        (Entity::ExternalUser, "responsible_agents") => {
            ("user_responsible_agent", &[("user", "anna"), ("agent", MARK)])
        }
        (Entity::ExternalUser, "ticket_types") => ("user_ticket_type", &[("user", "anna"), ("type", MARK)]),
        (Entity::ExternalUser, "ticket_states") => ("user_ticket_state", &[("user", "anna"), ("state", MARK)]),
        (Entity::ExternalUser, "services") => ("user_service", &[("user", "anna"), ("service", MARK)]),
        (Entity::ExternalUser, "objects") => ("user_object", &[("user", "anna"), ("object", MARK), ("level", "view")]),
        _ => return None,
    })
}

/// Old and new value of a field.
fn values(field: &Field) -> (&'static str, &'static str) {
    match field.kind {
        FieldKind::Flag if field.name == "inherits" => ("1", "0"),
        FieldKind::Flag => ("0", "1"),
        FieldKind::Status => ("valid", "invalid"),
        FieldKind::Custom => ("", "{\"cf_mark\":\"7391\"}"),
        FieldKind::Choice(all) => (all[0], all[1]),
        _ => ("12", MARK),
    }
}

/// A record as the form demands it.
fn record(rules: &[FieldRule], login: &str) -> Fields {
    let mut all = fields(&[
        ("login", login),
        ("email", login),
        ("status", "valid"),
        ("present", "1"),
        ("password", "unchanged"),
    ]);
    for rule in rules.iter().filter(|rule| rule.required) {
        all.entry(rule.field.into()).or_insert_with(|| "1".to_owned());
    }
    all
}

fn plan_of(desk: &str, pending: Pending) -> Plan {
    registry::writer(desk).unwrap().plan(&PlanInput {
        pending: vec![pending],
        initial_passwords: true,
        ..PlanInput::default()
    })
}

fn pending(entity: &str, base: Option<Fields>, current: Option<Fields>) -> Pending {
    Pending {
        entity: entity.to_owned(),
        record: String::new(),
        key: "anna".to_owned(),
        subject: "Anna".to_owned(),
        base,
        current,
    }
}

/// What an export makes of a field of something new, or of a change of it.
fn fate(desk: &str, rules: &FormRules, entity: Entity, field: &Field, is_new: bool) -> String {
    let taken = rules.of(entity).unwrap_or_default();
    let mut founds = BTreeSet::new();
    let ways: Vec<&str> = match field.kind {
        FieldKind::Password => rules
            .password
            .ways
            .iter()
            .copied()
            .filter(|way| *way != "unchanged")
            .collect(),
        _ => vec![""],
    };
    for way in ways {
        let (old, new) = if way.is_empty() {
            values(field)
        } else {
            ("unchanged", way)
        };
        let pending = if let Some((table, columns)) = link(entity, field.name) {
            pending(table, None, Some(fields(columns)))
        } else {
            let side = |value: &str| {
                let mut row = record(taken, "anna@example.org");
                row.insert(field.name.into(), value.to_owned());
                if field.kind == FieldKind::Password {
                    row.insert("password_kept".into(), "1".to_owned());
                    row.insert("status".into(), rules.status.first.name().to_owned());
                }
                row
            };
            let mut base = side(old);
            if way == "invitation" {
                base.insert("status".into(), "not-registered".to_owned());
            }
            pending(entity.name(), (!is_new).then_some(base), Some(side(new)))
        };
        founds.insert(one(desk, field, &plan_of(desk, pending), new, is_new));
    }
    founds.into_iter().collect::<Vec<_>>().join("; ")
}

/// Where a field went; what it says must stand in a file then.
fn one(desk: &str, field: &Field, plan: &Plan, new: &str, is_new: bool) -> String {
    let label = format!("{desk} {}", field.name);
    assert_eq!(plan.refused, Vec::<String>::new(), "{label}");
    let has = |o: &&Operation| {
        Entity::from_name(&o.entity).is_none() || o.changes.iter().any(|change| change.field == field.name)
    };
    let goes: Vec<&Operation> = plan.operations.iter().filter(has).collect();
    let Some(operation) = goes.first() else {
        let left = plan
            .not_exported
            .iter()
            .find(|n| n.field == field.name || n.field.is_empty());
        let code = left.map_or("", |left| left.code);
        // A number that the desk gives, and a login that is the address, are nothing to say of what is new.
        let by_the_desk = is_new && matches!(field.name, "key" | "login" | "status");
        assert!(
            !code.is_empty() || by_the_desk,
            "{label} is neither exported nor said not to be: {plan:?}"
        );
        assert!(left.is_none_or(|left| !left.reason.is_empty()), "{label}");
        return code.strip_prefix("not_exported.").map_or("", |code| code).to_owned();
    };
    let keys = plan
        .operations
        .iter()
        .map(|o| (o.key.clone(), "Secret7391!".to_owned().into()));
    let files = registry::writer(desk)
        .unwrap()
        .write(plan, &keys.collect::<Passwords>(), &Occasion::default())
        .unwrap();
    let told = |sign: &str| {
        files
            .iter()
            .any(|file| file.name != "README.txt" && file.text.contains(sign))
    };
    match field.kind {
        FieldKind::Flag => assert!(told("check the box"), "{label}"),
        FieldKind::Status | FieldKind::Password => {}
        _ => assert!(told(new) || told(MARK), "{label}: {files:?}"),
    }
    assert!(desk == "otobo" || !told("Secret7391"), "{label}: a password in a file");
    match operation.target.as_str() {
        "calls.jsonl" => "call".to_owned(),
        "worklist.html" => "worklist".to_owned(),
        _ => "script".to_owned(),
    }
}

/// What is said of a field: of new records, and of a change where that differs.
fn cell(desk: &str, entity: Entity, field: &Field) -> String {
    let rules = forms::rules(desk).unwrap();
    let status = field.kind == FieldKind::Status && entity == Entity::ExternalUser;
    if !rules.knows(entity, field.name) && !status {
        return String::new();
    }
    let words = |found: &str| match found {
        "call" | "worklist" | "script" | "" => found.to_owned(),
        code if code.contains("; ") => code.to_owned(),
        code => format!("no: `{code}`"),
    };
    let new = fate(desk, rules, entity, field, true);
    let changed = fate(desk, rules, entity, field, false);
    assert!(!changed.is_empty(), "{desk} {}", field.name);
    if new == changed || new.is_empty() {
        words(&changed)
    } else {
        format!("new: {}; changed: {}", words(&new), words(&changed))
    }
}

fn table() -> String {
    let mut out = String::new();
    for entity in Entity::ALL {
        for field in entity.fields().iter().filter(|field| !field.own) {
            let cells: Vec<String> = registry::desks()
                .iter()
                .map(|desk| cell(desk.id, entity, field))
                .collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                out.push_str(&format!(
                    "| `{}.{}` | {} |\n",
                    entity.name(),
                    field.name,
                    cells.join(" | ")
                ));
            }
        }
    }
    out
}

#[test]
fn every_field_of_every_form_goes_somewhere_and_the_documentation_says_where() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/exports.md");
    let names: Vec<&str> = registry::desks().iter().map(|desk| desk.name).collect();
    let head = format!("| field | {} |\n|---|---|---|---|---|---|\n", names.join(" | "));
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, written) = text
        .split_once(&head)
        .expect("docs/exports.md has the head of the table");
    let table = table();
    if std::env::var_os("PORTICO_WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{head}{table}")).unwrap();
    } else {
        assert_eq!(
            written, table,
            "run this test with PORTICO_WRITE_DOCS=1 to write the table"
        );
    }
}

#[test]
fn a_record_that_is_removed_ends_its_access_or_says_why_it_does_not() {
    for desk in registry::desks() {
        let rules = forms::rules(desk.id).unwrap();
        for entity in Entity::ALL {
            let Some(taken) = rules.of(entity) else { continue };
            let plan = plan_of(
                desk.id,
                pending(entity.name(), Some(record(taken, "anna@example.org")), None),
            );
            let ends = plan.operations.iter().any(|o| o.kind == Kind::Deactivate);
            assert!(
                ends != plan.not_exported.iter().any(|n| !n.reason.is_empty()),
                "{} {}: {plan:?}",
                desk.id,
                entity.name()
            );
            assert!(ends || entity != Entity::ExternalUser, "{}", desk.id);
        }
    }
}

#[test]
fn the_reasons_are_in_the_catalogue_in_every_language() {
    let mut codes: BTreeMap<String, &str> = BTreeMap::new();
    let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split("\"not_exported.").skip(1) {
                codes.insert(part.split('"').next().unwrap().to_owned(), "");
            }
        }
    }
    assert!(codes.len() > 20, "{codes:?}");
    for language in ["en", "de"] {
        let path = format!(
            "{}/../../../ui/src/words/{language}/not_exported.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let words: BTreeMap<String, String> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for code in codes.keys() {
            assert!(
                words.get(code).is_some_and(|text| !text.is_empty()),
                "{language}: {code}"
            );
        }
    }
}
