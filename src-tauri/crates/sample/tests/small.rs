//! The samples of the other desks: the same every time, with references that hold.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};

use portico_core::snapshot::{Batch, Source};
use portico_sample::small;

const DESKS: [&str; 4] = ["daktela", "elma365", "innosoft", "zoho"];

fn batches(desk: &str) -> Vec<Batch> {
    let mut all = Vec::new();
    let mut world = small(desk).unwrap();
    world
        .read(&mut |batch| {
            all.push(batch);
            Ok(())
        })
        .unwrap();
    all
}

#[test]
fn the_same_every_time_and_about_sixty_people() {
    for desk in DESKS {
        assert_eq!(format!("{:?}", batches(desk)), format!("{:?}", batches(desk)));
        let counts: BTreeMap<_, _> = batches(desk).iter().map(|b| (b.kind(), b.len())).collect();
        assert_eq!((counts["external_users"], counts["tickets"]), (60, 240), "{desk}");
        assert!(batches(desk).iter().all(|b| !b.is_empty()), "{desk}");
    }
    assert!(small("otobo").is_none() && small("nowhere").is_none());
}

#[test]
fn logins_and_keys_are_unique_and_links_name_people_who_are_there() {
    for desk in DESKS {
        let all = batches(desk);
        let (mut keys, mut logins, mut named) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for batch in &all {
            match batch {
                Batch::ExternalUsers(people) => {
                    for person in people {
                        assert!(
                            keys.insert(person.key.clone()) && logins.insert(person.login.clone()),
                            "{person:?}"
                        );
                        assert!(!person.first_name.is_empty() && person.email.contains('@'));
                    }
                }
                Batch::UserGroups(links) => named.extend(links.iter().map(|l| l.user.clone())),
                Batch::UserContacts(links) => named.extend(links.iter().map(|l| l.user.clone())),
                Batch::UserAddresses(links) => named.extend(links.iter().map(|l| l.user.clone())),
                Batch::UserAccountViews(links) => named.extend(links.iter().map(|l| l.user.clone())),
                Batch::UserObjects(links) => named.extend(links.iter().map(|l| l.user.clone())),
                _ => {}
            }
        }
        assert!(!named.is_empty() && named.is_subset(&keys), "{desk}");
    }
}
