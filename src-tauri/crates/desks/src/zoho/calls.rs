//! The calls of an export, by Zoho Desk's `OpenAPI` files.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::ways::WAYS;
use crate::calls::{Call, key, placeholder, segment};
use crate::plan::{Change, Kind, Operation, PASSWORD, Plan};
use crate::ways::{CALLS, readme};
use crate::writer::Occasion;

/// Stands for the number of the help center; who makes the calls puts it in.
pub(super) const HELP_CENTER: &str = "{{helpCenter}}";

const EMPTIED: &str = "null empties a field";
const CREDIT: &str = "one credit";
const ACCOUNTS: &str = "accounts are made and changed as contacts are";
const MAPPINGS: &str = "the answer holds the mappings without being asked for them";

/// What is sent.
type Body = BTreeMap<String, Value>;

/// All calls, in the order in which they are made.
pub(super) fn calls(plan: &Plan, occasion: &Occasion) -> Vec<Call> {
    let operations = || plan.operations.iter().filter(|o| o.target == CALLS);
    let made = operations().filter(|o| o.kind == Kind::Create);
    let pairs = operations().filter(|o| o.entity == "user_account" && o.kind == Kind::Link);
    let views = operations().filter(|o| o.entity == "user_account_view" && o.kind == Kind::Link);
    let list = List {
        plan,
        occasion,
        made: made.map(|o| (o.entity.as_str(), o.key.as_str())).collect(),
        pairs: pairs.map(pair).collect(),
        views: views.map(pair).collect(),
    };
    operations().flat_map(|operation| list.of(operation)).collect()
}

fn pair(operation: &Operation) -> (&str, &str) {
    (operation.value("user"), operation.value("account"))
}

/// What is known of all operations while calls are made of each.
struct List<'a> {
    plan: &'a Plan,
    occasion: &'a Occasion,
    /// Records that the calls make.
    made: BTreeSet<(&'a str, &'a str)>,
    /// Contacts that get a further account.
    pairs: BTreeSet<(&'a str, &'a str)>,
    /// Contacts that are to see all tickets of an account.
    views: BTreeSet<(&'a str, &'a str)>,
}

