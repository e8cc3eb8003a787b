//! Zoho Desk's half is closest to the middle form: a person is a contact, and a switch of person and account shows the
//! account's tickets.

use std::collections::HashSet;

use super::Effect::{Less, Lost, More, Same};
use super::{Half, Out, Statement, setting};
use crate::model::{DeskSetting, ExternalUser, UserAccount, UserAccountView};
use crate::settings::zoho::{ACCESS, ACCOUNT_TICKETS, SWITCHES};
use crate::snapshot::Batch;

const OWN: Statement = Statement::new("zoho.read.own", Same, "A contact's own tickets stay her own.");
const SWITCH: Statement = Statement::new(
    "zoho.read.switch",
    Same,
    "The switch of contact and account says whether all tickets of the account are seen.",
);
const STRAY: Statement = Statement::counted(
    "zoho.read.stray",
    Lost,
    "Switches for accounts that the contact does not belong to are left out; they show nothing here either.",
);
const UNREAD: Statement = Statement::counted(
    "zoho.read.unread",
    Less,
    "Where it is not known whether a switch of contact and account is on, it is taken for off.",
);

/// What reading says.
pub(super) const READ: &[Statement] = &[OWN, SWITCH, STRAY, UNREAD];

/// A person and an account.
type Link = (String, String);

/// Reads a portal of Zoho Desk.
#[derive(Default)]
pub(super) struct Read {
    everywhere: bool,
    belongs: HashSet<Link>,
    /// Switches for accounts to which the person is not known to belong. Her main account is in her record, which
    /// comes later.
    open: HashSet<Link>,
}

impl Read {
    fn settings(&mut self, settings: &[DeskSetting], out: &mut Out) {
        for setting in settings {
            match setting.name.as_str() {
                ACCOUNT_TICKETS => self.everywhere = setting.value == "true",
                SWITCHES if setting.value == "\"partial\"" => out.note(&UNREAD, 1),
                _ => {}
            }
        }
    }

    /// One switch for the whole portal shows the tickets of all accounts that people belong to.
    fn belong(&mut self, links: Vec<UserAccount>, out: &mut Out) {
        if self.everywhere {
            out.give(Batch::UserAccountViews(links.iter().map(view).collect()));
        }
        self.belongs
            .extend(links.iter().map(|l| (l.user.clone(), l.account.clone())));
        out.give(Batch::UserAccounts(links));
    }

    fn see(&mut self, views: Vec<UserAccountView>, out: &mut Out) {
        if self.everywhere {
            return;
        }
        let (known, open): (Vec<_>, Vec<_>) = views.into_iter().partition(|v| {
            let link = (v.user.clone(), v.account.clone());
            self.belongs.contains(&link)
        });
        self.open.extend(open.into_iter().map(|v| (v.user, v.account)));
        out.give(Batch::UserAccountViews(known));
    }

    fn people(&mut self, people: Vec<ExternalUser>, out: &mut Out) {
        let mains = people.iter().filter_map(main);
        let seen = mains.filter(|(user, account)| {
            // Where she is linked to her main account besides, the switch was passed on already.
            let link = (user.clone(), account.clone());
            self.open.remove(&link) || (self.everywhere && !self.belongs.contains(&link))
        });
        let seen = seen.map(|(user, account)| UserAccountView { user, account });
        out.give(Batch::UserAccountViews(seen.collect()));
        out.give(Batch::ExternalUsers(people));
    }
}

fn view(link: &UserAccount) -> UserAccountView {
    UserAccountView {
        user: link.user.clone(),
        account: link.account.clone(),
    }
}

/// A person and her main account.
fn main(person: &ExternalUser) -> Option<Link> {
    (!person.account.is_empty()).then(|| (person.key.clone(), person.account.clone()))
}

impl Half for Read {
    fn statements(&self) -> &'static [Statement] {
        READ
    }

    fn take(&mut self, batch: Batch, out: &mut Out) {
        match batch {
            Batch::Settings(settings) => self.settings(&settings, out),
            Batch::UserAccounts(links) => self.belong(links, out),
            Batch::UserAccountViews(views) => self.see(views, out),
            Batch::ExternalUsers(people) => self.people(people, out),
            // A contact who has no login is not in the portal.
            Batch::Contacts(_) => {}
            other => out.give(other),
        }
    }

    fn finish(&mut self, out: &mut Out) {
        out.note(&STRAY, self.open.len());
    }
}

const CONTACT: Statement = Statement::new(
    "zoho.write.contact",
    Same,
    "Each external user becomes a contact who is an end user of the portal.",
);
const QUEUES: Statement = Statement::counted(
    "zoho.write.departments",
    Same,
    "Queues become departments that are open to all users of the portal.",
);
const REGISTERED: Statement = Statement::new(
    "zoho.write.registered",
    Same,
    "Only registered customers may enter the portal; change it in the portal's settings.",
);
const REPLY: Statement = Statement::new("zoho.write.reply", More, "Every ticket that is seen can be replied to.");

/// What writing says.
pub(super) const WRITE: &[Statement] = &[CONTACT, QUEUES, REGISTERED, REPLY];

/// Writes a portal of Zoho Desk.
#[derive(Default)]
pub(super) struct Write {
    begun: bool,
}

impl Half for Write {
    fn statements(&self) -> &'static [Statement] {
        WRITE
    }

    fn take(&mut self, batch: Batch, out: &mut Out) {
        if !std::mem::replace(&mut self.begun, true) {
            out.give(Batch::Settings(vec![
                setting(ACCESS, "\"registered\""),
                setting(ACCOUNT_TICKETS, "false"),
                setting(SWITCHES, "\"complete\""),
            ]));
        }
        match batch {
            Batch::Queues(mut queues) => {
                out.note(&QUEUES, queues.len());
                for queue in &mut queues {
                    queue.group.clear();
                }
                out.give(Batch::Queues(queues));
            }
            other => out.give(other),
        }
    }
}
