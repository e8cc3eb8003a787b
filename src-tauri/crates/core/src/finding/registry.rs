//! What can be found in which desk.

use super::{Check, daktela, elma365, innosoft, otobo, zoho};

/// The checks of a desk, those of the weightiest kinds first; empty for a desk that is not known.
pub fn of(desk: &str) -> &'static [Check] {
    match desk {
        "daktela" => daktela::CHECKS,
        "elma365" => elma365::CHECKS,
        "innosoft" => innosoft::CHECKS,
        "otobo" | "znuny" => otobo::CHECKS,
        "zoho" => zoho::CHECKS,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::collections::BTreeSet;

    use super::super::kinds::ALL;
    use super::super::{About, Fix};
    use super::of;
    use crate::access::registry::{DESKS, model};
    use crate::access::rule::Standing;
    use crate::form::field::Entity;
    use crate::form::registry::rules;

    #[test]
    fn a_check_names_a_rule_of_its_desk_as_well_known_as_it_says() {
        for desk in DESKS {
            let mut known = std::collections::BTreeMap::new();
            for (_, tree) in model(desk).unwrap().trees() {
                tree.rules(&mut |rule| {
                    known.insert(rule.id, rule.standing);
                });
            }
            for check in of(desk).iter().filter(|check| !check.rule.is_empty()) {
                let standing = known
                    .get(check.rule)
                    .unwrap_or_else(|| panic!("{desk}: {} names the rule {}", check.name, check.rule));
                assert_eq!(Some(*standing), check.standing, "{desk} {}", check.name);
            }
        }
    }

    #[test]
    fn a_way_out_leads_to_a_field_that_the_desk_has() {
        for desk in DESKS.iter().filter(|desk| **desk != "znuny") {
            for check in of(desk) {
                let entity = match check.kind.about {
                    About::Person => Entity::ExternalUser,
                    About::Account => Entity::Account,
                    About::Queue | About::Setting | About::Rule => {
                        assert_eq!(check.fix, Fix::Settings, "{desk} {}", check.name);
                        continue;
                    }
                };
                let (Fix::Open(field) | Fix::Set(field, _)) = check.fix else {
                    continue;
                };
                let own = entity.fields().iter().any(|f| f.name == field && f.own);
                let of_account = entity == Entity::Account && field == "groups";
                let known = rules(desk).unwrap().knows(entity, field);
                assert!(own || of_account || known, "{desk} {}: {field}", check.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_kinds_come_in_order() {
        for desk in DESKS {
            let names: BTreeSet<_> = of(desk).iter().map(|check| check.name).collect();
            assert_eq!(names.len(), of(desk).len(), "{desk}");
            let order: Vec<_> = of(desk)
                .iter()
                .map(|check| ALL.iter().position(|kind| *kind == check.kind).unwrap())
                .collect();
            assert!(order.is_sorted(), "{desk}: {order:?}");
        }
        let used: BTreeSet<_> = DESKS.iter().flat_map(|desk| of(desk)).map(|c| c.kind.id).collect();
        assert_eq!(used.len(), ALL.len());
        assert!(ALL.is_sorted_by_key(|kind| kind.severity));
        assert!(of("nowhere").is_empty());
    }

    #[test]
    fn what_is_assumed_says_so() {
        for check in DESKS.iter().flat_map(|desk| of(desk)) {
            let says = check.kind.id.starts_with("assumed_");
            assert!(!says || check.standing == Some(Standing::A), "{}", check.name);
        }
    }
}
