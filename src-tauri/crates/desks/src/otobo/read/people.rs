//! Checks of companies, people and their links.

use std::collections::HashMap;

use super::catalog::{Catalog, missing, no_such, odd_validity, refer};
use super::records::{COMPANIES, COMPANY_GROUPS, OTHER, SAME, USER_COMPANIES, USER_GROUPS, USER_SERVICES, USERS};
use super::records::{company, user};
use super::row::Row;
use super::said;
use super::table::{Scanning, Spec, scan};
use crate::error::DeskError;
use crate::report::Report;
use crate::said::Said;
use crate::source::tally::{Folded, Match, Print, Tally, Unique, print};

/// The longest login that the relation tables can name.
const LINKED_LOGIN: usize = 100;
/// Stands for "everybody" where services are given by default.
const EVERYBODY: &str = "<DEFAULT>";

/// Gives what a link's row leads to, and the permission's value.
type Target<'a> = dyn FnMut(&Row<'_>, &mut Report) -> Option<(String, i64)> + 'a;

/// What tickets and links are checked against.
#[derive(Default)]
pub(super) struct People {
    pub(super) companies: Folded,
    pub(super) logins: Folded,
    /// Prints of the first hundred characters of logins that are longer, with their lines.
    long: HashMap<Print, u64>,
}

impl People {
    /// Checks all of it.
    pub(super) fn check(on: &Scanning<'_>, catalog: &Catalog, report: &mut Report) -> Result<Self, DeskError> {
        let mut people = Self::default();
        people.check_companies(on, report)?;
        people.check_users(on, report)?;
        people.check_links(on, catalog, report)?;
        people.check_company_groups(on, catalog, report)?;
        Ok(people)
    }

    fn check_companies(&mut self, on: &Scanning<'_>, report: &mut Report) -> Result<(), DeskError> {
        let (mut ids, mut names) = (Unique::default(), Unique::default());
        let there = scan(on, &COMPANIES, report, &mut |row, report| {
            if let Some(company) = company(row, report) {
                odd_validity(row, report);
                ids.add(&company.key, row.line());
                names.add(&company.name, row.line());
                note_case(&mut self.companies, row, "customer_id", &company.key, report);
            }
            Ok(())
        })?;
        finish_unique(
            on,
            &COMPANIES,
            there,
            vec![(ids, "customer_id"), (names, "name")],
            report,
        );
        Ok(())
    }

    fn check_users(&mut self, on: &Scanning<'_>, report: &mut Report) -> Result<(), DeskError> {
        let (mut ids, mut logins) = (Unique::default(), Unique::default());
        let mut emails: HashMap<Print, u64> = HashMap::new();
        let (mut no_company, mut twice) = (Tally::default(), Tally::default());
        let there = scan(on, &USERS, report, &mut |row, report| {
            let line = row.line();
            if let Ok(Some(id)) = row.optional_id("id", report) {
                ids.add(&id.to_string(), line);
            }
            let Some(user) = user(row, report) else { return Ok(()) };
            odd_validity(row, report);
            logins.add(&user.login, line);
            note_case(&mut self.logins, row, "login", &user.login, report);
            if let Some((cut, _)) = user.login.char_indices().nth(LINKED_LOGIN) {
                self.long.insert(print(&user.login[..cut]), line);
                self.long.insert(print(&user.login), line);
            }
            if !user.account.is_empty() && self.companies.find(&user.account) != Match::Exact {
                no_company.add(&user.account, line);
            }
            let email = portico_core::fold::simple(user.email.trim());
            if !email.is_empty() && emails.insert(print(&email), line).is_some() {
                twice.add(&email, line);
            }
            Ok(())
        })?;
        finish_unique(on, &USERS, there, vec![(ids, "id"), (logins, "login")], report);
        let file = on.dump.file_of(USERS.table).unwrap_or(USERS.table);
        no_company.finish(file, "customer_id", report, &|key, n| self.about_company(key, n));
        twice.finish(file, "email", report, &|email, n| said::shared_email(email, n + 1));
        Ok(())
    }

