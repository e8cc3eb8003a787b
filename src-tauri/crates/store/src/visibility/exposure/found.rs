//! Whom a trial found that something differs for, and of whom it tells.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use portico_core::id::{AccountId, ExternalUserId};
use rusqlite::Connection;

use super::accounts::{self, Accounts};
use super::outcome::{Example, Named, Outcome};
use super::{Login, PersonDifference, Viewpoint};
use crate::error::Result;
use crate::table::account_people;

/// How many people are shown one by one.
const EXAMPLES: usize = 50;
/// How many people are named of whom it cannot be told.
const DOUBTFUL: usize = 20;

/// Somebody who may become an example.
pub(super) struct Shown {
    pub(super) user: ExternalUserId,
    pub(super) then: Option<Viewpoint>,
    pub(super) now: Option<Viewpoint>,
    pub(super) difference: PersonDifference,
}

/// Hears of people one by one, with what becomes of each.
pub type Each<'e> = &'e mut dyn FnMut(&Named, &PersonDifference) -> Result<()>;

/// What was found so far. Everybody is looked up in the state behind `c`, and in `fresh` who is not there yet.
pub(super) struct Found<'a> {
    pub(super) outcome: Outcome,
    c: &'a Connection,
    fresh: &'a Fresh,
    most: Vec<Shown>,
    accounts: Accounts,
    /// Of whom it cannot be told whether there is more: the first by login.
    doubtful: BTreeSet<(String, ExternalUserId)>,
    /// Everybody for whom something differs, or may; `None` where nobody asks for all.
    all: Option<Vec<(PersonDifference, String, ExternalUserId)>>,
}

/// What is only there after the write.
#[derive(Default)]
pub(super) struct Fresh {
    people: HashMap<ExternalUserId, Label>,
    accounts: HashMap<AccountId, String>,
}

impl Fresh {
    /// Keeps what somebody is called in the state behind `tx`.
    pub(super) fn take(&mut self, tx: &Connection, user: ExternalUserId) -> Result<()> {
        let label = Label::of(tx, user)?;
        for account in &label.accounts {
            if let Entry::Vacant(slot) = self.accounts.entry(*account)
                && let Some(name) = accounts::name(tx, *account)?
            {
                slot.insert(name);
            }
        }
        self.people.insert(user, label);
        Ok(())
    }
}

impl<'a> Found<'a> {
    pub(super) fn new(c: &'a Connection, fresh: &'a Fresh) -> Self {
        Self {
            outcome: Outcome::default(),
            c,
            fresh,
            most: Vec::new(),
            accounts: Accounts::default(),
            doubtful: BTreeSet::new(),
            all: None,
        }
    }

    /// Keeps everybody for [`Self::tell_all`].
    pub(super) fn keep_all(&mut self) {
        self.all = Some(Vec::new());
    }

    /// Tells of everybody who was kept, those for whom it means most first; of the other side where it is turned.
    pub(super) fn tell_all(&mut self, turned: bool, each: Each<'_>) -> Result<()> {
        let mut all = self.all.take().unwrap_or_default();
        all.sort_by(|a, b| weight(&b.0).cmp(&weight(&a.0)).then_with(|| a.1.cmp(&b.1)));
        for (difference, login, user) in all {
            let difference = if turned { difference.turned() } else { difference };
            each(&self.named(user, login)?, &difference)?;
        }
        Ok(())
    }

    pub(super) fn take(
        &mut self,
        user: ExternalUserId,
        then: Option<Viewpoint>,
        now: Option<Viewpoint>,
        difference: PersonDifference,
    ) -> Result<()> {
        let Some(point) = now.as_ref().or(then.as_ref()) else {
            return Ok(());
        };
        let outcome = &mut self.outcome;
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
        if unknown {
            self.doubt(&point.login, user);
        }
        if let Some(all) = &mut self.all
            && difference != PersonDifference::NONE
        {
            all.push((difference, point.login.clone(), user));
        }
        if !difference.is_certain() {
            return Ok(());
        }
        self.outcome.affected += 1;
        match self.fresh.people.get(&user) {
            Some(label) => self.accounts.add(&label.accounts, &difference),
            None => self
                .accounts
                .add(&account_people::accounts_of(self.c, user)?, &difference),
        }
        self.most.push(Shown {
            user,
            then,
            now,
            difference,
        });
        if self.most.len() > EXAMPLES * 20 {
            self.thin();
        }
        Ok(())
    }

    fn doubt(&mut self, login: &str, user: ExternalUserId) {
        let is_late = |last: &(String, ExternalUserId)| (last.0.as_str(), last.1) < (login, user);
        if self.doubtful.len() == DOUBTFUL && self.doubtful.last().is_some_and(is_late) {
            return;
        }
        self.doubtful.insert((login.to_owned(), user));
        if self.doubtful.len() > DOUBTFUL {
            self.doubtful.pop_last();
        }
    }

    /// Keeps those for whom it means most.
    fn thin(&mut self) {
        self.most.sort_by(|a, b| {
            weight(&b.difference)
                .cmp(&weight(&a.difference))
                .then(a.user.cmp(&b.user))
        });
        self.most.truncate(EXAMPLES);
    }

    /// Those to show.
    pub(super) fn shown(&mut self) -> Vec<Shown> {
        self.thin();
        std::mem::take(&mut self.most)
    }

    /// Somebody of those to show, with the numbers of tickets that she gains and loses.
    pub(super) fn show(&mut self, shown: Shown, [gained, lost]: [Vec<String>; 2]) -> Result<()> {
        let point = shown.now.or(shown.then);
        let named = self.named(shown.user, point.map(|point| point.login).unwrap_or_default())?;
        self.outcome.examples.push(Example {
            id: named.id,
            login: named.login,
            name: named.name,
            account: named.account,
            difference: shown.difference,
            gained,
            lost,
        });
        Ok(())
    }

    fn named(&self, user: ExternalUserId, login: String) -> Result<Named> {
        let label = match self.fresh.people.get(&user) {
            Some(label) => label.clone(),
            None => Label::of(self.c, user)?,
        };
        let account = match label.accounts.first() {
            Some(first) => accounts::name(self.c, *first)?.or_else(|| self.fresh.accounts.get(first).cloned()),
            None => None,
        };
        Ok(Named {
            id: user,
            login,
            name: label.name,
            account: account.unwrap_or_default(),
        })
    }

    /// All but the tickets counted once.
    pub(super) fn finish(mut self) -> Result<Outcome> {
        for (login, user) in std::mem::take(&mut self.doubtful) {
            let named = self.named(user, login)?;
            self.outcome.doubtful.push(named);
        }
        let mut outcome = self.outcome;
        (outcome.accounts, outcome.accounts_total) = self.accounts.told(self.c, &self.fresh.accounts)?;
        Ok(outcome)
    }
}

/// How much it means for somebody.
fn weight(difference: &PersonDifference) -> (u64, bool) {
    (difference.gained + difference.lost, difference.login != Login::Same)
}

/// What people call somebody, and the accounts that she belongs to.
#[derive(Debug, Clone, Default)]
struct Label {
    name: String,
    accounts: Vec<AccountId>,
}

impl Label {
    fn of(c: &Connection, user: ExternalUserId) -> Result<Self> {
        let sql = "SELECT coalesce(nullif(trim(first_name || ' ' || last_name), ''), login)
                   FROM external_user WHERE id = ?1";
        Ok(Self {
            name: c.prepare_cached(sql)?.query_row([user.as_bytes()], |r| r.get(0))?,
            accounts: account_people::accounts_of(c, user)?,
        })
    }
}
