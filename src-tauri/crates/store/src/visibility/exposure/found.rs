//! Whom a trial found that something differs for, and of whom it tells.

use portico_core::id::ExternalUserId;
use rusqlite::Connection;

use super::outcome::Outcome;
use super::{Login, PersonDifference, Viewpoint};
use crate::error::Result;

/// How many people are shown one by one.
const EXAMPLES: usize = 50;

/// Somebody who may become an example.
pub(super) struct Shown {
    pub(super) user: ExternalUserId,
    pub(super) then: Option<Viewpoint>,
    pub(super) now: Option<Viewpoint>,
    pub(super) difference: PersonDifference,
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Found {
    pub(super) outcome: Outcome,
    most: Vec<Shown>,
}

impl Found {
    pub(super) fn take(
        &mut self,
        user: ExternalUserId,
        then: Option<Viewpoint>,
        now: Option<Viewpoint>,
        difference: PersonDifference,
    ) {
        let outcome = &mut self.outcome;
        if then.is_none() && now.is_none() {
            return;
        }
        let PersonDifference {
            gained,
            lost,
            login,
            unknown,
        } = difference;
        outcome.people += 1;
        outcome.gained += gained;
        outcome.lost += lost;
        outcome.gaining += u64::from(gained > 0);
        outcome.losing += u64::from(lost > 0);
        outcome.logins_gained += u64::from(login == Login::Gained);
        outcome.logins_lost += u64::from(login == Login::Lost);
        outcome.unknown += u64::from(unknown);
        if difference == PersonDifference::NONE {
            return;
        }
        outcome.affected += u64::from(gained + lost > 0 || login != Login::Same);
        self.most.push(Shown {
            user,
            then,
            now,
            difference,
        });
        if self.most.len() > EXAMPLES * 20 {
            self.thin();
        }
    }

    /// Keeps those for whom it means most.
    fn thin(&mut self) {
        let weight = |s: &Shown| {
            (
                s.difference.gained + s.difference.lost,
                s.difference.login != Login::Same,
            )
        };
        self.most
            .sort_by(|a, b| weight(b).cmp(&weight(a)).then(a.user.cmp(&b.user)));
        self.most.truncate(EXAMPLES);
    }

    /// Those to show. People of whom nothing is certain are none.
    pub(super) fn shown(&mut self) -> Vec<Shown> {
        self.thin();
        let certain = |s: &Shown| s.difference.gained + s.difference.lost > 0 || s.difference.login != Login::Same;
        std::mem::take(&mut self.most).into_iter().filter(certain).collect()
    }
}

/// What people call somebody: name and account.
#[derive(Debug, Clone, Default)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) account: String,
}

impl Label {
    pub(super) fn of(c: &Connection, user: ExternalUserId) -> Result<Self> {
        let sql = "SELECT coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.login),
                          coalesce(iif(a.name = '', a.key, a.name), '')
                   FROM external_user u LEFT JOIN account a ON a.id = u.account_id WHERE u.id = ?1";
        Ok(c.prepare_cached(sql)?.query_row([user.as_bytes()], |r| {
            Ok(Self {
                name: r.get(0)?,
                account: r.get(1)?,
            })
        })?)
    }
}
