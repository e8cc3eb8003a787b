//! Sets and flags of a person that are plain links and columns, on the desks that do not name people by text.
//!
//! Keys are the desk's; what the desk does not have yet goes by its id, so that a set is not taken for empty.

use std::collections::HashMap;
use std::hash::Hash;

use portico_core::access::fact::{AnyOf, Flag, Set};
use portico_core::model::LEVELS;
use rusqlite::Connection;

use super::owners_home::ACCOUNT_KEY;
use super::person::{json, names};
use crate::error::Result;

/// Her login and the flags that are up; `None` where there is no such person (a placeholder is none).
pub(super) fn row(c: &Connection, id: &[u8]) -> Result<Option<(String, Vec<Flag>)>> {
    const ALL: [Flag; 10] = [
        Flag::Valid,
        Flag::NotRegistered,
        Flag::External,
        Flag::AccountContacts,
        Flag::AccountTickets,
        Flag::ExternalComments,
        Flag::RightAddresses,
        Flag::RightMachines,
        Flag::RightContactPerson,
        Flag::RestrictStates,
    ];
    let mut statement = c.prepare_cached(
        "SELECT login, validity = 1, validity = 4, external, account_contacts, account_tickets, external_comments,
                right_addresses, right_machines, right_contact_person, restrict_states
         FROM external_user WHERE id = ?1 AND present = 1",
    )?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut up = Vec::new();
    for (n, flag) in ALL.into_iter().enumerate() {
        if row.get(n + 1)? {
            up.push(flag);
        }
    }
    Ok(Some((row.get(0)?, up)))
}

/// The tables from which a set is read, beside the columns of the person's record that are no links; `None` where that
/// is not said.
pub(super) fn tables(set: Set) -> Option<&'static [&'static str]> {
    Some(match set {
        Set::Accounts { .. } | Set::OwnAccounts => &["external_user", "account", "user_account"],
        Set::SeenAccounts => &["external_user", "account", "user_account", "user_account_view"],
        Set::Groups { .. } => &["external_user", "user_group", "permission_group"],
        Set::AccountGroups { .. } | Set::Accessible { .. } => &[
            "external_user",
            "account",
            "user_account",
            "account_group",
            "permission_group",
        ],
        Set::Own => &["external_user"],
        Set::Contacts => &["user_contact", "contact"],
        Set::AccountsOfContacts => &["user_contact", "contact", "account"],
        Set::OwnAddress => &["external_user", "address"],
        Set::Addresses { .. } => &["user_address", "address"],
        Set::Objects { .. } | Set::ObjectsInApps { .. } => {
            &["user_object", "user_group", "group_object", "portal_object"]
        }
        _ => return None,
    })
}

/// `x.desk_key`, or the id of what the desk does not have yet.
pub(super) const KEY: &str = "coalesce(x.desk_key, hex(x.id))";

/// The values of a set.
pub(super) fn read(c: &Connection, id: &[u8], set: Set) -> Result<Vec<String>> {
    match set {
        Set::Addresses { permission } => {
            let sql = format!(
                "SELECT {KEY} FROM user_address l CROSS JOIN address x ON x.id = l.address_id
                 WHERE l.user_id = ?1 AND l.permission = ?2 ORDER BY 1"
            );
            names(c, &sql, &[&id, &permission])
        }
        Set::ObjectsInApps { any_of } => in_apps(c, id, any_of),
        set => match plain(set) {
            Some(sql) => names(c, &sql, &[&id]),
            None => Ok(Vec::new()),
        },
    }
}

/// The query of a set that asks for nothing but the person (`?1`).
fn plain(set: Set) -> Option<String> {
    let linked = |table: &str, to: &str, column: &str, what: &str| {
        format!(
            "SELECT DISTINCT {what} FROM {table} l CROSS JOIN {to} x ON x.id = l.{column} WHERE l.user_id = ?1 ORDER BY 1"
        )
    };
    Some(match set {
        Set::Own => format!("SELECT {KEY} FROM external_user x WHERE x.id = ?1"),
        Set::Contacts => linked("user_contact", "contact", "contact_id", KEY),
        Set::AccountsOfContacts => format!(
            "SELECT DISTINCT {ACCOUNT_KEY} FROM user_contact l CROSS JOIN contact o ON o.id = l.contact_id
             CROSS JOIN account a ON a.id = o.account_id WHERE l.user_id = ?1 ORDER BY 1"
        ),
        Set::OwnAccounts => {
            format!("SELECT DISTINCT a.key FROM account a WHERE {OWN_ACCOUNT} AND a.key <> '' ORDER BY 1")
        }
        Set::SeenAccounts => format!(
            "SELECT DISTINCT a.key FROM user_account_view v CROSS JOIN account a ON a.id = v.account_id
             WHERE v.user_id = ?1 AND {OWN_ACCOUNT} AND a.key <> '' ORDER BY 1"
        ),
        Set::OwnAddress => {
            format!("SELECT {KEY} FROM external_user u CROSS JOIN address x ON x.id = u.address_id WHERE u.id = ?1")
        }
        Set::TicketTypes => linked("user_ticket_type", "ticket_type", "type_id", "x.name"),
        Set::TicketStates => linked("user_ticket_state", "ticket_state", "state_id", "x.name"),
        Set::ResponsibleGroups => linked("user_responsible_group", "permission_group", "group_id", "x.name"),
        Set::ResponsibleAgents => linked("user_responsible_agent", "agent", "agent_id", "x.login"),
        Set::SameContacts => format!(
            "SELECT DISTINCT {KEY} FROM user_contact l CROSS JOIN user_contact o ON o.contact_id = l.contact_id
             CROSS JOIN external_user x ON x.id = o.user_id AND x.present = 1
             WHERE l.user_id = ?1 AND o.user_id <> ?1 ORDER BY 1"
        ),
        Set::SameAccounts => format!(
            "SELECT DISTINCT {KEY} FROM user_contact l CROSS JOIN contact m ON m.id = l.contact_id
             CROSS JOIN contact t ON t.account_id = m.account_id CROSS JOIN user_contact o ON o.contact_id = t.id
             CROSS JOIN external_user x ON x.id = o.user_id AND x.present = 1
             WHERE l.user_id = ?1 AND o.user_id <> ?1 ORDER BY 1"
        ),
        _ => return None,
    })
}

