//! Which desk demands what.

use super::{FormRules, daktela, elma365, innosoft, otobo, zoho};

/// The desks whose forms are known.
pub const DESKS: &[&str] = &["daktela", "elma365", "innosoft", "otobo", "zoho"];

/// The rules of a desk; `None` for a desk that Portico does not know.
pub fn rules(desk: &str) -> Option<&'static FormRules> {
    match desk {
        "daktela" => Some(&daktela::RULES),
        "elma365" => Some(&elma365::RULES),
        "innosoft" => Some(&innosoft::RULES),
        "otobo" => Some(&otobo::RULES),
        "zoho" => Some(&zoho::RULES),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::super::field::{Entity, Kind};
    use super::{DESKS, rules};

    #[test]
    fn every_field_a_desk_knows_is_a_field_of_its_form() {
        for desk in DESKS {
            let rules = rules(desk).unwrap();
            for entity in Entity::ALL {
                for rule in rules.of(entity).unwrap_or_default() {
                    let field = entity.fields().iter().find(|f| f.name == rule.field);
                    let field = field.unwrap_or_else(|| panic!("{desk}: {} has no {}", entity.name(), rule.field));
                    assert!(
                        rule.max == 0
                            || field.kind.is_text()
                            || field.kind == Kind::Custom
                            || field.kind.refers_to().is_some(),
                        "{desk} {}",
                        rule.field
                    );
                }
            }
        }
    }

    #[test]
    fn every_status_has_a_word_and_is_found_by_it() {
        for desk in DESKS {
            let status = rules(desk).unwrap().status;
            assert_eq!(status.offered.len(), status.words.len(), "{desk}");
            assert!(status.offered.contains(&status.first), "{desk}");
            for offered in status.offered {
                assert_eq!(status.named(status.word(*offered)), Some(*offered), "{desk}");
                assert_eq!(status.named(&offered.name().to_uppercase()), Some(*offered), "{desk}");
            }
            assert_eq!(status.named("dead"), None, "{desk}");
        }
    }

    #[test]
    fn every_field_is_known_to_a_desk_or_ours() {
        for entity in Entity::ALL {
            for field in entity.fields() {
                let known = DESKS.iter().any(|desk| rules(desk).unwrap().knows(entity, field.name));
                assert!(
                    known || field.own || field.name == "status",
                    "{} {}",
                    entity.name(),
                    field.name
                );
            }
        }
    }
}
