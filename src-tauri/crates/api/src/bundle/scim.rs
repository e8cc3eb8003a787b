//! People and groups as resources of SCIM 2.0 (RFC 7643), in answers to a list (RFC 7644, 3.4.2): what an identity
//! management would read of a desk.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::Ordering;

use portico_core::fold;
use portico_core::id::{ExternalUserId, GroupId};
use portico_core::model::Validity;
use portico_store::Connection;
use portico_store::table::{account, external_user, permission_group, user_group};
use serde_json::{Value as Json, json};

use super::write::ListResponse;
use super::{Bundle, cancelled, whole};
use crate::error::ApiError;
use crate::exposure::Work;
use crate::numbers::small;
use crate::session::{Action, Session};
use crate::types::records::EntityCount;
use crate::types::transfer::Progress;

const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// What SCIM has no attribute for.
const OWN: &str = "urn:portico:scim:schemas:extension:2.0:ExternalUser";
/// People read at a time.
const PAGE: usize = 500;

/// Writes `Users.json` and `Groups.json` into a new folder, which is there as a whole or not at all. Ids are Portico's,
/// `externalId` is the desk's key. Groups that are not valid give nobody a right and are left out, as is who has
/// neither login nor e-mail address: a user of SCIM must have a `userName`.
pub fn write_scim(session: &Session, folder: &Path, work: &mut Work<'_>) -> Result<Bundle, ApiError> {
    session.may(Action::Export)?;
    let mut counts = [0, 0];
    let mut notes = Vec::new();
    whole(folder, |part| {
        session.store().read(|c| {
            let groups: HashMap<GroupId, permission_group::Row> = permission_group::all(c)?
                .into_iter()
                .filter(|group| group.present && group.validity == Validity::Valid)
                .map(|group| (group.id, group))
                .collect();
            let mut names = Names::default();
            counts[0] = users(c, &part.join("Users.json"), &groups, &mut names, work)?;
            counts[1] = group_list(c, &part.join("Groups.json"), &groups, &names.without, work)?;
            notes = names.notes();
            Ok::<_, ApiError>(())
        })
    })?;
    let count = |entity: &str, total: u64| EntityCount {
        entity: entity.to_owned(),
        total: small(total),
    };
    Ok(Bundle {
        folder: folder.display().to_string(),
        files: vec!["Users.json".to_owned(), "Groups.json".to_owned()],
        records: vec![count("external_user", counts[0]), count("permission_group", counts[1])],
        notes,
    })
}

/// What SCIM demands of names.
#[derive(Default)]
struct Names {
    /// Who has none.
    without: HashSet<ExternalUserId>,
    /// Those that were given, without case.
    given: HashSet<String>,
    doubled: u64,
}