/// The account `a` is the person's, as her primary or as a further one.
const OWN_ACCOUNT: &str = "a.id IN (SELECT account_id FROM external_user WHERE id = ?1
    UNION ALL SELECT account_id FROM user_account WHERE user_id = ?1)";

/// The portal's objects on which the person (`?1`) has a right, with the level's rank among those of `?2`: downwards from
/// what is granted, as long as rights are handed down. A circle ends by itself.
const GRANTED: &str = "rank (level, n) AS (SELECT value, key FROM json_each(?2)),
     granted (id, n) AS (
         SELECT l.object_id, r.n FROM user_object l CROSS JOIN rank r ON r.level = l.level WHERE l.user_id = ?1
         UNION
         SELECT o.object_id, r.n FROM user_group l CROSS JOIN group_object o ON o.group_id = l.group_id
         CROSS JOIN rank r ON r.level = o.level WHERE l.user_id = ?1
         UNION
         SELECT o.id, r.n FROM portal_object o CROSS JOIN rank r ON r.level = o.author_level WHERE o.author_id = ?1
         UNION
         SELECT o.id, g.n FROM granted g CROSS JOIN portal_object o ON o.parent_id = g.id WHERE o.inherits = 1
     )";

/// The portal's objects on which the person has a right, with the highest level on each.
pub(super) fn levels(c: &Connection, id: &[u8]) -> Result<Vec<(String, &'static str)>> {
    let sql = format!(
        "WITH RECURSIVE {GRANTED}
         SELECT {KEY}, max(g.n) FROM granted g CROSS JOIN portal_object x ON x.id = g.id AND x.present = 1
         GROUP BY x.id ORDER BY 1"
    );
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map((id, json(LEVELS)?), |r| {
        Ok((r.get::<_, String>(0)?, r.get::<_, u32>(1)? as usize))
    })?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(rows
        .into_iter()
        .filter_map(|(key, n)| Some((key, *LEVELS.get(n)?)))
        .collect())
}

/// An object with what lies above it.
struct Above {
    parent: Option<Vec<u8>>,
    /// Whether it is an app among those granted.
    is_granted_app: bool,
}

/// Of them those that lie in an app among them, or are one. Looked for upwards: much more lies in an app than a person
/// has rights on.
fn in_apps(c: &Connection, id: &[u8], any_of: AnyOf) -> Result<Vec<String>> {
    let sql = format!(
        "WITH RECURSIVE {GRANTED},
         above (id) AS (
             SELECT id FROM granted
             UNION
             SELECT o.parent_id FROM above a CROSS JOIN portal_object o ON o.id = a.id WHERE o.parent_id IS NOT NULL
         )
         SELECT x.id, x.parent_id, x.kind = 'app' AND x.present = 1, x.present = 1, {KEY},
                x.id IN (SELECT id FROM granted)
         FROM above a CROSS JOIN portal_object x ON x.id = a.id"
    );
    let (mut objects, mut granted) = (HashMap::new(), Vec::new());
    let mut statement = c.prepare_cached(&sql)?;
    let mut rows = statement.query((id, json(any_of)?))?;
    while let Some(row) = rows.next()? {
        let (object, is_app, is_granted): (Vec<u8>, bool, bool) = (row.get(0)?, row.get(2)?, row.get(5)?);
        if is_granted && row.get(3)? {
            granted.push((object.clone(), row.get::<_, String>(4)?));
        }
        let parent = row.get(1)?;
        let is_granted_app = is_app && is_granted;
        objects.insert(object, Above { parent, is_granted_app });
    }
    let above = |object: &[u8]| {
        let here: Option<&Above> = objects.get(object);
        here.map_or((false, None), |here| (here.is_granted_app, here.parent.as_deref()))
    };
    let (mut known, mut keys) = (HashMap::new(), Vec::new());
    for (object, key) in &granted {
        if lies_in(object.as_slice(), &mut known, above) {
            keys.push(key.clone());
        }
    }
    keys.sort_unstable();
    Ok(keys)
}

/// Whether an object is, or lies in, one that is wanted. `above` says of an object whether it is, and in what it lies;
/// what was found out on the way up is known afterwards.
pub(super) fn lies_in<K: Copy + Eq + Hash>(
    object: K,
    known: &mut HashMap<K, bool>,
    above: impl Fn(K) -> (bool, Option<K>),
) -> bool {
    let (mut at, mut passed) = (Some(object), Vec::new());
    let found = loop {
        let Some(here) = at else { break false };
        if let Some(known) = known.get(&here) {
            break *known;
        }
        let (wanted, outer) = above(here);
        if wanted {
            break true;
        }
        // Whoever comes by again goes in a circle: it holds none.
        known.insert(here, false);
        passed.push(here);
        at = outer;
    };
    for here in passed {
        known.insert(here, found);
    }
    found
}
