//! What the sample tells and tolerates.

use std::collections::HashSet;

use portico_core::model::{Context, ExternalUser, Ticket, Validity};
use portico_sample::built_in;

use super::load;

#[test]
fn the_story_can_be_found() {
    let desk = load(built_in());
    let key = |name: &str| desk.groups.iter().find(|g| g.name == name).unwrap().key.clone();
    let finance = key("finance");
    // The account is out of force, which changes nothing; the dispatcher still has it.
    let project = desk.accounts.iter().find(|a| a.key == "PRJ-EINVOICE").unwrap();
    assert_eq!(project.validity, Validity::Invalid);
    let holders: Vec<_> = desk.user_accounts.iter().filter(|l| l.account == project.key).collect();
    assert_eq!(holders.len(), 1);
    assert_eq!(holders[0].user, "a.nowak");
    let dispatcher = desk.users.iter().find(|u| u.login == "a.nowak").unwrap();
    assert_eq!(
        (dispatcher.account.as_str(), dispatcher.validity),
        ("GDANSK", Validity::Valid)
    );
    // Nothing else gives her finance.
    assert!(!desk.user_groups.iter().any(|l| l.user == "a.nowak"));
    assert!(
        !desk
            .account_groups
            .iter()
            .any(|l| l.account == "GDANSK" && l.group == finance)
    );
    let gives = |context| {
        desk.account_groups
            .iter()
            .any(|l| l.account == project.key && l.group == finance && l.context == context)
    };
    assert!(gives(Context::Same) && gives(Context::Other));
    assert_eq!(
        desk.account_groups
            .iter()
            .filter(|l| l.group == finance && l.context == Context::Other)
            .count(),
        1
    );
    // What she sees by it: invoices of companies that have finance.
    let queues: HashSet<_> = desk
        .queues
        .iter()
        .filter(|q| q.group == finance)
        .map(|q| &q.key)
        .collect();
    let companies: HashSet<_> = desk
        .account_groups
        .iter()
        .filter(|l| l.group == finance && l.context == Context::Same)
        .map(|l| l.account.as_str())
        .collect();
    let seen = desk
        .tickets
        .iter()
        .filter(|t| queues.contains(&t.queue) && companies.contains(t.account.as_str()) && t.account != "GDANSK")
        .count();
    assert!((300..1500).contains(&seen), "{seen}");
    // And what leads to it is written down.
    let question = desk
        .tickets
        .iter()
        .find(|t| t.title.starts_with("How does our freight partner"))
        .unwrap();
    let hint = desk
        .activities
        .iter()
        .rfind(|a| a.ticket == question.id && !a.visible)
        .unwrap();
    assert!(hint.body.as_ref().unwrap().contains("a.nowak"));
}

#[test]
fn the_sample_has_everything_that_desks_tolerate() {
    let desk = load(built_in());
    let keys: HashSet<_> = desk.accounts.iter().map(|a| a.key.as_str()).collect();
    let logins: HashSet<_> = desk.users.iter().map(|u| u.login.as_str()).collect();
    let user = |login: &str| desk.users.iter().find(|u| u.login == login).unwrap();
    let some_user = |test: &dyn Fn(&ExternalUser) -> bool| desk.users.iter().any(test);
    assert!(some_user(&|u| u.validity == Validity::Invalid), "an invalid person");
    assert!(
        some_user(&|u| u.validity == Validity::InvalidTemporarily),
        "one for now"
    );
    assert!(some_user(&|u| u.account.is_empty()), "one without an account");
    assert!(some_user(&|u| u.has_password == Some(false)), "an empty password");
    assert!(
        some_user(&|u| u.account == "UTRECHT-OUD") && !keys.contains("UTRECHT-OUD"),
        "an account without a record"
    );
    assert!(
        some_user(&|u| u.account == "aachen") && keys.contains("AACHEN"),
        "another case"
    );
    assert_eq!(
        user("m.neumann").login.to_lowercase(),
        user("M.Neumann").login.to_lowercase()
    );
    assert_eq!(
        user("jana.novakova").email,
        user("j.novakova").email,
        "a mail address used twice"
    );
    assert!(
        desk.accounts
            .iter()
            .any(|a| a.validity == Validity::Invalid && a.key != "PRJ-EINVOICE")
    );
    assert!(
        desk.user_groups.iter().any(|l| !logins.contains(l.user.as_str())),
        "links of a dead login"
    );
    assert!(desk.user_accounts.iter().any(|l| !logins.contains(l.user.as_str())));
    assert!(
        desk.user_accounts.iter().any(|l| !keys.contains(l.account.as_str())),
        "a further account without a record"
    );
    let doubled = |count: usize, distinct: usize| assert_eq!(count, distinct + 1, "one row twice");
    doubled(
        desk.user_accounts.len(),
        desk.user_accounts
            .iter()
            .map(|l| (&l.user, &l.account))
            .collect::<HashSet<_>>()
            .len(),
    );
    let rights: HashSet<_> = desk
        .user_groups
        .iter()
        .map(|l| (&l.user, &l.group, &l.permission))
        .collect();
    doubled(desk.user_groups.len(), rights.len());
    let both = |user: &str| {
        desk.user_groups
            .iter()
            .filter(|l| l.user == user)
            .map(|l| l.permission.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(both("radek.novotny"), ["ro", "rw"]);
    let ticket = |test: &dyn Fn(&Ticket) -> bool| desk.tickets.iter().any(test);
    assert!(
        ticket(&|t| t.owner.is_empty() && t.account.is_empty()),
        "a ticket of nobody"
    );
    assert!(
        ticket(&|t| !t.owner.is_empty() && !logins.contains(t.owner.as_str())),
        "a ticket of an unknown login"
    );
    assert!(ticket(&|t| t.account == "aachen"), "a ticket's account in another case");
    let invalid: HashSet<_> = desk
        .queues
        .iter()
        .filter(|q| q.validity != Validity::Valid)
        .map(|q| &q.key)
        .collect();
    assert!(ticket(&|t| invalid.contains(&t.queue)), "a ticket in an invalid queue");
    assert!(ticket(&|t| t.state_kind == "merged") && ticket(&|t| t.state_kind == "new"));
}
