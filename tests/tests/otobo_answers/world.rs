//! The tables and settings of that OTOBO as a world in memory.

use std::collections::HashMap;

use portico_core::access::setting::{Settings, Value};
use portico_core::access::world::World;
use portico_core::model::{
    Account, AccountGroup, Activity, Context, ExternalUser, Group, Named, Queue, Ticket, TicketState, UserAccount,
    UserGroup, Validity,
};
use serde_json::Value as Json;

use super::fixture;

type Record = HashMap<String, String>;

fn table(name: &str) -> Vec<Record> {
    let mut reader = csv::Reader::from_path(fixture(&format!("tables/{name}.csv"))).unwrap();
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

fn text(record: &Record, column: &str) -> String {
    record[column].clone()
}

fn validity(record: &Record) -> Validity {
    Validity::from_number(record["valid_id"].parse().unwrap()).unwrap()
}

fn seconds(record: &Record, column: &str) -> i64 {
    let time: jiff::civil::DateTime = record[column].parse().unwrap();
    time.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second()
}

fn named(table_name: &str) -> Vec<Named> {
    let rows = table(table_name);
    rows.iter()
        .map(|r| Named {
            key: text(r, "id"),
            name: text(r, "name"),
            validity: validity(r),
        })
        .collect()
}

fn names_of(table_name: &str) -> HashMap<String, String> {
    table(table_name)
        .iter()
        .map(|r| (text(r, "id"), text(r, "name")))
        .collect()
}

/// The tables as they are, read without any part of the product.
pub(super) fn load() -> World {
    let mut world = World {
        types: named("ticket_type"),
        priorities: named("ticket_priority"),
        ..World::default()
    };
    for r in &table("groups_table") {
        world.groups.push(Group {
            key: text(r, "id"),
            name: text(r, "name"),
            validity: validity(r),
            ..Group::default()
        });
    }
    let follow_ups = names_of("follow_up_possible");
    for r in &table("queue") {
        world.queues.push(Queue {
            key: text(r, "id"),
            name: text(r, "name"),
            group: text(r, "group_id"),
            follow_up: follow_ups[&r["follow_up_id"]].clone(),
            validity: validity(r),
            ..Queue::default()
        });
    }
    let kinds = names_of("ticket_state_type");
    for r in &table("ticket_state") {
        let kind = kinds[&r["type_id"]].clone();
        world.states.push(TicketState {
            key: text(r, "id"),
            name: text(r, "name"),
            kind,
            validity: validity(r),
        });
    }
    for r in &table("customer_company") {
        let (key, name) = (text(r, "customer_id"), text(r, "name"));
        world.accounts.push(Account {
            key,
            name,
            validity: validity(r),
            ..Account::default()
        });
    }
    for r in &table("customer_user") {
        world.users.push(ExternalUser {
            key: text(r, "login"),
            login: text(r, "login"),
            account: text(r, "customer_id"),
            validity: validity(r),
            ..ExternalUser::default()
        });
    }
    links(&mut world);
    tickets(&mut world);
    world
}

fn links(world: &mut World) {
    for r in &table("customer_user_customer") {
        world.user_accounts.push(UserAccount {
            user: text(r, "user_id"),
            account: text(r, "customer_id"),
        });
    }
    for r in table("group_customer_user")
        .iter()
        .filter(|r| r["permission_value"] == "1")
    {
        let (user, group, permission) = (text(r, "user_id"), text(r, "group_id"), text(r, "permission_key"));
        world.user_groups.push(UserGroup {
            user,
            group,
            permission,
        });
    }
    for r in table("group_customer").iter().filter(|r| r["permission_value"] == "1") {
        let context = match r["permission_context"].as_str() {
            "Ticket::CustomerID::Same" => Context::Same,
            _ => Context::Other,
        };
        let (account, group, permission) = (text(r, "customer_id"), text(r, "group_id"), text(r, "permission_key"));
        world.account_groups.push(AccountGroup {
            account,
            group,
            permission,
            context,
        });
    }
}

fn tickets(world: &mut World) {
    let kinds: HashMap<_, _> = world.states.iter().map(|s| (s.key.clone(), s.kind.clone())).collect();
    for r in &table("ticket") {
        world.tickets.push(Ticket {
            id: r["id"].parse().unwrap(),
            number: text(r, "tn"),
            owner: text(r, "customer_user_id"),
            account: text(r, "customer_id"),
            queue: text(r, "queue_id"),
            state: text(r, "ticket_state_id"),
            state_kind: kinds[&r["ticket_state_id"]].clone(),
            created: seconds(r, "create_time"),
            archived: r["archive_flag"] == "1",
            ..Ticket::default()
        });
    }
    let mut articles = table("article");
    articles.sort_by_key(|r| r["id"].parse::<i64>().unwrap());
    let mut positions: HashMap<i64, i64> = HashMap::new();
    for r in &articles {
        let ticket = r["ticket_id"].parse().unwrap();
        let position = positions.entry(ticket).or_default();
        *position += 1;
        let visible = r["is_visible_for_customer"] == "1";
        world.activities.push(Activity {
            ticket,
            position: *position,
            visible,
            ..Activity::default()
        });
    }
}

pub(super) fn settings(config: &Json) -> Settings {
    let on = |name: &str| Value::Switch(config[name] == "1");
    let groups = |name: &str| {
        Value::Names(
            config[name]
                .as_array()
                .unwrap()
                .iter()
                .map(|g| g.as_str().unwrap().to_owned())
                .collect(),
        )
    };
    let other = config["CustomerGroupPermissionContext"]
        .get("100-CustomerID-other")
        .is_some();
    let mut settings = Settings::default();
    for name in [
        "CustomerGroupSupport",
        "Ticket::Frontend::CustomerDisableCompanyTicketAccess",
        "Ticket::Type",
        "Ticket::Service",
    ] {
        settings.set(name, on(name));
    }
    for name in ["CustomerGroupAlwaysGroups", "CustomerGroupCompanyAlwaysGroups"] {
        settings.set(name, groups(name));
    }
    settings.set(
        "CustomerGroupPermissionContext###100-CustomerID-other",
        Value::Switch(other),
    );
    settings.set("database", Value::choice("postgresql"));
    settings.set(
        "Portico::NothingElseDecides",
        Value::Switch(config["Ticket::ArchiveSystem"] == "0"),
    );
    settings
}
