#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{DESKS, Effect, STATEMENTS, Translator};
use crate::access::decide::{Case, holds};
use crate::access::model::Permission;
use crate::access::registry::model;
use crate::access::rule::{all, any};
use crate::access::setting::{Settings, Value};
use crate::access::world::World;
use crate::model::{
    Account, AccountGroup, Activity, Address, Contact, Context, DeskSetting, ExternalUser, SettingOrigin, Ticket,
    UserAccount, UserAccountView, UserAddress, UserContact, UserGroup,
};
use crate::snapshot::Batch;

fn text(text: &str) -> String {
    text.to_owned()
}

fn person(key: &str, account: &str) -> ExternalUser {
    ExternalUser {
        key: text(key),
        login: format!("{key}@example.org"),
        account: text(account),
        external: Some(true),
        ..ExternalUser::default()
    }
}

fn account(key: &str) -> Account {
    Account {
        key: text(key),
        name: format!("{key} Ltd"),
        ..Account::default()
    }
}

fn tickets(of: &[(&str, &str)]) -> Batch {
    let tickets = (1..).zip(of).map(|(id, (owner, account))| Ticket {
        id,
        number: id.to_string(),
        owner: text(owner),
        account: text(account),
        ..Ticket::default()
    });
    Batch::Tickets(tickets.collect())
}

fn setting(name: &str, value: &str) -> DeskSetting {
    DeskSetting {
        name: text(name),
        value: text(value),
        origin: SettingOrigin::Desk,
    }
}

/// Translates, and tells who sees which tickets by the rules of the new desk, then what is said.
fn moved(from: &str, to: &str, batches: Vec<Batch>) -> String {
    let mut translator = Translator::new(from, to).unwrap();
    let mut there: Vec<Batch> = batches.into_iter().flat_map(|batch| translator.take(batch)).collect();
    there.extend(translator.finish());
    let mut told = seen(to, there);
    for of in translator.told().iter().filter(|of| of.count.is_some()) {
        writeln!(told, "{} {}", of.statement.id, of.count.unwrap()).unwrap();
    }
    told
}

fn seen(desk: &str, batches: Vec<Batch>) -> String {
    let model = model(desk).unwrap();
    let assumed = model.settings.iter().filter_map(|n| Some((n.name, n.assumed_value()?)));
    let mut settings: Settings = assumed.collect();
    let mut world = World::default();
    for batch in batches {
        if let Batch::Settings(rows) = &batch {
            for row in rows {
                let value: serde_json::Value = serde_json::from_str(&row.value).unwrap();
                settings.set(
                    text(&row.name),
                    match value {
                        serde_json::Value::Bool(on) => Value::Switch(on),
                        serde_json::Value::String(choice) => Value::choice(choice.leak()),
                        serde_json::Value::Number(number) => {
                            Value::Number(number.as_u64().unwrap().try_into().unwrap())
                        }
                        _ => Value::Names(Vec::new()),
                    },
                );
            }
        }
        world.take(batch);
    }
    world.settings = settings;
    let node = all([
        model.login.clone(),
        any([model.listed(), model.openable.get(Permission::Ro).clone()]),
    ]);
    let mut told = String::new();
    for user in &world.users {
        let person = world.person(&user.key).unwrap();
        let sees = world.tickets.iter().filter(|ticket| {
            let subject = &world.ticket(ticket);
            let case = Case {
                person: &person,
                subject,
                workspace: &world,
            };
            holds(&node, &case) == Some(true)
        });
        let numbers: Vec<&str> = sees.map(|ticket| ticket.number.as_str()).collect();
        writeln!(told, "{}: {}", user.key, numbers.join(" ")).unwrap();
    }
    told
}

fn zoho() -> Vec<Batch> {
    let view = |user: &str, account: &str| UserAccountView {
        user: text(user),
        account: text(account),
    };
    vec![
        Batch::Settings(vec![setting("Portal::AccountTickets", "false")]),
        Batch::Accounts(vec![account("acme"), account("beta")]),
        Batch::UserAccounts(vec![UserAccount {
            user: text("ann"),
            account: text("beta"),
        }]),
        Batch::UserAccountViews(vec![view("ann", "beta"), view("ben", "beta")]),
        Batch::ExternalUsers(vec![person("ann", "acme"), person("ben", "acme"), person("cy", "beta")]),
        tickets(&[
            ("ann", "acme"),
            ("ben", "acme"),
            ("cy", "beta"),
            ("", "beta"),
            ("ben", "beta"),
            ("cy", ""),
            ("", ""),
        ]),
    ]
}

