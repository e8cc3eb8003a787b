//! The desk's sentences once more, as plain functions and for known settings on PostgreSQL: no tree, no facts.

use std::collections::BTreeSet;

use crate::access::setting::Value;
use crate::access::world::World;
use crate::fold;
use crate::model::{Context, ExternalUser, Queue, Ticket, Validity};

pub(super) struct Plain<'a> {
    pub(super) world: &'a World,
    pub(super) user: &'a ExternalUser,
}

type Names = BTreeSet<String>;

impl Plain<'_> {
    fn on(&self, setting: &str) -> bool {
        self.world.settings.get(setting) == Some(&Value::Switch(true))
    }

    fn listed(&self, setting: &str) -> Names {
        let Some(Value::Names(names)) = self.world.settings.get(setting) else {
            return Names::new();
        };
        let valid = self.valid_groups();
        names.iter().filter(|n| valid.contains(*n)).cloned().collect()
    }

    fn valid_groups(&self) -> Names {
        self.world
            .groups
            .iter()
            .filter(|g| g.validity == Validity::Valid)
            .map(|g| g.name.clone())
            .collect()
    }

    fn name_of(&self, group: &str) -> Option<String> {
        let name = self.world.groups.iter().find(|g| g.key == group)?.name.clone();
        self.valid_groups().contains(&name).then_some(name)
    }

    fn customer_ids(&self) -> Names {
        let further = self
            .world
            .user_accounts
            .iter()
            .filter(|l| l.user == self.user.login)
            .map(|l| l.account.clone());
        let mut ids: Names = further.collect();
        ids.insert(self.user.account.clone());
        ids.remove("");
        ids
    }

    fn company_groups(&self, company: &str, t: &str, context: Context) -> Names {
        if !self.on("CustomerGroupSupport") {
            return self.valid_groups();
        }
        let rows = self.world.account_groups.iter();
        let rows = rows
            .filter(|r| r.account == company && r.context == context && (r.permission == t || r.permission == "rw"));
        let mut groups: Names = rows.filter_map(|r| self.name_of(&r.group)).collect();
        if context == Context::Same {
            groups.extend(self.listed("CustomerGroupCompanyAlwaysGroups"));
        }
        groups
    }

    fn groups(&self, t: &str) -> Names {
        if !self.on("CustomerGroupSupport") {
            return self.valid_groups();
        }
        let links = self.world.user_groups.iter();
        let links = links.filter(|l| l.user == self.user.login && (l.permission == t || l.permission == "rw"));
        let mut groups: Names = links.filter_map(|l| self.name_of(&l.group)).collect();
        for company in self.customer_ids() {
            groups.extend(self.company_groups(&company, t, Context::Same));
        }
        groups.extend(self.listed("CustomerGroupAlwaysGroups"));
        groups
    }

    fn other(&self, t: &str) -> Names {
        if !self.on("CustomerGroupSupport") || !self.on("CustomerGroupPermissionContext###100-CustomerID-other") {
            return Names::new();
        }
        self.customer_ids()
            .iter()
            .flat_map(|c| self.company_groups(c, t, Context::Other))
            .collect()
    }

    /// Companies with a row of their own on the group.
    fn companies_on(&self, group: &str, t: &str) -> Names {
        let rows = self.world.account_groups.iter();
        let rows = rows.filter(|r| r.context == Context::Same && (r.permission == t || r.permission == "rw"));
        rows.filter(|r| self.name_of(&r.group).as_deref() == Some(group))
            .map(|r| r.account.clone())
            .collect()
    }

    fn group_of(&self, ticket: &Ticket) -> String {
        let queue = self.world.queues.iter().find(|q| q.key == ticket.queue);
        let group = queue.and_then(|q| self.world.groups.iter().find(|g| g.key == q.group));
        group.map(|g| g.name.clone()).unwrap_or_default()
    }

    pub(super) fn openable(&self, t: &str, ticket: &Ticket) -> bool {
        let group = self.group_of(ticket);
        if !self.groups(t).contains(&group) {
            return false;
        }
        if fold::full(&ticket.owner) == fold::full(&self.user.login) {
            return true;
        }
        if self.on("Ticket::Frontend::CustomerDisableCompanyTicketAccess") || ticket.account.is_empty() {
            return false;
        }
        let account = fold::full(&ticket.account);
        self.customer_ids().iter().any(|c| fold::full(c) == account) || self.other(t).contains(&group)
    }

    pub(super) fn searchable(&self, t: &str, ticket: &Ticket) -> bool {
        let (group, groups) = (self.group_of(ticket), self.groups(t));
        if groups.is_empty() {
            return false;
        }
        let own = self.customer_ids();
        let account = fold::simple(&ticket.account);
        let in_lower = |ids: &Names| !account.is_empty() && ids.iter().any(|c| fold::simple(c) == account);
        if (in_lower(&own) || ticket.owner == self.user.login) && groups.contains(&group) {
            return true;
        }
        let others: Names = self.companies_on(&group, t).difference(&own).cloned().collect();
        self.other(t).contains(&group) && in_lower(&others)
    }

    pub(super) fn mine(&self, ticket: &Ticket) -> bool {
        self.searchable("ro", ticket) && ticket.owner == self.user.login
    }

    pub(super) fn company(&self, ticket: &Ticket) -> bool {
        if self.on("Ticket::Frontend::CustomerDisableCompanyTicketAccess") {
            return false;
        }
        let mut accessible = self.customer_ids();
        for group in self.other("ro") {
            accessible.extend(self.companies_on(&group, "ro"));
        }
        accessible.retain(|id| {
            self.world
                .accounts
                .iter()
                .any(|a| a.key == *id && a.validity == Validity::Valid)
        });
        let filter = (accessible.len() == 1).then(|| accessible.first()).flatten();
        self.searchable("ro", ticket) && filter.is_none_or(|one| ticket.account == *one)
    }

    pub(super) fn is_open(ticket: &Ticket) -> bool {
        ["new", "open", "pending reminder", "pending auto"].contains(&ticket.state_kind.as_str())
    }

    pub(super) fn reply(&self, ticket: &Ticket) -> bool {
        let possible = self
            .world
            .queues
            .iter()
            .any(|q| q.key == ticket.queue && q.follow_up == "possible");
        let (closed, merged) = (ticket.state_kind == "closed", ticket.state_kind == "merged");
        self.openable("rw", ticket) && (!closed && !merged || closed && possible)
    }

    pub(super) fn new_in(&self, queue: &Queue) -> bool {
        let group = self.name_of(&queue.group);
        queue.validity == Validity::Valid && group.is_some_and(|g| self.groups("rw").contains(&g))
    }
}
