//! What the program does with each field: where it is kept, and whether it comes in and goes out.

use std::collections::{BTreeMap, BTreeSet};

use portico_api::types::users::UserForm;
use portico_core::form::field::{Entity, Field, Kind};
use portico_core::form::registry;
use portico_core::model::Validity;
use portico_desks::plan::{Fields, KnownRecords, Operation, Pending, PlanInput};
use portico_desks::{registry as desks, tables};
use portico_store::{NewWorkspace, Store};

use super::Line;

/// Columns of every table of a new workspace.
fn columns() -> BTreeMap<String, BTreeSet<String>> {
    let folder = tempfile::tempdir().unwrap();
    let new = NewWorkspace {
        name: "t".to_owned(),
        desk: "otobo".to_owned(),
    };
    let store = Store::create(&folder.path().join("w.portico"), &new).unwrap();
    let sql = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'";
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    store
        .read::<_, portico_store::StoreError>(|c| {
            let mut statement = c.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                tables.entry(row.get(0)?).or_default().insert(row.get(1)?);
            }
            Ok(())
        })
        .unwrap();
    tables
}

/// The table of a field that is kept as links, and what tells its rows from others of the table.
fn link(entity: Entity, field: &str) -> Option<(&'static str, &'static str)> {
    Some(match (entity, field) {
        (Entity::Group, "objects") => ("group_object", "level"),
        (Entity::ExternalUser, "further_accounts") => ("user_account", "account_id"),
        (Entity::ExternalUser, "seen_accounts") => ("user_account_view", "account_id"),
        (Entity::ExternalUser, "contacts") => ("user_contact", "contact_id"),
        (Entity::ExternalUser, "groups") => ("user_group", "permission"),
        (Entity::ExternalUser, "read_addresses" | "write_addresses") => ("user_address", "permission"),
        (Entity::ExternalUser, "responsible_groups") => ("user_responsible_group", "group_id"),
        (Entity::ExternalUser, "responsible_agents") => ("user_responsible_agent", "agent_id"),
        (Entity::ExternalUser, "ticket_types") => ("user_ticket_type", "type_id"),
        (Entity::ExternalUser, "ticket_states") => ("user_ticket_state", "state_id"),
        (Entity::ExternalUser, "services") => ("user_service", "service_id"),
        (Entity::ExternalUser, "objects") => ("user_object", "level"),
        _ => return None,
    })
}

fn kept(entity: Entity, field: &Field, tables: &BTreeMap<String, BTreeSet<String>>) -> String {
    let (table, column) = match (link(entity, field.name), field.kind) {
        (Some((table, column)), _) => (table.to_owned(), column.to_owned()),
        (None, Kind::Status) => (entity.name().to_owned(), "validity".to_owned()),
        (None, Kind::One(_)) => (entity.name().to_owned(), format!("{}_id", field.name)),
        (None, _) => (entity.name().to_owned(), field.name.to_owned()),
    };
    assert!(
        tables.get(&table).is_some_and(|columns| columns.contains(&column)),
        "there is no {table}.{column}"
    );
    format!("{table}.{column}")
}

/// Tables of a dump that the reader takes a field from; nothing where the dump does not have it.
fn read_from(entity: Entity, field: &str) -> Option<&'static str> {
    Some(match (entity, field) {
        (Entity::Backend, _) | (_, "backend") => return None,
        (_, "password") => "customer_user: whether there is one, never the hash",
        (_, "further_accounts") => "customer_user_customer",
        (Entity::ExternalUser, "groups") => "group_customer_user",
        (_, "services") => "service_customer_user",
        (Entity::ExternalUser, _) => "customer_user",
        (Entity::Account, _) => "customer_company",
        (Entity::Group, _) => "groups_table, permission_groups",
        (Entity::Queue, _) => "queue",
        (Entity::TicketType, _) => "ticket_type",
        (Entity::TicketState, _) => "ticket_state",
        (Entity::TicketPriority, _) => "ticket_priority",
        (Entity::Service, _) => "service",
        _ => return None,
    })
}

fn import(desk: &str, entity: Entity, field: &str) -> String {
    if !desks::desk(desk).unwrap().can_read {
        return "none: no reader for this desk yet".to_owned();
    }
    if desks::desk(desk).unwrap().reads_tables {
        let known = tables::fields(desk, entity).iter().any(|one| one.name == field);
        let kind = tables::kind_name(entity).filter(|_| known);
        return kind.map_or_else(
            || "none: not in tables".to_owned(),
            |kind| format!("a column of the table {kind}"),
        );
    }
    let (from, otherwise) = match desk {
        "otobo" => (read_from(entity, field), "none: not in the tables of a dump"),
        _ => (list_of(desk, entity, field), "none: not in the desk's lists"),
    };
    from.unwrap_or(otherwise).to_owned()
}

/// Lists of a desk's interface that the reader takes a field from; nothing where they do not have it.
fn list_of(desk: &str, entity: Entity, field: &str) -> Option<&'static str> {
    Some(match (desk, entity, field) {
        (_, _, "password") | ("daktela", Entity::ExternalUser, "status") => return None,
        ("daktela", Entity::ExternalUser, _) => "externalsUsers",
        ("daktela", Entity::Queue, _) => "ticketsCategories",
        ("daktela", Entity::TicketState, _) => "tickets: the four stages",
        ("daktela" | "zoho", Entity::Account, _) => "accounts",
        ("zoho", _, "status") => "contacts, contacts/{id}/helpCenters",
        ("zoho", _, "further_accounts" | "seen_accounts") => "accounts/{id}/contacts",
        ("zoho", Entity::ExternalUser, "groups") => "groups/{id}/users",
        ("daktela", Entity::Contact, _) | ("zoho", Entity::ExternalUser, _) => "contacts",
        ("zoho" | "elma365", Entity::Group, "name" | "description") | ("zoho", Entity::Group, _) => "groups",
        ("elma365", Entity::ExternalUser, "groups") => "members",
        ("elma365", Entity::ExternalUser | Entity::Group, "objects") => "rights",
        ("elma365", Entity::ExternalUser, _) => "app/_system_catalogs/_user_profiles",
        ("elma365", Entity::Account, _) => "app/_clients/_companies",
        ("elma365", Entity::Agent, _) => "user",
        ("elma365", Entity::PortalObject, _) => "objects",
        ("zoho", Entity::Queue, _) => "departments",
        _ => return None,
    })
}