#[test]
fn a_switch_of_one_account_becomes_what_the_other_desk_has() {
    assert_eq!(seen("zoho", zoho()), "ann: 1 3 4 5\nben: 2 5\ncy: 3 6\n");
    // One flag for all accounts: ann sees her main one too. What ben wrote for beta is beta's no more; what cy wrote
    // for nobody is her account's.
    assert_eq!(
        moved("zoho", "daktela", zoho()),
        "ann: 1 2 3 4 5 6\nben: 2 5\ncy: 3 6\n\
         daktela.write.flag 1\ndaktela.write.without_account 1\ndaktela.write.elsewhere 1\n\
         zoho.read.stray 1\ndaktela.write.nobody 1\n"
    );
    // Everybody sees her company's.
    assert_eq!(
        moved("zoho", "otobo", zoho()),
        "ann: 1 2 3 4 5\nben: 1 2 5\ncy: 3 4 5 6\notobo.write.company 3\nzoho.read.stray 1\notobo.write.queue 7\n"
    );
    // One's own address is readable.
    assert_eq!(
        moved("zoho", "innosoft", zoho()),
        "ann: 1 2 3 4 5\nben: 1 2 5\ncy: 3 4 5 6\n\
         innosoft.write.own_address 3\nzoho.read.stray 1\ninnosoft.write.addresses 2\n"
    );
}

#[test]
fn one_switch_for_the_whole_portal_is_one_for_each() {
    let mut batches = zoho();
    batches[0] = Batch::Settings(vec![setting("Portal::AccountTickets", "true")]);
    let there = moved("zoho", "daktela", batches.clone());
    assert!(
        there.starts_with("ann: 1 2 3 4 5 6\nben: 1 2 5\ncy: 3 4 6\n"),
        "{there}"
    );
    assert!(!there.contains("daktela.write.flag"), "{there}");
    batches[0] = Batch::Settings(vec![setting("Portal::AccountSwitches", "\"partial\"")]);
    assert!(moved("zoho", "daktela", batches).contains("zoho.read.unread 1"));
}

fn otobo(no_company: &str) -> Vec<Batch> {
    let right = |context| AccountGroup {
        account: text("acme"),
        group: text("1"),
        permission: text("ro"),
        context,
    };
    vec![
        Batch::Settings(vec![setting(
            "Ticket::Frontend::CustomerDisableCompanyTicketAccess",
            no_company,
        )]),
        Batch::Accounts(vec![account("acme"), account("beta")]),
        Batch::UserAccounts(vec![UserAccount {
            user: text("ann"),
            account: text("beta"),
        }]),
        Batch::UserGroups(vec![UserGroup {
            user: text("ann"),
            group: text("1"),
            permission: text("rw"),
        }]),
        Batch::AccountGroups(vec![right(Context::Same), right(Context::Other)]),
        Batch::ExternalUsers(vec![person("ann", "acme"), person("ben", "beta")]),
        tickets(&[
            ("ann@example.org", "acme"),
            ("BEN@example.org", "acme"),
            ("", "beta"),
            ("gone", "acme"),
        ]),
        Batch::Activities(vec![Activity {
            ticket: 1,
            ..Activity::default()
        }]),
    ]
}

#[test]
fn company_tickets_become_switches() {
    assert_eq!(
        moved("otobo", "zoho", otobo("false")),
        "ann: 1 2 3 4\nben: 2 3\notobo.read.groups 2\notobo.read.others 1\n"
    );
    assert_eq!(
        moved("otobo", "zoho", otobo("true")),
        "ann: 1\nben: 2\notobo.read.groups 2\notobo.read.others 1\n"
    );
    // Nobody saw company tickets, so nobody does there.
    let there = moved(
        "zoho",
        "otobo",
        vec![
            Batch::Accounts(vec![account("acme")]),
            Batch::ExternalUsers(vec![person("ann", "acme")]),
            tickets(&[("", "acme"), ("ann", "acme")]),
        ],
    );
    assert_eq!(there, "ann: 2\notobo.write.queue 2\n");
}

fn daktela(flag: bool, involvement: &str) -> Vec<Batch> {
    let contact = |key: &str, account: &str| Contact {
        key: text(key),
        account: text(account),
        ..Contact::default()
    };
    let pair = |user: &str, contact: &str| UserContact {
        user: text(user),
        contact: text(contact),
    };
    let with_flag = ExternalUser {
        account_tickets: flag,
        external_comments: true,
        ..person("ann", "")
    };
    vec![
        Batch::Settings(vec![setting("Portal::Involvement", involvement)]),
        Batch::Accounts(vec![account("acme"), account("beta")]),
        Batch::Contacts(vec![contact("a", "acme"), contact("b", "beta"), contact("c", "acme")]),
        Batch::UserContacts(vec![pair("ann", "a"), pair("ann", "b"), pair("ben", "b")]),
        Batch::ExternalUsers(vec![with_flag, person("ben", "")]),
        tickets(&[("a", ""), ("b", ""), ("c", ""), ("", "")]),
    ]
}

