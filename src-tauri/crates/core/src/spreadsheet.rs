//! What a spreadsheet would do with a text.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet takes for a formula.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

/// A cell as it was before [`harmless`].
pub fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::{harmless, plain};

    #[test]
    fn what_begins_like_a_formula_is_a_text() {
        for begin in ["=", "+", "-", "@", "\t", "\r"] {
            assert_eq!(harmless(&format!("{begin}1+1")), format!("'{begin}1+1"));
            assert_eq!(plain(&harmless(&format!("{begin}1+1"))), format!("{begin}1+1"));
        }
        assert_eq!(harmless("a=1"), "a=1");
        assert_eq!(harmless(""), "");
        assert_eq!(plain("'twas"), "'twas");
    }
}