    /// Words about a customer number without a record.
    pub(super) fn about_company(&self, key: &str, count: u64) -> Said {
        match self.companies.find(key) {
            Match::Case(line) => said::customer_case(key, count, line),
            _ => said::no_customer(key, count),
        }
    }

    /// Words about a login without a record.
    pub(super) fn about_login(&self, login: &str, count: u64) -> Said {
        match self.logins.find(login) {
            Match::Case(line) => said::login_case(login, count, line),
            _ => said::no_login(login, count),
        }
    }

    fn check_links(&self, on: &Scanning<'_>, catalog: &Catalog, report: &mut Report) -> Result<(), DeskError> {
        let mut no_company = Tally::default();
        self.links(on, &USER_COMPANIES, "user_id", true, report, &mut |row, report| {
            let company = row.text("customer_id", report)?;
            if self.companies.find(&company) != Match::Exact {
                no_company.add(&company, row.line());
            }
            Some((company.into_owned(), 1))
        })?;
        let file = on.dump.file_of(USER_COMPANIES.table).unwrap_or(USER_COMPANIES.table);
        no_company.finish(file, "customer_id", report, &|key, n| self.about_company(key, n));
        let mut beside = Beside::default();
        self.links(on, &USER_GROUPS, "user_id", true, report, &mut |row, report| {
            let user = row.text("user_id", report)?;
            let right = right(row, catalog, report)?;
            beside.add(&user, &right, row, report);
            Some((format!("{}\0{}", right.group, right.permission), right.value))
        })?;
        let known = |id| catalog.services.contains(&id);
        self.links(
            on,
            &USER_SERVICES,
            "customer_user_login",
            false,
            report,
            &mut |row, report| refer(row, "service_id", "service", &known, report).map(|id| (id.to_string(), 1)),
        )
    }

    /// Checks a table of links of logins; `target` gives what a row leads to and the permission's value.
    fn links(
        &self,
        on: &Scanning<'_>,
        spec: &Spec,
        column: &str,
        needed: bool,
        report: &mut Report,
        target: &mut Target<'_>,
    ) -> Result<(), DeskError> {
        let (mut nobody, mut ignored, mut doubled, mut long) = <(Tally, Tally, Tally, Tally)>::default();
        let mut seen: HashMap<Print, u64> = HashMap::new();
        let there = scan(on, spec, report, &mut |row, report| {
            let login = row.text(column, report);
            let target = target(row, report);
            let (Some(login), Some((target, value))) = (login, target) else {
                return Ok(());
            };
            if value != 1 {
                ignored.add(&value.to_string(), row.line());
                return Ok(());
            }
            if login.is_empty() {
                report.finding(row.file(), row.line(), column, said::link_of_nobody());
                return Ok(());
            }
            if self.long.contains_key(&print(&login)) {
                long.add(&login, row.line());
            } else if self.logins.find(&login) != Match::Exact && login != EVERYBODY {
                nobody.add(&login, row.line());
            }
            if seen.insert(print(&format!("{login}\0{target}")), row.line()).is_some() {
                doubled.add(&format!("{login} / {}", target.replace('\0', " ")), row.line());
            }
            Ok(())
        })?;
        if !there {
            if needed {
                missing(spec, report);
            }
            return Ok(());
        }
        let file = on.dump.file_of(spec.table).unwrap_or(spec.table);
        nobody.finish(file, column, report, &|login, n| self.about_login(login, n));
        long.finish(file, column, report, &|login, n| {
            said::long_login(login, n, LINKED_LOGIN)
        });
        ignored.finish(file, "permission_value", report, &|value, n| {
            said::ignored_value(n, value)
        });
        doubled.finish(file, column, report, &|what, n| said::doubled(what, n + 1));
        Ok(())
    }

