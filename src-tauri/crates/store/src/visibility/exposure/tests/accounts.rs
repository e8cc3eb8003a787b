//! What the people of each account gain and lose, held against sums over the people of the world in memory.

use std::result::Result;

use portico_core::id::AccountId;

use super::super::OfAccount;
use super::*;

/// The accounts of somebody, in the desk's keys: her own and those of her contacts (a world knows no addresses).
fn accounts_of(world: &World, user: &ExternalUser) -> BTreeSet<String> {
    let contacts = world
        .user_contacts
        .iter()
        .filter(|link| link.user == user.key)
        .filter_map(|link| world.contacts.iter().find(|contact| contact.key == link.contact))
        .map(|contact| contact.account.clone());
    let all = contacts.chain([user.account.clone()]);
    all.filter(|key| !key.is_empty()).collect()
}

/// Sums over the people of each account; of the state before, for those who come with the write of that after it.
fn sums(model: &AccessModel, [then, now]: [&World; 2], expected: &Expected) -> BTreeMap<Option<AccountId>, OfAccount> {
    let mut sums: BTreeMap<Option<AccountId>, OfAccount> = BTreeMap::new();
    for user in &now.users {
        let (gained, lost) = (&expected.gained[&user.key], &expected.lost[&user.key]);
        if gained.is_empty() && lost.is_empty() && !expected.login_changes.contains(&user.key) {
            continue;
        }
        let before = then.users.iter().find(|old| old.key == user.key);
        let keys = before.map_or_else(|| accounts_of(now, user), |old| accounts_of(then, old));
        let ids = keys.iter().map(|key| Some(AccountId::from_desk(model.desk, key)));
        let none = keys.is_empty().then_some(None);
        for account in ids.chain(none) {
            let sum = sums.entry(account).or_default();
            sum.account = account;
            sum.people += 1;
            sum.gaining += u64::from(!gained.is_empty());
            sum.losing += u64::from(!lost.is_empty());
            sum.gained += gained.len() as u64;
            sum.lost += lost.len() as u64;
        }
    }
    sums
}

pub(super) fn hold(
    model: &AccessModel,
    worlds: [&World; 2],
    expected: &Expected,
    outcome: &Outcome,
) -> Result<(), TestCaseError> {
    let sums = sums(model, worlds, expected);
    prop_assert_eq!(outcome.accounts_total, sums.len() as u64);
    prop_assert_eq!(outcome.accounts.len(), sums.len().min(50));
    let weight = |of: &OfAccount| of.gained + of.lost;
    prop_assert!(outcome.accounts.is_sorted_by_key(|of| std::cmp::Reverse(weight(of))));
    for told in &outcome.accounts {
        let name = told.account.map(|id| name_of(model, worlds, id));
        let sum = OfAccount {
            name: name.unwrap_or_default(),
            ..sums[&told.account].clone()
        };
        prop_assert_eq!(told, &sum);
    }
    prop_assert_eq!(outcome.doubtful.len() as u64, outcome.unknown.min(20));
    Ok(())
}

/// What an account is called in the first world that has it; its key where none has.
fn name_of(model: &AccessModel, worlds: [&World; 2], id: AccountId) -> String {
    let is_it = |key: &str| AccountId::from_desk(model.desk, key) == id;
    let has = worlds
        .iter()
        .flat_map(|world| &world.accounts)
        .find(|of| is_it(&of.key));
    if let Some(account) = has
        && !account.name.is_empty()
    {
        return account.name.clone();
    }
    let users = worlds.iter().flat_map(|world| &world.users).map(|user| &user.account);
    let contacts = worlds.iter().flat_map(|world| &world.contacts).map(|of| &of.account);
    let mut keys = users.chain(contacts);
    keys.find(|key| is_it(key)).cloned().unwrap()
}
