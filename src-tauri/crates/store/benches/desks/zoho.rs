//! Zoho Desk: a person sees her own tickets, and those of accounts whose switch is on.

use portico_core::model::{ExternalUser, Ticket, UserAccount, UserAccountView};
use portico_core::snapshot::Batch;

use crate::world::{self, COMMON, Desk, Hand, LINKS, Size, account_key};

pub(crate) struct Zoho;

impl Desk for Zoho {
    fn name(&self) -> &'static str {
        "zoho"
    }

    fn settings(&self) -> &'static [(&'static str, &'static str)] {
        &[("Portal::Access", "\"registered\"")]
    }

    fn directory(&self, size: &Size) -> Vec<Batch> {
        vec![world::queues(), world::accounts(size)]
    }

    fn person(&self, _: &Size, _: i64, _: &mut ExternalUser) {}

    fn links(&self, size: &Size, people: &[i64]) -> Vec<Batch> {
        let (mut further, mut views) = (Vec::new(), Vec::new());
        for &n in people {
            let (user, own) = (size.key(n), size.account_of(n));
            let mut more: Vec<i64> = Vec::new();
            if !size.is(n, "typical") {
                more.push(COMMON);
            }
            if size.is(n, "all") {
                more = (0..size.accounts()).collect();
            }
            if size.is(n, "links") {
                more.extend(20..20 + LINKS);
            }
            more.retain(|account| *account != own);
            let of = |account: i64| UserAccount {
                user: user.clone(),
                account: account_key(account),
            };
            further.extend(more.iter().map(|account| of(*account)));
            // The switch of her own account is on for every second one.
            if n % 2 == 0 || size.role(n).is_some() {
                more.push(own);
            }
            views.extend(more.into_iter().map(|account| UserAccountView {
                user: user.clone(),
                account: account_key(account),
            }));
        }
        vec![Batch::UserAccounts(further), Batch::UserAccountViews(views)]
    }

    fn ticket(&self, size: &Size, ticket: &mut Ticket) {
        ticket.queue = world::some_queue(size, ticket.id);
    }

    fn edit(&self) -> &'static str {
        "INSERT OR IGNORE INTO user_account_view (user_id, account_id)
         SELECT id, account_id FROM (SELECT id, account_id FROM external_user WHERE present = 1 ORDER BY id LIMIT ?1)
         WHERE account_id IS NOT NULL"
    }

    fn hand(&self) -> Hand {
        Hand {
            sees: include_str!("hand/zoho.sql"),
            own: "1",
            who: include_str!("hand/zoho_who.sql"),
        }
    }
}
