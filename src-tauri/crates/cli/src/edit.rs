//! What `set` is told to change: `field=value`, `list+=entry`, `list-=entry`.

use std::str::FromStr;

use portico_api::types::users::{GroupRight, UserForm};

use crate::failure::Failure;
use crate::field::{self, Field, Kind};

/// How a field is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Replace,
    Add,
    Remove,
}

/// A change of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    field: &'static Field,
    how: How,
    value: String,
}

impl FromStr for Edit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let end = text
            .find(|c: char| !c.is_ascii_lowercase() && c != '_')
            .unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let (how, value) = if let Some(value) = rest.strip_prefix("+=") {
            (How::Add, value)
        } else if let Some(value) = rest.strip_prefix("-=") {
            (How::Remove, value)
        } else if let Some(value) = rest.strip_prefix('=') {
            (How::Replace, value)
        } else {
            return Err("write field=value, list+=entry or list-=entry".to_owned());
        };
        let field = field::find(name)?;
        if how != How::Replace && !matches!(field.kind, Kind::Accounts | Kind::Groups) {
            return Err(format!("{name} holds one value: write {name}=VALUE"));
        }
        if field.kind == Kind::Status && !field::STATUSES.contains(&value) {
            return Err(format!(
                "{value:?} is no status; there are {}",
                field::STATUSES.join(", ")
            ));
        }
        Ok(Self {
            field,
            how,
            value: value.to_owned(),
        })
    }
}

/// Finds the ids behind the names that people type.
pub(crate) trait Names {
    /// The id of the account with a key.
    fn account(&mut self, key: &str) -> Result<String, Failure>;
    /// The id of the group with a name; `None` where there is none.
    fn group(&mut self, name: &str) -> Result<Option<String>, Failure>;
}

impl Edit {
    /// Applies the change to a form.
    pub(crate) fn apply(&self, form: &mut UserForm, names: &mut dyn Names) -> Result<(), Failure> {
        match self.field.kind {
            Kind::Text | Kind::Status => {
                if let Some(place) = field::text_mut(form, self.field.name) {
                    place.clone_from(&self.value);
                }
            }
            Kind::Account if self.value.is_empty() => form.account.clear(),
            Kind::Account => form.account = names.account(&self.value)?,
            Kind::Accounts => self.apply_accounts(&mut form.further_accounts, names)?,
            Kind::Groups => self.apply_groups(&mut form.groups, names)?,
        }
        Ok(())
    }

    fn apply_accounts(&self, accounts: &mut Vec<String>, names: &mut dyn Names) -> Result<(), Failure> {
        let chosen = entries(&self.value)
            .iter()
            .map(|key| names.account(key))
            .collect::<Result<Vec<_>, _>>()?;
        if self.how == How::Remove {
            accounts.retain(|account| !chosen.contains(account));
            return Ok(());
        }
        if self.how == How::Replace {
            accounts.clear();
        }
        for account in chosen {
            if !accounts.contains(&account) {
                accounts.push(account);
            }
        }
        Ok(())
    }

    fn apply_groups(&self, groups: &mut Vec<GroupRight>, names: &mut dyn Names) -> Result<(), Failure> {
        let chosen = entries(&self.value)
            .iter()
            .map(|entry| right(entry, names))
            .collect::<Result<Vec<_>, _>>()?;
        if self.how == How::Replace {
            groups.clear();
        }
        for (group, permission) in chosen {
            match (self.how, permission) {
                (How::Remove, None) => groups.retain(|right| right.group != group),
                (How::Remove, Some(permission)) => {
                    for right in groups.iter_mut().filter(|right| right.group == group) {
                        right.permissions.retain(|p| *p != permission);
                    }
                    groups.retain(|right| !right.permissions.is_empty());
                }
                (_, None) => {
                    return Err(Failure::Usage(format!(
                        "{}: say which permission, as in groups+=finance:ro",
                        self.value
                    )));
                }
                (_, Some(permission)) => grant(groups, group, permission),
            }
        }
        Ok(())
    }
}

fn grant(groups: &mut Vec<GroupRight>, group: String, permission: String) {
    match groups.iter_mut().find(|right| right.group == group) {
        Some(right) if right.permissions.contains(&permission) => {}
        Some(right) => right.permissions.push(permission),
        None => groups.push(GroupRight {
            group,
            permissions: vec![permission],
        }),
    }
}

