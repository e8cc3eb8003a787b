//! The people of the sample: those with a part, and those who are drawn.

use std::collections::HashSet;

use portico_core::model::{ExternalUser, Validity};

use super::accounts::{self, Company};
use super::{SEED, kind};
use crate::dice::Dice;
use crate::names;
use crate::table::{Row, rows};

/// Everybody, those with a part first.
pub(super) fn all() -> Vec<ExternalUser> {
    let companies = accounts::companies();
    let mut people: Vec<ExternalUser> = Vec::new();
    for (n, row) in (0_u64..).zip(rows(include_str!("../../data/people.txt"))) {
        let mut dice = Dice::new(SEED, kind::PEOPLE, n);
        let company = companies.iter().find(|c| c.key.eq_ignore_ascii_case(row.text(5)));
        let mut person = cast(&row);
        if let Some(company) = company {
            furnish(&mut person, company, n, &mut dice);
        }
        people.push(person);
    }
    let mut logins: HashSet<String> = people.iter().map(|p| p.login.clone()).collect();
    let mut names: HashSet<(String, String)> = people
        .iter()
        .map(|p| (p.first_name.clone(), p.last_name.clone()))
        .collect();
    for (c, company) in (1_u64..).zip(&companies) {
        let already = people.iter().filter(|p| p.account == company.key).count() as u64;
        for n in already..company.people {
            let mut dice = Dice::new(SEED, kind::PEOPLE, c * 1000 + n);
            people.push(draw(company, c * 1000 + n, &mut dice, &mut logins, &mut names));
        }
    }
    people
}

/// A person with a part, as the list has her.
fn cast(row: &Row) -> ExternalUser {
    ExternalUser {
        key: row.owned(0),
        login: row.owned(0),
        title: row.owned(1),
        first_name: row.owned(2),
        last_name: row.owned(3),
        email: row.owned(4),
        account: row.owned(5),
        validity: accounts::validity(row.text(6)),
        has_password: Some(row.text(7) == "yes"),
        description: row.owned(8),
        ..ExternalUser::default()
    }
}

/// Phone and address, where the company has them.
fn furnish(person: &mut ExternalUser, company: &Company, n: u64, dice: &mut Dice) {
    if company.phone.is_empty() {
        return;
    }
    person.phone = format!("{} {:03}", company.phone, 100 + (n * 7 + dice.below(7)) % 890);
    if dice.chance(35) {
        person.mobile = format!("+420 605 550 {:03}", 100 + dice.below(900));
    }
    if dice.chance(60) {
        company.street.clone_into(&mut person.street);
        company.zip.clone_into(&mut person.zip);
        company.city.clone_into(&mut person.city);
        company.country.clone_into(&mut person.country);
    }
}

/// Draws a person of a company, with a name that nobody has yet where that is possible.
fn draw(
    company: &Company,
    n: u64,
    dice: &mut Dice,
    logins: &mut HashSet<String>,
    names: &mut HashSet<(String, String)>,
) -> ExternalUser {
    let mut name = names::draw(dice, company.language);
    for _ in 0..20 {
        if names.insert((name.first.to_owned(), name.last.to_owned())) {
            break;
        }
        name = names::draw(dice, company.language);
    }
    let (first, last) = (
        names::plain(name.first, company.language),
        names::plain(name.last, company.language),
    );
    // Two desks became one: some logins have the whole given name, some its first letter.
    let short = format!("{}.{last}", first.chars().take(1).collect::<String>());
    let base = if dice.chance(45) {
        short
    } else {
        format!("{first}.{last}")
    };
    let login = (1..1000)
        .map(|i| if i == 1 { base.clone() } else { format!("{base}{i}") })
        .find(|login| logins.insert(login.clone()))
        .unwrap_or_default();
    let validity = match dice.below(100) {
        0..=6 => Validity::Invalid,
        7..=8 => Validity::InvalidTemporarily,
        _ => Validity::Valid,
    };
    let mut person = ExternalUser {
        key: login.clone(),
        email: format!("{login}@{}", company.domain),
        login,
        title: if dice.chance(6) {
            dice.pick(&["Dr.", "Ing.", "Mgr."]).to_owned()
        } else {
            String::new()
        },
        first_name: name.first.to_owned(),
        last_name: name.last.to_owned(),
        account: company.key.to_owned(),
        validity,
        has_password: Some(!dice.chance(1)),
        ..ExternalUser::default()
    };
    furnish(&mut person, company, n, dice);
    person
}