#[test]
fn contacts_become_owners_and_accounts() {
    let own = "ann: 1 2\nben: \ndaktela.read.shared 1\ndaktela.read.comments 1\n";
    assert_eq!(moved("daktela", "zoho", daktela(false, "\"contact\"")), own);
    assert_eq!(
        moved("daktela", "zoho", daktela(true, "\"contact\"")),
        own.replace("1 2\n", "1 2 3\n")
    );
    // Whoever is involved by her company sees what the flag shows; so ben keeps what he shared.
    let wide = moved("daktela", "zoho", daktela(false, "\"contact_or_company\""));
    assert_eq!(wide, own.replace("1 2\nben: \n", "1 2 3\nben: 2\n"));
}

#[test]
fn addresses_become_accounts() {
    let address = |key: &str| Address {
        key: text(key),
        number: format!("No. {key}"),
        ..Address::default()
    };
    let grant = |user: &str, permission: &str| UserAddress {
        user: text(user),
        address: text("there"),
        permission: text(permission),
    };
    let at = |key: &str, right_addresses, external| ExternalUser {
        address: text("here"),
        right_addresses,
        external: Some(external),
        ..person(key, "customer")
    };
    let batches = vec![
        Batch::Accounts(vec![account("customer")]),
        Batch::Addresses(vec![address("here"), address("there")]),
        Batch::UserAddresses(vec![grant("ann", "read"), grant("ann", "write"), grant("ben", "read")]),
        Batch::ExternalUsers(vec![
            at("ann", true, true),
            at("ben", false, true),
            at("cy", true, false),
        ]),
        tickets(&[
            ("ann@example.org", ""),
            ("", "here"),
            ("", "there"),
            ("cy@example.org", ""),
        ]),
    ];
    assert_eq!(
        moved("innosoft", "zoho", batches),
        "ann: 1 2 3\nben: 2\ncy: \n\
         innosoft.read.accounts 1\ninnosoft.read.write 1\ninnosoft.read.addresses 2\ninnosoft.read.internal 1\n"
    );
}

#[test]
fn statements_have_names_of_their_own_and_what_is_lost_comes_first() {
    let mut ids = BTreeSet::new();
    for statement in STATEMENTS.iter().copied().flatten() {
        assert!(ids.insert(statement.id), "{} stands twice", statement.id);
        assert!(statement.text.ends_with('.'), "{}", statement.id);
    }
    for from in DESKS {
        for to in DESKS {
            let Some(translator) = Translator::new(from, to) else {
                assert_eq!(from, to);
                continue;
            };
            let effects: Vec<Effect> = translator.told().iter().map(|told| told.statement.effect).collect();
            assert!(effects.is_sorted() && !effects.is_empty(), "{from} {to}");
        }
    }
    assert!(Translator::new("elma365", "zoho").is_none() && Translator::new("zoho", "elma365").is_none());
}

/// The statements of all halves, for people.
fn table() -> String {
    let mut table = String::new();
    for (half, title) in STATEMENTS.iter().zip(HALVES) {
        write!(
            table,
            "\n## {title}\n| for those outside | what becomes of it |\n|---|---|\n"
        )
        .unwrap();
        let mut sorted: Vec<_> = half.iter().collect();
        sorted.sort_by_key(|statement| statement.effect);
        for statement in sorted {
            let effect = format!("{:?}", statement.effect).to_lowercase();
            writeln!(table, "| {effect} | {} |", statement.text).unwrap();
        }
    }
    table
}

const HALVES: [&str; 8] = [
    "From Daktela",
    "To Daktela",
    "From Innosoft FSM",
    "To Innosoft FSM",
    "From OTOBO / Znuny",
    "To OTOBO / Znuny",
    "From Zoho Desk",
    "To Zoho Desk",
];

#[test]
fn documentation_says_what_is_said() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/translations.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- statements -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    let wanted = format!("{before}<!-- statements -->\n{}\n<!-- end -->{after}", table());
    if std::env::var_os("PORTICO_WRITE_DOCS").is_some() {
        std::fs::write(&path, wanted).unwrap();
    } else {
        assert!(text == wanted, "docs/translations.md is stale: PORTICO_WRITE_DOCS=1");
    }
}
