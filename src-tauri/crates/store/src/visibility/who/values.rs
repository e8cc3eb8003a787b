//! What is in a set of a person `u`, as a query; whether it has values, and how many.

use portico_core::access::fact::{AnyOf, Fold, Matching, Set};

use super::sets::{Holders, LINKED_ACCOUNTS, Sets, VALID_GROUP, columns, context, named_accounts, unsupported};
use crate::error::Result;

/// A value as it is compared.
fn folded(fold: Fold, value: &str) -> String {
    match fold {
        Fold::Exact => value.to_owned(),
        Fold::Simple => format!("portico_simple({value})"),
        Fold::Full => format!("portico_full({value})"),
    }
}

/// What `u` is linked to.
fn link(table: &str, column: &str, more: &str) -> String {
    format!("SELECT l.{column} AS key FROM {table} l WHERE l.user_id = u.id AND {more}")
}

/// Those who have a value in the set, where links tell of whom that holds; otherwise each is asked.
pub(super) fn having(set: Set) -> Option<Holders> {
    match set {
        Set::Contacts => Some(Holders::ids("SELECT user_id FROM user_contact".to_owned())),
        Set::SeenAccounts => {
            let nameless = "v.account_id NOT IN (SELECT id FROM account WHERE key = '')";
            Some(Holders {
                ids: vec![format!(
                    "SELECT v.user_id FROM user_account_view v CROSS JOIN user_account l
                     ON l.user_id = v.user_id AND l.account_id = v.account_id WHERE {nameless}"
                )],
                rows: vec![format!(
                    "SELECT u.rowid FROM external_user u CROSS JOIN user_account_view v
                     ON v.user_id = u.id AND v.account_id = u.account_id WHERE {nameless}"
                )],
            })
        }
        _ => None,
    }
}

impl Sets<'_> {
    /// A query of the set's values, as a column `key`.
    fn values(&mut self, set: Set) -> Result<String> {
        let of =
            |own: &str| format!("SELECT o.key AS key FROM {own} w CROSS JOIN account o ON o.id = w.id AND o.key <> ''");
        Ok(match set {
            Set::Accounts { matching } => of(&named_accounts(matching)),
            Set::OwnAccounts => of(LINKED_ACCOUNTS),
            Set::SeenAccounts => format!(
                "SELECT o.key AS key FROM user_account_view v CROSS JOIN account o ON o.id = v.account_id AND o.key <> ''
                 WHERE v.user_id = u.id AND v.account_id IN {LINKED_ACCOUNTS}"
            ),
            Set::Groups { any_of, matching } => {
                let (login, _) = columns(matching);
                format!(
                    "SELECT g.name AS key FROM external_user t CROSS JOIN user_group l ON l.user_id = t.id
                     CROSS JOIN permission_group g ON g.id = l.group_id AND {VALID_GROUP}
                     WHERE t.{login} = u.{login} AND l.permission IN {}",
                    self.params.texts(any_of)
                )
            }
            Set::AccountGroups {
                any_of,
                other,
                matching,
            } => self.reached_groups(any_of, other, matching, "g.name AS key"),
            Set::Accessible {
                any_of,
                other,
                matching,
            } => self.accessible(any_of, other, matching),
            Set::AccountsOfContacts => "SELECT o.account_id AS key FROM user_contact l
                 CROSS JOIN contact o ON o.id = l.contact_id AND o.account_id IS NOT NULL WHERE l.user_id = u.id"
                .to_owned(),
            Set::OwnAddress => "SELECT u.address_id AS key WHERE u.address_id IS NOT NULL".to_owned(),
            Set::Addresses { permission } => link("user_address", "address_id", &format!("l.permission = '{permission}'")),
            Set::Objects { any_of } => self.granted(any_of),
            Set::Contacts => link("user_contact", "contact_id", "1"),
            Set::Services => link("user_service", "service_id", "1"),
            Set::TicketTypes => link("user_ticket_type", "type_id", "1"),
            Set::TicketStates => link("user_ticket_state", "state_id", "1"),
            Set::ResponsibleGroups => link("user_responsible_group", "group_id", "1"),
            Set::ResponsibleAgents => link("user_responsible_agent", "agent_id", "1"),
            set => return Err(unsupported(set)),
        })
    }

    /// Objects on which a right is given to `u`, before it is handed down: there are some where there are any.
    fn granted(&mut self, any_of: AnyOf) -> String {
        let levels = self.params.texts(any_of);
        format!(
            "SELECT l.object_id AS key FROM user_object l WHERE l.user_id = u.id AND l.level IN {levels}
             UNION ALL SELECT g.object_id FROM user_group m CROSS JOIN group_object g ON g.group_id = m.group_id
             WHERE m.user_id = u.id AND g.level IN {levels}
             UNION ALL SELECT o.id FROM portal_object o WHERE o.author_id = u.id AND o.author_level IN {levels}"
        )
    }

    fn reached_groups(&mut self, any_of: AnyOf, other: bool, matching: Matching, what: &str) -> String {
        let (_, key) = columns(matching);
        format!(
            "SELECT {what} FROM {} w CROSS JOIN account o ON o.id = w.id AND o.key <> ''
             CROSS JOIN account a ON a.{key} = o.{key}
             CROSS JOIN account_group r ON r.account_id = a.id AND r.context = '{}'
             CROSS JOIN permission_group g ON g.id = r.group_id AND {VALID_GROUP}
             WHERE r.permission IN {}",
            named_accounts(matching),
            context(other),
            self.params.texts(any_of)
        )
    }

    fn accessible(&mut self, any_of: AnyOf, other: bool, matching: Matching) -> String {
        let valid = "v.validity = 1 AND v.present = 1";
        let own = format!(
            "SELECT v.key AS key FROM {} w CROSS JOIN account o ON o.id = w.id AND o.key <> ''
             CROSS JOIN account v ON v.key = o.key AND {valid}",
            named_accounts(matching)
        );
        if !other {
            return own;
        }
        let reached = self.reached_groups(any_of, true, matching, "DISTINCT g.id AS id");
        let permissions = self.params.texts(any_of);
        format!(
            "{own} UNION ALL SELECT v.key AS key FROM ({reached}) reached
             CROSS JOIN account_group s ON s.group_id = reached.id AND s.context = 'same' AND s.permission IN {permissions}
             CROSS JOIN account b ON b.id = s.account_id CROSS JOIN account v ON v.key = b.key AND {valid}"
        )
    }

    /// The condition that the set has a value.
    pub(super) fn some(&mut self, set: Set) -> Result<String> {
        Ok(format!("EXISTS ({})", self.values(set)?))
    }

    /// The condition that the set has one value.
    pub(super) fn one(&mut self, set: Set) -> Result<String> {
        let values = self.values(set)?;
        Ok(format!(
            "(SELECT count(*) FROM (SELECT DISTINCT key FROM ({values}) LIMIT 2)) = 1"
        ))
    }

    /// The condition that the set has one value, which is this one.
    pub(super) fn only(&mut self, set: Set, fold: Fold, value: &str) -> Result<String> {
        let values = self.values(set)?;
        let value = self.params.add(fold.apply(value));
        let key = folded(fold, "max(key)");
        Ok(format!(
            "(SELECT count(*) = 1 AND {key} = {value} FROM (SELECT DISTINCT key FROM ({values}) LIMIT 2))"
        ))
    }
}
