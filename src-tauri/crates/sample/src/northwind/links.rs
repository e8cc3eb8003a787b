//! Who may do what, and the oddities that the desk's tables tolerate.

use portico_core::model::{AccountGroup, Context, ExternalUser, UserAccount, UserGroup, UserService};

use super::accounts::{companies, group_key};
use super::{SEED, kind};
use crate::dice::Dice;

/// A login that no longer exists, but whose links do.
pub(super) const GONE: &str = "p.svoboda";

/// The one who sees too much.
pub(super) const DISPATCHER: &str = "a.nowak";

/// The account of the project that is over.
pub(super) const PROJECT: &str = "PRJ-EINVOICE";

/// Further accounts of people.
pub(super) fn user_accounts() -> Vec<UserAccount> {
    [
        (DISPATCHER, PROJECT),
        ("hang.nguyen", "KOELN"),
        ("marta.kralova", "PLZEN"),
        ("marta.kralova", "BRNO-PAPIR"),
        ("k.musilova", "OSTRAVA"),
        // The same row twice: no key of the table forbids it.
        ("k.musilova", "OSTRAVA"),
        // Her own account as a further one: without effect.
        ("wiebke.harms", "BREMEN"),
        // An account that has no record.
        ("m.neumann", "BASEL-ALT"),
        (GONE, "BRNO-PAPIR"),
    ]
    .map(|(user, account)| UserAccount {
        user: user.to_owned(),
        account: account.to_owned(),
    })
    .into()
}

fn user_group(user: &str, group: &str, permission: &str) -> UserGroup {
    UserGroup {
        user: user.to_owned(),
        group: group_key(group),
        permission: permission.to_owned(),
    }
}

/// Rights of people themselves.
pub(super) fn user_groups(people: &[ExternalUser]) -> Vec<UserGroup> {
    let mut links: Vec<UserGroup> = [
        ("jana.novakova", "service-desk", "rw"),
        ("jana.novakova", "network", "ro"),
        ("auditor", "finance", "ro"),
        ("p.wisniewski", "service-desk", "rw"),
        // rw after ro leaves both rows.
        ("radek.novotny", "erp", "ro"),
        ("radek.novotny", "erp", "rw"),
        // Doubled.
        ("t.marek", "network", "rw"),
        ("t.marek", "network", "rw"),
        // A group that is out of force.
        ("f.menzel", "fax", "rw"),
        ("m.neumann", "hr", "ro"),
        ("M.Neumann", "hr", "rw"),
        (GONE, "finance", "ro"),
        (GONE, "service-desk", "rw"),
        // A permission that the portal does not know.
        ("kiosk.hall3", "warehouse", "create"),
        ("g.papadopoulou", "network", "ro"),
    ]
    .map(|(user, group, permission)| user_group(user, group, permission))
    .into();
    for (n, person) in (0_u64..).zip(people) {
        let mut dice = Dice::new(SEED, kind::LINKS, n);
        if dice.chance(18) && !links.iter().any(|l| l.user == person.key) {
            let group = dice.pick(&["network", "hardware", "warehouse", "erp", "field", "projects", "hr"]);
            links.push(user_group(
                &person.key,
                group,
                if dice.chance(60) { "ro" } else { "rw" },
            ));
        }
    }
    links
}

/// Rights of accounts, for their own tickets and for those of others.
pub(super) fn account_groups() -> Vec<AccountGroup> {
    let link = |account: &str, (group, permission): (&str, &str), context| AccountGroup {
        account: account.to_owned(),
        group: group_key(group),
        permission: permission.to_owned(),
        context,
    };
    let mut links = Vec::new();
    for company in companies() {
        links.extend(company.own.iter().map(|right| link(company.key, *right, Context::Same)));
        links.extend(
            company
                .others
                .iter()
                .map(|right| link(company.key, *right, Context::Other)),
        );
    }
    // Doubled, rw beside ro, of an account that has no record, and on a group that is out of force.
    links.push(link("BREMEN", ("network", "rw"), Context::Same));
    links.push(link("TUEBINGEN", ("hardware", "ro"), Context::Same));
    links.push(link("UTRECHT-OUD", ("service-desk", "rw"), Context::Same));
    links.push(link("OSTRAVA", ("fax", "rw"), Context::Same));
    links
}

/// Services that people may choose; the desk has services switched off.
pub(super) fn user_services(people: &[ExternalUser]) -> Vec<UserService> {
    people
        .iter()
        .take(30)
        .zip((1..=5_u32).cycle())
        .map(|(person, service)| UserService {
            user: person.key.clone(),
            service: service.to_string(),
        })
        .collect()
}
