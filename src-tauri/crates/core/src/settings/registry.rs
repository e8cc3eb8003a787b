//! Which desk has which settings.

use super::{PortalSetting, daktela, elma365, innosoft, otobo, zoho};
use crate::access::setting::NeededSetting;

/// The settings of a desk's portal, in the order in which they are shown; empty for a desk that is not known.
pub fn of(desk: &str) -> &'static [PortalSetting] {
    match desk {
        "daktela" => daktela::SETTINGS,
        "elma365" => elma365::SETTINGS,
        "innosoft" => innosoft::SETTINGS,
        "otobo" | "znuny" => otobo::SETTINGS,
        "zoho" => zoho::SETTINGS,
        _ => &[],
    }
}

/// A setting of a desk by its name.
pub fn find(desk: &str, name: &str) -> Option<&'static PortalSetting> {
    of(desk).iter().find(|setting| setting.name == name)
}

/// The setting that lists the attributes of a ticket that the portal shows; `None` where the desk has none.
pub fn shown_attributes(desk: &str) -> Option<&'static PortalSetting> {
    let name = match desk {
        "daktela" => daktela::SHOWN_FIELDS,
        "otobo" | "znuny" => otobo::ATTRIBUTES,
        _ => return None,
    };
    find(desk, name)
}

/// The address at which external users log in, by the settings (value as JSON text by name); `None` where the desk says
/// nothing of it, or nobody gave what it is made of.
pub fn portal_address<'s>(desk: &str, setting: impl Fn(&str) -> Option<&'s str>) -> Option<String> {
    let text = |name: &str| setting(name).and_then(|json| serde_json::from_str::<String>(json).ok());
    match desk {
        "daktela" => daktela::portal(&text(daktela::INSTANCE)?),
        _ => None,
    }
}

/// What the desk's access model needs before it can tell.
pub(crate) fn needed(desk: &str) -> Vec<NeededSetting> {
    of(desk).iter().filter_map(PortalSetting::needed).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use std::collections::BTreeSet;

    use super::super::{Kind, check};
    use super::{find, needed, of};
    use crate::access::registry::{DESKS as MODELLED, model};
    use crate::form::field::Entity;
    use crate::form::registry::{DESKS, rules};

    #[test]
    fn every_desk_has_settings_with_names_of_their_own_and_defaults_that_fit() {
        for desk in DESKS {
            let mut names = BTreeSet::new();
            assert!(!of(desk).is_empty(), "{desk}");
            for setting in of(desk) {
                assert!(names.insert(setting.name), "{desk}: {} stands twice", setting.name);
                assert!(!setting.text.is_empty() && !setting.section.is_empty());
                if let Some(default) = setting.default {
                    assert_eq!(check(setting, default).unwrap(), default, "{desk} {}", setting.name);
                }
            }
        }
        assert!(of("nowhere").is_empty());
        assert!(find("zoho", "Portal::Access").is_some() && find("daktela", "Portal::Access").is_none());
    }

    #[test]
    fn a_setting_that_decides_is_one_that_the_model_asks_for_and_no_other() {
        for desk in MODELLED {
            let decides: Vec<_> = of(desk).iter().filter(|s| s.decides).map(|s| s.name).collect();
            let asked: Vec<_> = model(desk).unwrap().settings.iter().map(|s| s.name).collect();
            assert_eq!(decides, asked, "{desk}");
            assert_eq!(
                needed(desk).len(),
                decides.len(),
                "{desk}: a model cannot read one of them"
            );
        }
    }

    #[test]
    fn the_portal_lies_at_the_address_of_the_instance() {
        let at = |desk: &str, json: &'static str| {
            super::portal_address(desk, |name| (name == "Portal::Instance").then_some(json))
        };
        let there = Some("https://desk.example.org/clients/login".to_owned());
        for given in [
            r#""desk.example.org""#,
            r#"" https://desk.example.org/ ""#,
            r#""http://desk.example.org/clients/login""#,
        ] {
            assert_eq!(at("daktela", given), there, "{given}");
        }
        assert_eq!(at("daktela", r#""""#), None);
        assert_eq!(at("daktela", "7"), None);
        assert_eq!(at("zoho", r#""desk.example.org""#), None);
        assert_eq!(super::portal_address("daktela", |_| None), None);
    }

    #[test]
    fn names_are_those_of_records_that_the_desk_has() {
        for desk in DESKS {
            for setting in of(desk) {
                let Some(entity) = setting.kind.entity() else { continue };
                let known = rules(desk).unwrap().of(entity).is_some();
                // Priorities are named in a setting of a desk that has no form for them.
                assert!(known || entity == Entity::TicketPriority, "{desk} {}", setting.name);
            }
        }
    }

    #[test]
    fn a_table_has_every_cell_once() {
        for desk in DESKS {
            let cells: Vec<_> = of(desk).iter().filter_map(|s| s.cell).collect();
            let rows: BTreeSet<_> = cells.iter().map(|(row, _)| *row).collect();
            let columns: BTreeSet<_> = cells.iter().map(|(_, column)| *column).collect();
            assert_eq!(cells.len(), rows.len() * columns.len(), "{desk}");
            assert_eq!(cells.iter().collect::<BTreeSet<_>>().len(), cells.len(), "{desk}");
            assert!(
                of(desk)
                    .iter()
                    .all(|s| s.cell.is_none() || matches!(s.kind, Kind::Choice(_)))
            );
        }
    }
}