impl List<'_> {
    fn of(&self, operation: &Operation) -> Vec<Call> {
        match (operation.entity.as_str(), operation.kind) {
            ("external_user", Kind::Create) => vec![self.create(operation, "/contacts", Body::new())],
            ("external_user", _) if operation.new_value(PASSWORD) == "invitation" => vec![self.invite(operation)],
            ("external_user", _) => vec![self.change(operation, "contacts")],
            ("account", Kind::Create) => vec![self.create(operation, "/accounts", Body::new())],
            ("account", _) => vec![self.change(operation, "accounts")],
            ("permission_group", _) => {
                let help_center = ("helpCenterId".to_owned(), json!(HELP_CENTER));
                vec![self.create(operation, "/groups", Body::from([help_center]))]
            }
            ("user_account", _) => vec![self.associate(operation)],
            // The call that gives the account says it.
            ("user_account_view", Kind::Link) if self.pairs.contains(&pair(operation)) => Vec::new(),
            ("user_account_view", _) => self.switch(operation),
            ("user_group", _) => self.member(operation),
            _ => Vec::new(),
        }
    }

    fn call(
        &self,
        operation: &Operation,
        number: usize,
        method: &'static str,
        path: String,
        body: Option<Body>,
    ) -> Call {
        Call {
            key: key(WAYS.id, self.occasion, operation, number),
            does: does(operation),
            method,
            path,
            body,
            credits: 1,
            answers: BTreeMap::new(),
            assumed: if operation.entity == "account" {
                vec![CREDIT, ACCOUNTS]
            } else {
                vec![CREDIT]
            },
        }
    }

    fn create(&self, operation: &Operation, path: &str, mut body: Body) -> Call {
        body.extend(self.values(operation));
        let mut call = self.call(operation, 0, "POST", path.to_owned(), Some(body));
        let here = self.id(&operation.entity, &operation.key);
        call.answers.insert(here, "id".to_owned());
        call
    }

    fn change(&self, operation: &Operation, list: &str) -> Call {
        let body = self.values(operation);
        let empties = body.values().any(Value::is_null) || body.get("cf").is_some_and(has_null);
        let path = format!("/{list}/{}", self.id(&operation.entity, &operation.key));
        let mut call = self.call(operation, 0, "PATCH", path, Some(body));
        if empties {
            call.assumed.push(EMPTIED);
        }
        call
    }

    fn invite(&self, operation: &Operation) -> Call {
        let path = format!("/contacts/{}/inviteAsEndUser", self.id("external_user", &operation.key));
        let body = Body::from([("helpCenterId".to_owned(), json!(HELP_CENTER))]);
        self.call(operation, 0, "POST", path, Some(body))
    }

    fn associate(&self, operation: &Operation) -> Call {
        let (user, account) = pair(operation);
        let sees = self.views.contains(&(user, account));
        let data = json!([{ "id": self.number("account", account), "isAccountTicketsViewable": sees }]);
        let path = format!("/contacts/{}/associateAccounts", self.id("external_user", user));
        let body = Body::from([("data".to_owned(), data)]);
        self.call(operation, 0, "POST", path, Some(body))
    }

    /// The switch of a contact and an account that it has: its number is looked up first.
    fn switch(&self, operation: &Operation) -> Vec<Call> {
        let (user, account) = pair(operation);
        let mapping = placeholder("mapping", &[user, account]);
        let path = format!("/accounts/{}/contacts", self.id("account", account));
        let mut ask = self.call(operation, 0, "GET", path, None);
        let contact = self.number("external_user", user);
        ask.answers.insert(
            mapping.clone(),
            format!("mappingId of contact {contact}, which may stand on a later page"),
        );
        ask.assumed.push(MAPPINGS);
        let sees = operation.kind == Kind::Link;
        let body = Body::from([("isAccountTicketsViewable".to_owned(), json!(sees))]);
        let path = format!("/accountContactMapping/{mapping}");
        vec![ask, self.call(operation, 1, "PATCH", path, Some(body))]
    }

    /// Groups have users of the portal, whose number is not the contact's: it is looked up first.
    fn member(&self, operation: &Operation) -> Vec<Call> {
        let (user, group) = (operation.value("user"), operation.value("group"));
        let member = placeholder("user", &[user]);
        let path = format!("/contacts/{}/helpCenters", self.id("external_user", user));
        let mut ask = self.call(operation, 0, "GET", path, None);
        ask.answers
            .insert(member.clone(), format!("userId of help center {HELP_CENTER}"));
        let (verb, body) = if operation.kind == Kind::Link {
            ("add", ("users".to_owned(), json!([{ "id": member }])))
        } else {
            ("remove", ("userIds".to_owned(), json!([member])))
        };
        let path = format!("/groups/{}/users/{verb}", self.id("permission_group", group));
        vec![ask, self.call(operation, 1, "POST", path, Some(Body::from([body])))]
    }

    /// A record in a path.
    fn id(&self, entity: &str, key: &str) -> String {
        let number = self.number(entity, key);
        if number.starts_with("{{") {
            number
        } else {
            segment(&number)
        }
    }

    /// The desk's number of a record, or what stands for it.
    fn number(&self, entity: &str, key: &str) -> String {
        let known = self.plan.known.get(&(entity.to_owned(), key.to_owned()));
        let number = known.and_then(|known| known.desk_key.clone());
        let is_to_come = self.made.contains(&(entity, key)) || entity == "permission_group";
        // What looks like a placeholder is none of ours.
        let number = number.or_else(|| (!is_to_come).then(|| key.to_owned()));
        number
            .filter(|number| !number.starts_with("{{"))
            .unwrap_or_else(|| placeholder(thing(entity), &[key]))
    }

    /// The members of a record, by name; `null` for what is emptied.
    fn values(&self, operation: &Operation) -> Body {
        let entity = portico_core::form::field::Entity::from_name(&operation.entity);
        let Some(records) = entity.and_then(|entity| WAYS.of(entity)) else {
            return Body::new();
        };
        let values = operation.changes.iter().filter_map(|change| {
            let label = records.field(&change.field)?.label.to_owned();
            let new = change.new.as_deref().unwrap_or_default();
            let value = match change.field.as_str() {
                "custom" => custom(change),
                "account" if !new.is_empty() => json!(self.number("account", new)),
                _ if new.is_empty() => Value::Null,
                _ => json!(new),
            };
            Some((label, value))
        });
        values.collect()
    }
}

fn thing(entity: &str) -> &'static str {
    match entity {
        "external_user" => "contact",
        "account" => "account",
        _ => "group",
    }
}

/// What a call is for.
fn does(operation: &Operation) -> String {
    let words = readme::words(operation);
    words
        .split_once(": ")
        .map_or(words.clone(), |(_, words)| words.to_owned())
}

/// Custom fields that are other ones now; those that are gone are emptied.
fn custom(change: &Change) -> Value {
    let read = |text: &Option<String>| -> Map<String, Value> {
        serde_json::from_str(text.as_deref().unwrap_or_default()).unwrap_or_default()
    };
    let (old, new) = (read(&change.old), read(&change.new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differing = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    let values: BTreeMap<&String, Value> = differing
        .map(|name| (name, new.get(name).cloned().unwrap_or_default()))
        .collect();
    json!(values)
}

fn has_null(value: &Value) -> bool {
    value.as_object().is_some_and(|all| all.values().any(Value::is_null))
}
