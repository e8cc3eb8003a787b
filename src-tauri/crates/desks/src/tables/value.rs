//! What a cell says.

use portico_core::form::StatusRule;
use portico_core::model::Validity;

use super::row::BETWEEN;

/// On or off, in English and German; an empty cell is off. `None` where it is neither.
pub(super) fn flag(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "" | "0" | "no" | "n" | "nein" | "false" | "falsch" | "off" | "aus" | "-" => Some(false),
        "1" | "yes" | "y" | "ja" | "j" | "true" | "wahr" | "on" | "an" | "x" | "✓" => Some(true),
        _ => None,
    }
}

/// A status by the desk's word, by Portico's, or by the words that lists of other programs have for the two plain ones.
pub(super) fn status(cell: &str, rule: &StatusRule) -> Option<Validity> {
    let offered = |status: Validity| rule.offered.contains(&status).then_some(status);
    rule.named(cell).or_else(|| match cell.trim().to_lowercase().as_str() {
        "active" | "aktiv" | "valid" | "gültig" | "enabled" | "1" | "yes" | "ja" | "true" => offered(Validity::Valid),
        "inactive" | "inaktiv" | "invalid" | "ungültig" | "disabled" | "deaktiviert" | "0" | "no" | "nein"
        | "false" => offered(Validity::Invalid),
        _ => None,
    })
}

/// The entries of a list. What a format keeps as a list is one already.
pub(super) fn entries(cell: &str, separator: char) -> impl Iterator<Item = &str> {
    let between = if cell.contains(BETWEEN) { BETWEEN } else { separator };
    cell.split(between).map(str::trim).filter(|entry| !entry.is_empty())
}

#[cfg(test)]
mod tests {
    use portico_core::form::registry::rules;
    use portico_core::model::Validity;

    use super::{entries, flag, status};

    #[test]
    fn flags_and_statuses_are_read_in_both_languages_and_nothing_else_is() {
        for on in ["yes", "Ja", "1", "TRUE", "x", "X", "wahr"] {
            assert_eq!(flag(on), Some(true), "{on}");
        }
        for off in ["", "no", "Nein", "0", "false"] {
            assert_eq!(flag(off), Some(false), "{off}");
        }
        assert_eq!(flag("perhaps"), None);
        let Some(rules) = rules("innosoft") else { return };
        assert_eq!(status("Inaktiv", &rules.status), Some(Validity::Invalid));
        assert_eq!(status("active", &rules.status), Some(Validity::Valid));
        assert_eq!(status("not-registered", &rules.status), None);
        assert_eq!(status("", &rules.status), None);
    }

    #[test]
    fn a_list_is_split_where_the_mapping_says_and_a_list_of_json_where_it_is_one() {
        let list = |cell, separator| entries(cell, separator).collect::<Vec<_>>();
        assert_eq!(list("a; b;;c", ';'), ["a", "b", "c"]);
        assert_eq!(list("a; b", ','), ["a; b"]);
        assert_eq!(list("a;1\u{1f}b\u{1f}", ';'), ["a;1", "b"]);
        assert_eq!(list("", ';'), [""; 0]);
    }
}
