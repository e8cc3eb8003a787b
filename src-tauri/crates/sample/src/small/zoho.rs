//! Zoho Desk: contacts with accounts, each with a switch. The story: a consultant left three companies and kept the switch
//! of one of them.

use portico_core::model::{ExternalUser, Group, Queue, UserAccount, UserAccountView, UserGroup, Validity};
use portico_core::snapshot::Batch;

use super::said::{Said, Way};
use super::{ACCOUNTS, PEOPLE, account_of, accounts, person, settings, states, tickets, tickets_and_talk};
use crate::dice::Dice;

const SEED: u64 = 0x7a6f_686f;

const GROUPS: [&str; 3] = ["Dealers", "Service partners", "Pilot customers"];
const DEPARTMENTS: [&str; 3] = ["Support", "Billing", "Field service"];

/// Threads are public, comments by their mark: those among agents are not.
#[expect(clippy::unnecessary_wraps, reason = "other desks leave something out")]
fn way(said: Said, dice: &mut Dice) -> Option<Way> {
    let channels: &[Way] = match said {
        Said::Request => &[("EMAIL", true), ("WEB", true), ("PHONE", true)],
        Said::FollowUp | Said::Answer => &[("EMAIL", true), ("EMAIL", true), ("COMMENT", true)],
        Said::Automatic => &[("EMAIL", true)],
        Said::Note => &[("COMMENT", false)],
    };
    Some(dice.pick(channels))
}

pub(super) fn batches() -> Vec<Batch> {
    let user = |n: u64| ExternalUser {
        account: account_of(n).0.to_owned(),
        title: ["Buyer", "Dispatcher", "Head of IT"][usize::try_from(n % 3).unwrap_or(0)].to_owned(),
        custom: if n.is_multiple_of(6) {
            r#"{"cf_contract":"gold"}"#.to_owned()
        } else {
            String::new()
        },
        ..person(SEED, n)
    };
    let key = |n: u64| (1000 + n).to_string();
    let further = |account: &(&str, &str)| UserAccount {
        user: key(7),
        account: account.0.to_owned(),
    };
    let sees = |n: u64, account: &str| UserAccountView {
        user: key(n),
        account: account.to_owned(),
    };
    let group = |(n, name): (usize, &&str)| Group {
        key: format!("group_{n}"),
        name: (*name).to_owned(),
        ..Group::default()
    };
    let department = |(n, name): (usize, &&str)| Queue {
        key: format!("department_{n}"),
        name: (*name).to_owned(),
        validity: Validity::Valid,
        ..Queue::default()
    };
    let mut all = vec![
        Batch::Settings(settings(&[("Portal::Access", "\"registered\"")])),
        Batch::Groups(GROUPS.iter().enumerate().map(group).collect()),
        Batch::Queues(DEPARTMENTS.iter().enumerate().map(department).collect()),
        Batch::TicketStates(states(&[("Open", "Open", "open"), ("Closed", "Closed", "closed")])),
        Batch::Accounts(accounts()),
        Batch::ExternalUsers((0..PEOPLE).map(user).collect()),
        // Person 7 was a consultant of three companies, and still sees the tickets of the last.
        Batch::UserAccounts(
            ACCOUNTS[..3]
                .iter()
                .filter(|a| a.0 != account_of(7).0)
                .map(further)
                .collect(),
        ),
        Batch::UserAccountViews(
            (0..PEOPLE)
                .filter(|n| n.is_multiple_of(4))
                .map(|n| sees(n, account_of(n).0))
                .chain([sees(7, ACCOUNTS[2].0)])
                .collect(),
        ),
        Batch::UserGroups(
            (0..PEOPLE)
                .filter(|n| n.is_multiple_of(5))
                .map(|n| UserGroup {
                    user: key(n),
                    group: format!("group_{}", n % 3),
                    permission: "member".to_owned(),
                })
                .collect(),
        ),
    ];
    all.extend(tickets_and_talk(
        SEED,
        tickets(SEED, ("Open", "open"), ("Closed", "closed"), |_, dice| {
            let n = dice.below(PEOPLE);
            let department = dice.below(DEPARTMENTS.len() as u64);
            (key(n), account_of(n).0.to_owned(), format!("department_{department}"))
        }),
        way,
    ));
    all
}
