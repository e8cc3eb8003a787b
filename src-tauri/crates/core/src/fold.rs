//! The folds of case under which desks compare names.
//!
//! A database's `lower()` maps one character to one (`İ` becomes `i`), a program's lower-casing is
//! full Unicode (`İ` becomes `i` and a combining dot). SQLite's own `lower()` and `NOCASE` know only
//! ASCII, so folded values are written beside the names.

/// Lower-cases one character to one, as `lower()` of a database does.
pub fn simple(text: &str) -> String {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
}

/// Lower-cases by full Unicode, without regard to context (no final sigma), as Perl's `lc` does.
pub fn full(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{full, simple};

    #[test]
    fn the_two_folds_differ_where_one_character_becomes_two() {
        assert_eq!(simple("ÄCME İX"), "äcme ix");
        assert_eq!(full("ÄCME İX"), "äcme i\u{307}x");
        assert_eq!(simple("ΣΑΣ"), "σασ");
    }
}
