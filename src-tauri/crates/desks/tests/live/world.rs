//! Interfaces that serve the small desks of tests/fixtures, page by page.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::server::{Asked, Reply};

pub(crate) const TOKEN: &str = "hunter2-token";

/// The records of all lists of a fixture, by path without number and ending.
pub(crate) struct Lists(BTreeMap<String, Vec<Value>>);

impl Lists {
    pub(crate) fn of(name: &str, records: &str) -> Self {
        let mut lists: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../../tests/fixtures")
            .join(name);
        let mut files = Vec::new();
        walk(&root, &root, &mut files);
        files.sort();
        for file in files {
            let text = std::fs::read(root.join(&file)).unwrap();
            let value: Value = serde_json::from_slice(&text).unwrap();
            let stem = file.strip_suffix(".json").unwrap();
            let list = stem.trim_end_matches(|c: char| c.is_ascii_digit());
            let list = list.strip_suffix('-').unwrap_or(stem);
            if let Some(some) = value.pointer(records).and_then(Value::as_array) {
                lists.entry(list.to_owned()).or_default().extend(some.iter().cloned());
            }
        }
        Self(lists)
    }

    pub(crate) fn get(&self, list: &str) -> Option<&[Value]> {
        self.0.get(list).map(Vec::as_slice)
    }

    pub(crate) fn set(&mut self, list: &str, records: Vec<Value>) {
        self.0.insert(list.to_owned(), records);
    }

    pub(crate) fn remove(&mut self, list: &str) {
        self.0.remove(list);
    }
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            files.push(path.strip_prefix(root).unwrap().display().to_string());
        }
    }
}

pub(crate) fn page(all: &[Value], skip: usize, take: usize) -> Vec<Value> {
    all.iter().skip(skip).take(take).cloned().collect()
}

/// `/api/v6/contacts.json?skip=0&take=2`.
pub(crate) fn daktela(lists: &Lists, asked: &Asked) -> Reply {
    if asked.header("X-AUTH-TOKEN") != Some(TOKEN) {
        return Reply::status(401);
    }
    let name = asked
        .path
        .strip_prefix("/api/v6/")
        .and_then(|path| path.strip_suffix(".json"));
    let Some(all) = name.and_then(|name| lists.get(name)) else {
        return Reply::status(404);
    };
    let (skip, take) = (asked.number("skip").unwrap(), asked.number("take").unwrap());
    let data = page(all, skip, take.min(1_000));
    Reply::json(&json!({"error": [], "result": {"data": data, "total": all.len()}, "_time": "2026-10-05 14:00:00"}))
}

/// `POST /pub/v1/app/service/requests/list` with `from` and `size`.
pub(crate) fn elma365(lists: &Lists, asked: &Asked) -> Reply {
    if asked.header("Authorization") != Some(&format!("Bearer {TOKEN}")) {
        return Reply::status(401);
    }
    let name = asked.path.strip_prefix("/pub/v1/");
    let Some(all) = name.and_then(|name| lists.get(name)).filter(|_| asked.method == "POST") else {
        return Reply::status(404);
    };
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    if asked.path.contains("/app/") && (body["active"] != json!(true) || body["fields"] != json!({"*": true})) {
        return Reply::json(&json!({"success": false, "error": "no fields", "result": null}));
    }
    let number = |name: &str| usize::try_from(body[name].as_u64().unwrap()).unwrap();
    let result = page(all, number("from"), number("size"));
    Reply::json(&json!({"success": true, "error": "", "result": {"result": result, "total": all.len()}}))
}

/// `/api/v1/contacts?from=2&limit=2`; `base` is the number of the first record.
pub(crate) fn zoho(lists: &Lists, asked: &Asked, base: usize, token: &str) -> Reply {
    if asked.header("Authorization") != Some(&format!("Zoho-oauthtoken {token}")) || asked.header("orgId") != Some("7")
    {
        return Reply::status(401);
    }
    let name = asked.path.strip_prefix("/api/v1/").unwrap_or_default();
    if name == "ticketsCount" {
        return Reply::json(&json!({"count": lists.get("tickets").unwrap().len().to_string()}));
    }
    if let Some(key) = name.strip_prefix("contacts/").filter(|key| !key.contains('/')) {
        let contact = lists
            .get("whole contacts")
            .unwrap()
            .iter()
            .find(|one| one["id"] == json!(key));
        return contact.map_or(Reply::status(404), Reply::json);
    }
    let archive;
    let all = if name == "tickets/archivedTickets" {
        let Some(department) = asked.query("departmentId") else {
            return Reply::status(422);
        };
        let of = |one: &&Value| one["departmentId"] == json!(department);
        archive = lists
            .get(name)
            .unwrap_or_default()
            .iter()
            .filter(of)
            .cloned()
            .collect::<Vec<_>>();
        &archive
    } else {
        let Some(all) = lists.get(name) else {
            return Reply::status(204);
        };
        all
    };
    let data = match (asked.number("from"), asked.number("limit")) {
        (_, None) => all.to_vec(),
        (from, Some(limit)) => page(all, from.unwrap_or(base).saturating_sub(base), limit),
    };
    if data.is_empty() {
        return Reply::status(204);
    }
    Reply::json(&json!({ "data": data }))
}
