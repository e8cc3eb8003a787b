//! The tables of a written dump, and how keys and names get their numbers.

use std::collections::HashMap;

/// Ids for keys that are no numbers begin here.
const OWN_IDS: i64 = 1_000_000_000;

/// Tables and their columns. The table of groups is written under OTOBO's name and renamed at the end.
pub(super) const TABLES: [(&str, &str); 18] = [
    ("groups_table", "id,name,comments,valid_id"),
    ("queue", "id,name,group_id,follow_up_id,valid_id"),
    ("ticket_type", "id,name,valid_id"),
    ("ticket_state", "id,name,type_id,valid_id"),
    ("ticket_state_type", "id,name"),
    ("ticket_priority", "id,name,valid_id"),
    ("follow_up_possible", "id,name"),
    ("article_sender_type", "id,name"),
    ("communication_channel", "id,name"),
    ("service", "id,name,valid_id"),
    ("service_customer_user", "customer_user_login,service_id"),
    (
        "customer_company",
        "customer_id,name,street,zip,city,country,url,comments,valid_id",
    ),
    (
        "customer_user",
        "id,login,email,customer_id,title,first_name,last_name,phone,fax,mobile,street,zip,city,country,comments,valid_id,has_password",
    ),
    ("customer_user_customer", "user_id,customer_id"),
    (
        "group_customer_user",
        "user_id,group_id,permission_key,permission_value",
    ),
    (
        "group_customer",
        "customer_id,group_id,permission_key,permission_value,permission_context",
    ),
    (
        "ticket",
        "id,tn,title,queue_id,type_id,service_id,ticket_state_id,ticket_priority_id,customer_id,customer_user_id,archive_flag",
    ),
    (
        "article",
        "id,ticket_id,article_sender_type_id,communication_channel_id,is_visible_for_customer",
    ),
];
pub(super) const MIME: (&str, &str) = ("article_data_mime", "article_id,a_from,a_subject,a_body");

/// Names that have their number, given in the order in which they come.
pub(super) struct Numbered {
    ids: HashMap<String, i64>,
    pub(super) order: Vec<String>,
}

impl Numbered {
    pub(super) fn starting(names: &[&str]) -> Self {
        let mut numbered = Self {
            ids: HashMap::new(),
            order: Vec::new(),
        };
        for name in names {
            numbered.id(name);
        }
        numbered
    }

    pub(super) fn id(&mut self, name: &str) -> i64 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        self.order.push(name.to_owned());
        let id = i64::try_from(self.order.len()).unwrap_or(i64::MAX);
        self.ids.insert(name.to_owned(), id);
        id
    }
}

/// The numbers of keys that are none.
#[derive(Default)]
pub(super) struct Keys(HashMap<(&'static str, String), i64>);

impl Keys {
    pub(super) fn id(&mut self, kind: &'static str, key: &str) -> String {
        if key.is_empty() || key.parse::<i64>().is_ok_and(|id| id > 0 && id.to_string() == key) {
            return key.to_owned();
        }
        let next = OWN_IDS + i64::try_from(self.0.len()).unwrap_or(0);
        self.0.entry((kind, key.to_owned())).or_insert(next).to_string()
    }
}