/// What the desk's writer makes of a change of this field.
fn export(desk: &str, entity: Entity, field: &Field) -> String {
    let fields = |pairs: &[(&str, &str)]| -> Fields {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned().into(), (*value).to_owned()))
            .collect()
    };
    let linked = link(entity, field.name).map(|(table, _)| table);
    let pending = match linked {
        Some(table) => Pending {
            entity: table.to_owned(),
            record: String::new(),
            key: "k".to_owned(),
            subject: String::new(),
            base: None,
            current: Some(fields(&[
                ("user", "anna"),
                ("account", "ACME"),
                ("group", "desk"),
                ("permission", "ro"),
                ("service", "s"),
                ("contact", "c"),
                ("address", "a"),
                ("agent", "b"),
                ("type", "t"),
                ("state", "n"),
                ("object", "o"),
                ("level", "view"),
            ])),
        },
        None => {
            let (old, new) = match field.kind {
                Kind::Status => ("valid", "invalid"),
                // The first way that the desk has beside leaving it alone.
                Kind::Password => ("unchanged", registry::rules(desk).unwrap().password.ways[1]),
                _ => ("0", "1"),
            };
            let record = |value: &str| {
                let mut record = fields(&[
                    ("login", "anna"),
                    ("key", "ACME"),
                    ("name", "desk"),
                    ("email", "anna@acme.example"),
                    ("status", "valid"),
                    ("present", "1"),
                ]);
                if field.kind == Kind::Password {
                    // Who is invited has not come yet.
                    record.insert("status".into(), Validity::NotRegistered.name().to_owned());
                }
                record.insert(field.name.into(), value.to_owned());
                record
            };
            Pending {
                entity: entity.name().to_owned(),
                record: String::new(),
                key: "k".to_owned(),
                subject: String::new(),
                base: Some(record(old)),
                current: Some(record(new)),
            }
        }
    };
    let input = PlanInput {
        pending: vec![pending],
        logins: vec!["anna".to_owned(), "1".to_owned()],
        settings: vec![],
        initial_passwords: true,
        known: KnownRecords::new(),
    };
    let plan = desks::writer(desk).unwrap().plan(&input);
    let is_told = !plan.operations.is_empty() || !plan.not_exported.is_empty();
    assert!(
        is_told,
        "{desk}: {} {} is neither exported nor said not to be",
        entity.name(),
        field.name
    );
    let says = |op: &Operation| {
        op.changes
            .iter()
            .any(|c| c.field == field.name || field.kind == Kind::Status)
    };
    if let Some(written) = plan.operations.iter().find(|op| linked.is_some() || says(op)) {
        let way = match written.target.as_str() {
            "calls.jsonl" => "call",
            "worklist.html" => "worklist",
            _ => "script",
        };
        return way.to_owned();
    }
    let reasons: BTreeSet<&str> = plan.not_exported.iter().map(|left| left.code).collect();
    format!("none: {}", reasons.into_iter().collect::<Vec<_>>().join(", "))
}

/// The lines that the program knows, without what is written by hand.
pub(super) fn known() -> Vec<Line> {
    let tables = columns();
    let mut lines = Vec::new();
    for desk in registry::DESKS {
        let rules = registry::rules(desk).unwrap();
        for entity in Entity::ALL {
            for field in entity.fields() {
                let status = field.kind == Kind::Status && rules.of(entity).is_some();
                if rules.knows(entity, field.name) || (status && entity == Entity::ExternalUser) {
                    lines.push(of_field(desk, entity, field, &tables));
                }
            }
        }
    }
    for field in Entity::ExternalUser.fields().iter().filter(|field| field.own) {
        lines.push(Line {
            import: "none: no desk has it".to_owned(),
            export: "none: no desk has it".to_owned(),
            ..of_field("all", Entity::ExternalUser, field, &tables)
        });
    }
    lines
}

fn of_field(desk: &str, entity: Entity, field: &Field, tables: &BTreeMap<String, BTreeSet<String>>) -> Line {
    let is_person = entity == Entity::ExternalUser;
    if is_person {
        assert!(
            UserForm::default().value(field.name).is_some(),
            "the form has no {}",
            field.name
        );
    }
    let cli = if field.name == "further_accounts" {
        "accounts"
    } else {
        field.name
    };
    let (import, export) = if desk == "all" {
        (String::new(), String::new())
    } else {
        (import(desk, entity, field.name), export(desk, entity, field))
    };
    Line {
        desk: desk.to_owned(),
        field: format!("{}.{}", entity.name(), field.name),
        kept: kept(entity, field, tables),
        form: format!("{}/{}", field.tab, field.section),
        cli: if is_person {
            cli.to_owned()
        } else {
            "none: porticoctl names these records, and edits people".to_owned()
        },
        import,
        export,
        ..Line::default()
    }
}

/// Written by hand as a whole: settings, links that are no field of a form, and what there is no field for.
pub(super) fn is_by_hand(line: &Line) -> bool {
    ["none:", "link ", "setting "]
        .iter()
        .any(|begin| line.field.starts_with(begin))
}
