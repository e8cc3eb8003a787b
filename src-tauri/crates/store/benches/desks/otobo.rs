//! OTOBO and Znuny: people and accounts have groups, queues belong to groups.

use portico_core::model::{Account, AccountGroup, Context, ExternalUser, Group, Queue, Ticket, UserAccount, UserGroup};
use portico_core::snapshot::Batch;

use crate::world::{self, COMMON, Desk, Hand, LINKS, Size, account_key, mixed};

pub(crate) struct Otobo(pub(crate) &'static str);

const GROUPS: i64 = 600;
const QUEUES: i64 = 800;
/// The account of the one who sees everything: it has all groups for tickets of other accounts.
const AUDIT: &str = "audit";

fn group_of(queue: i64) -> i64 {
    queue % GROUPS
}

/// The queue of the common place is in the group of everybody.
fn queue_of(account: i64, ticket: i64) -> i64 {
    if account == COMMON {
        return 0;
    }
    world::queue_of(account, ticket, QUEUES)
}

fn row(account: String, group: i64, context: Context) -> AccountGroup {
    AccountGroup {
        account,
        group: group.to_string(),
        permission: "rw".to_owned(),
        context,
    }
}

impl Desk for Otobo {
    fn name(&self) -> &'static str {
        self.0
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("CustomerGroupSupport", "true"),
            ("CustomerGroupAlwaysGroups", "[]"),
            ("CustomerGroupCompanyAlwaysGroups", "[]"),
            ("Ticket::Frontend::CustomerDisableCompanyTicketAccess", "false"),
            ("CustomerGroupPermissionContext###100-CustomerID-other", "true"),
            ("Ticket::Type", "false"),
            ("Ticket::Service", "false"),
            ("database", "\"postgresql\""),
            ("Portico::NothingElseDecides", "true"),
        ]
    }

    fn directory(&self, size: &Size) -> Vec<Batch> {
        let group = |n: i64| Group {
            key: n.to_string(),
            name: format!("group {n}"),
            ..Group::default()
        };
        let queue = |n: i64| Queue {
            key: n.to_string(),
            name: format!("queue {n}"),
            group: group_of(n).to_string(),
            ..Queue::default()
        };
        let audit = Account {
            key: AUDIT.to_owned(),
            name: AUDIT.to_owned(),
            ..Account::default()
        };
        let mut rows: Vec<AccountGroup> = (0..GROUPS)
            .flat_map(|group| [Context::Same, Context::Other].map(|context| row(AUDIT.to_owned(), group, context)))
            .collect();
        // Every account has the groups in which its tickets lie.
        for account in 0..size.accounts() {
            let mut groups: Vec<i64> = if account == COMMON {
                vec![0]
            } else {
                (0..4).map(|n| group_of(mixed(account * 4 + n) % QUEUES)).collect()
            };
            groups.sort_unstable();
            groups.dedup();
            rows.extend(
                groups
                    .into_iter()
                    .map(|group| row(account_key(account), group, Context::Same)),
            );
        }
        vec![
            Batch::Groups((0..GROUPS).map(group).collect()),
            Batch::Queues((0..QUEUES).map(queue).collect()),
            world::accounts(size),
            Batch::Accounts(vec![audit]),
            Batch::AccountGroups(rows),
        ]
    }

    fn person(&self, size: &Size, n: i64, person: &mut ExternalUser) {
        if size.is(n, "all") {
            AUDIT.clone_into(&mut person.account);
        }
    }

    fn links(&self, size: &Size, people: &[i64]) -> Vec<Batch> {
        let mut groups = Vec::new();
        let mut accounts = Vec::new();
        for &n in people {
            let user = size.key(n);
            let mut of = vec![1 + mixed(n) % (GROUPS - 1), 1 + mixed(n + 11) % (GROUPS - 1)];
            if !size.is(n, "typical") {
                of.push(0);
            }
            if size.is(n, "links") {
                of.extend(0..LINKS);
                accounts.extend((20..70).map(|account| (user.clone(), account)));
            }
            of.sort_unstable();
            of.dedup();
            groups.extend(of.into_iter().map(|group| UserGroup {
                user: user.clone(),
                group: group.to_string(),
                permission: "ro".to_owned(),
            }));
            // Some belong to the account of the common place; the one of the crowd does.
            if n % 200 == 0 || size.is(n, "crowd") {
                accounts.push((user, COMMON));
            }
        }
        let accounts = accounts.into_iter().map(|(user, account)| UserAccount {
            user,
            account: account_key(account),
        });
        vec![Batch::UserGroups(groups), Batch::UserAccounts(accounts.collect())]
    }

    fn ticket(&self, size: &Size, ticket: &mut Ticket) {
        ticket.queue = queue_of(size.place_of(ticket.id), ticket.id).to_string();
    }

    fn edit(&self) -> &'static str {
        "INSERT OR IGNORE INTO user_account (user_id, account_id)
         SELECT u.id, a.id FROM (SELECT id FROM external_user WHERE present = 1 ORDER BY id LIMIT ?1) u
         JOIN account a ON a.key = 'C7'"
    }

    fn hand(&self) -> Hand {
        Hand {
            sees: include_str!("hand/otobo.sql"),
            own: "t.queue IN (SELECT id FROM my_queues)",
            who: include_str!("hand/otobo_who.sql"),
        }
    }
}