impl Names {
    fn take(&mut self, name: &str) {
        if !self.given.insert(fold::full(name)) {
            self.doubled += 1;
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.without.is_empty() {
            notes.push(format!(
                "left out, with neither login nor e-mail address: {}",
                self.without.len()
            ));
        }
        if self.doubled > 0 {
            notes.push(format!(
                "userName like another's but for case, of which a server of SCIM takes only one: {}",
                self.doubled
            ));
        }
        notes
    }
}

fn go_on(work: &mut Work<'_>, kind: &str, done: u64) -> Result<(), ApiError> {
    if work.cancelled.load(Ordering::Relaxed) {
        return Err(cancelled());
    }
    (work.tell)(Progress {
        job: work.job.to_owned(),
        phase: "writing".to_owned(),
        kind: kind.to_owned(),
        done,
    });
    Ok(())
}

fn users(
    c: &Connection,
    path: &Path,
    groups: &HashMap<GroupId, permission_group::Row>,
    names: &mut Names,
    work: &mut Work<'_>,
) -> Result<u64, ApiError> {
    let mut list = ListResponse::create(path)?;
    for some in external_user::ids(c)?.chunks(PAGE) {
        go_on(work, "external_user", list.resources())?;
        let mut rights: HashMap<ExternalUserId, Vec<user_group::Row>> = HashMap::new();
        for right in user_group::of_users(c, some)? {
            rights.entry(right.user_id).or_default().push(right);
        }
        for id in some {
            let person = external_user::get(c, *id)?;
            let Some(name) = user_name(&person) else {
                names.without.insert(*id);
                continue;
            };
            names.take(name);
            let account = person.account_id.map(|id| account::get(c, id)).transpose()?;
            let rights = rights.remove(id).unwrap_or_default();
            list.put(&user(&person, name, account.as_ref(), &rights, groups))?;
        }
    }
    list.finish()
}

fn user_name(person: &external_user::Row) -> Option<&str> {
    [&person.login, &person.email]
        .into_iter()
        .find(|name| !name.is_empty())
        .map(String::as_str)
}

fn user(
    person: &external_user::Row,
    name: &str,
    account: Option<&account::Row>,
    rights: &[user_group::Row],
    groups: &HashMap<GroupId, permission_group::Row>,
) -> Json {
    let formatted = format!("{} {}", person.first_name, person.last_name);
    let shown = [formatted.trim(), person.title.as_str(), name]
        .into_iter()
        .find(|text| !text.is_empty());
    let typed = |values: &[(&str, &str)]| -> Json {
        let some = values.iter().filter(|(value, _)| !value.is_empty());
        some.map(|(value, kind)| json!({ "value": value, "type": kind }))
            .collect()
    };
    let mut of = Vec::new();
    let mut permissions = Vec::new();
    for right in rights {
        let Some(group) = groups.get(&right.group_id) else {
            continue;
        };
        if !of.iter().any(|one: &Json| one["value"] == right.group_id.to_string()) {
            of.push(json!({ "value": right.group_id.to_string(), "display": group.name, "type": "direct" }));
        }
        permissions.push(json!({ "group": right.group_id.to_string(), "permission": right.permission }));
    }
    let full = json!({
        "schemas": [USER, OWN],
        "id": person.id.to_string(),
        "externalId": person.desk_key,
        "userName": name,
        "name": { "formatted": formatted.trim(), "givenName": person.first_name, "familyName": person.last_name },
        "displayName": shown,
        "preferredLanguage": person.language,
        "active": person.validity == Validity::Valid,
        "emails": typed(&[(&person.email, "work"), (&person.secondary_email, "other")]),
        "phoneNumbers": typed(&[(&person.phone, "work"), (&person.mobile, "mobile"), (&person.fax, "fax")]),
        "addresses": address(person),
        "groups": of,
        "meta": { "resourceType": "User" },
        OWN: {
            "account": account.map(|a| json!({ "value": a.id.to_string(), "externalId": a.key, "display": a.name })),
            "permissions": permissions,
        },
    });
    without_nothing(full)
}

fn address(person: &external_user::Row) -> Json {
    let full = without_nothing(json!({
        "streetAddress": person.street,
        "locality": person.city,
        "region": person.region,
        "postalCode": person.zip,
        "country": person.country,
    }));
    match full {
        Json::Object(parts) if !parts.is_empty() => {
            let mut parts = parts;
            parts.insert("type".to_owned(), "work".into());
            json!([parts])
        }
        _ => Json::Null,
    }
}

/// An attribute without a value is not there (RFC 7643, 2.5).
fn without_nothing(value: Json) -> Json {
    match value {
        Json::Object(members) => Json::Object(
            members
                .into_iter()
                .map(|(name, value)| (name, without_nothing(value)))
                .filter(|(_, value)| match value {
                    Json::Null => false,
                    Json::String(text) => !text.is_empty(),
                    Json::Array(all) => !all.is_empty(),
                    Json::Object(all) => !all.is_empty(),
                    _ => true,
                })
                .collect(),
        ),
        other => other,
    }
}

fn group_list(
    c: &Connection,
    path: &Path,
    groups: &HashMap<GroupId, permission_group::Row>,
    nameless: &HashSet<ExternalUserId>,
    work: &mut Work<'_>,
) -> Result<u64, ApiError> {
    let people: HashSet<ExternalUserId> = external_user::ids(c)?.into_iter().collect();
    let mut list = ListResponse::create(path)?;
    let mut all: Vec<&permission_group::Row> = groups.values().collect();
    all.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
    for group in all {
        go_on(work, "permission_group", list.resources())?;
        let mut ids: Vec<ExternalUserId> = user_group::of_group(c, group.id)?
            .into_iter()
            .map(|row| row.user_id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let members = ids.iter().filter(|id| people.contains(id) && !nameless.contains(id));
        let members: Vec<Json> = members
            .map(|id| json!({ "value": id.to_string(), "type": "User" }))
            .collect();
        list.put(&without_nothing(json!({
            "schemas": [GROUP],
            "id": group.id.to_string(),
            "externalId": group.desk_key,
            "displayName": group.name,
            "members": members,
            "meta": { "resourceType": "Group" },
        })))?;
    }
    list.finish()
}