    fn check_company_groups(&self, on: &Scanning<'_>, catalog: &Catalog, report: &mut Report) -> Result<(), DeskError> {
        let (mut no_company, mut ignored, mut doubled, mut contexts) = <(Tally, Tally, Tally, Tally)>::default();
        let mut seen: HashMap<Print, u64> = HashMap::new();
        let mut beside = Beside::default();
        let there = scan(on, &COMPANY_GROUPS, report, &mut |row, report| {
            let company = row.text("customer_id", report);
            let context = row.text("permission_context", report);
            let right = right(row, catalog, report);
            let (Some(company), Some(context), Some(right)) = (company, context, right) else {
                return Ok(());
            };
            let line = row.line();
            if right.value != 1 {
                ignored.add(&right.value.to_string(), line);
                return Ok(());
            }
            if ![SAME, OTHER].contains(&&*context) {
                contexts.add(&context, line);
                return Ok(());
            }
            if self.companies.find(&company) != Match::Exact {
                no_company.add(&company, line);
            }
            let whole = format!("{company}\0{context}");
            beside.add(&whole, &right, row, report);
            if seen
                .insert(print(&format!("{whole}\0{}\0{}", right.group, right.permission)), line)
                .is_some()
            {
                doubled.add(
                    &format!("{company} / group {} {} ({context})", right.group, right.permission),
                    line,
                );
            }
            Ok(())
        })?;
        if !there {
            missing(&COMPANY_GROUPS, report);
            return Ok(());
        }
        let file = on.dump.file_of(COMPANY_GROUPS.table).unwrap_or(COMPANY_GROUPS.table);
        no_company.finish(file, "customer_id", report, &|key, n| self.about_company(key, n));
        ignored.finish(file, "permission_value", report, &|value, n| {
            said::ignored_value(n, value)
        });
        contexts.finish(file, "permission_context", report, &|name, n| said::context(name, n));
        doubled.finish(file, "customer_id", report, &|what, n| said::doubled(what, n + 1));
        Ok(())
    }
}

struct Right {
    group: i64,
    permission: String,
    value: i64,
}

fn right(row: &Row<'_>, catalog: &Catalog, report: &mut Report) -> Option<Right> {
    let group = row.id("group_id", report);
    let permission = row.text("permission_key", report);
    let value = row.number("permission_value", report);
    let group = group?;
    if !catalog.groups.contains(&group) {
        no_such(row, "group_id", group, "groups", report);
        return None;
    }
    Some(Right {
        group,
        permission: permission?.into_owned(),
        value: value?,
    })
}

/// Notes where rw stands beside ro.
#[derive(Default)]
struct Beside(HashMap<Print, u8>);

impl Beside {
    fn add(&mut self, whose: &str, right: &Right, row: &Row<'_>, report: &mut Report) {
        let bit = match right.permission.as_str() {
            "ro" if right.value == 1 => 1,
            "rw" if right.value == 1 => 2,
            _ => return,
        };
        let mask = self.0.entry(print(&format!("{whose}\0{}", right.group))).or_default();
        if *mask != 3 && *mask | bit == 3 {
            let who = whose.split('\0').next().unwrap_or_default();
            report.finding(
                row.file(),
                row.line(),
                "permission_key",
                said::ro_and_rw(who, right.group),
            );
        }
        *mask |= bit;
    }
}

fn note_case(known: &mut Folded, row: &Row<'_>, column: &str, key: &str, report: &mut Report) {
    if let Some(other) = known.add(key, row.line()) {
        report.finding(row.file(), row.line(), column, said::only_case(key, other));
    }
}

fn finish_unique(on: &Scanning<'_>, spec: &Spec, there: bool, keys: Vec<(Unique, &str)>, report: &mut Report) {
    if !there {
        missing(spec, report);
        return;
    }
    let file = on.dump.file_of(spec.table).unwrap_or(spec.table);
    for (unique, column) in keys {
        unique.finish(file, column, report);
    }
}