/// A group's id and the permission behind the last colon; a group may itself have colons in its name.
fn right(entry: &str, names: &mut dyn Names) -> Result<(String, Option<String>), Failure> {
    if let Some(group) = names.group(entry)? {
        return Ok((group, None));
    }
    if let Some((name, permission)) = entry.rsplit_once(':')
        && !permission.is_empty()
        && let Some(group) = names.group(name)?
    {
        return Ok((group, Some(permission.to_owned())));
    }
    let name = entry.rsplit_once(':').map_or(entry, |(name, _)| name);
    Err(Failure::missing("group", name))
}

/// Entries between commas; a backslash takes the meaning from the comma (or backslash) after it.
fn entries(text: &str) -> Vec<String> {
    let mut entries = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let literal = (c == '\\')
            .then(|| chars.next_if(|next| matches!(next, ',' | '\\')))
            .flatten();
        match (c, literal) {
            (',', _) => entries.push(String::new()),
            (c, literal) => {
                if let Some(last) = entries.last_mut() {
                    last.push(literal.unwrap_or(c));
                }
            }
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use portico_api::types::users::{GroupRight, UserForm};

    use super::{Edit, Names, entries};
    use crate::failure::Failure;

    /// Accounts A to C with ids in small letters; groups `desk` and `a:b`.
    struct Few;

    impl Names for Few {
        fn account(&mut self, key: &str) -> Result<String, Failure> {
            if ["A", "B", "C"].contains(&key) {
                Ok(key.to_lowercase())
            } else {
                Err(Failure::missing("account", key))
            }
        }
        fn group(&mut self, name: &str) -> Result<Option<String>, Failure> {
            Ok(["desk", "a:b"].contains(&name).then(|| format!("id-{name}")))
        }
    }

    fn after(form: &UserForm, edits: &[&str]) -> Result<UserForm, Failure> {
        let mut form = form.clone();
        for edit in edits {
            edit.parse::<Edit>().unwrap().apply(&mut form, &mut Few)?;
        }
        Ok(form)
    }

    #[test]
    fn texts_are_replaced_whole() {
        let form = after(
            &UserForm::default(),
            &["first_name=Jana = J.", "status=invalid", "email="],
        )
        .unwrap();
        assert_eq!(
            (form.first_name.as_str(), form.status.as_str(), form.email.as_str()),
            ("Jana = J.", "invalid", "")
        );
    }

    #[test]
    fn accounts_are_added_removed_and_replaced_without_doubles() {
        let form = after(&UserForm::default(), &["account=A", "accounts+=B,C", "accounts+=B"]).unwrap();
        assert_eq!(
            (form.account.as_str(), form.further_accounts.as_slice()),
            ("a", ["b".to_owned(), "c".to_owned()].as_slice())
        );
        assert_eq!(after(&form, &["accounts-=B"]).unwrap().further_accounts, ["c"]);
        assert_eq!(after(&form, &["accounts=A"]).unwrap().further_accounts, ["a"]);
        assert!(
            after(&form, &["accounts=", "account="])
                .unwrap()
                .further_accounts
                .is_empty()
        );
        assert!(after(&form, &["accounts+=Z"]).unwrap_err().to_string().contains('Z'));
    }

    #[test]
    fn rights_stand_side_by_side_and_go_one_by_one_or_together() {
        let right = |group: &str, permissions: &[&str]| GroupRight {
            group: group.to_owned(),
            permissions: permissions.iter().map(ToString::to_string).collect(),
        };
        let form = after(
            &UserForm::default(),
            &["groups+=desk:ro,a:b:rw", "groups+=desk:rw", "groups+=desk:rw"],
        )
        .unwrap();
        assert_eq!(form.groups, [right("id-desk", &["ro", "rw"]), right("id-a:b", &["rw"])]);
        assert_eq!(
            after(&form, &["groups-=desk:ro"]).unwrap().groups[0],
            right("id-desk", &["rw"])
        );
        assert_eq!(
            after(&form, &["groups-=desk"]).unwrap().groups,
            [right("id-a:b", &["rw"])]
        );
        assert_eq!(
            after(&form, &["groups-=a:b:rw"]).unwrap().groups,
            [right("id-desk", &["ro", "rw"])]
        );
        assert_eq!(
            after(&form, &["groups=desk:ro"]).unwrap().groups,
            [right("id-desk", &["ro"])]
        );
        assert!(matches!(after(&form, &["groups+=desk"]), Err(Failure::Usage(_))));
        assert!(
            after(&form, &["groups+=nobody:ro"])
                .unwrap_err()
                .to_string()
                .contains("nobody")
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for wrong in ["status=dead", "login+=x", "nothing", "first name=x", "contacts=a", "=x"] {
            assert!(wrong.parse::<Edit>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_comma_can_be_part_of_a_name() {
        assert_eq!(entries(r"a\,b,c\\,,d\x"), ["a,b", "c\\", "d\\x"]);
    }
}
