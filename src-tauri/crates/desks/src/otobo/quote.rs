//! Texts of people within programs of machines: no input can break out of its quotes.

use std::fmt::Write as _;

/// A `PostgreSQL` expression of type text.
///
/// Backslashes and control characters never stand in the literal, so that it means the same under either
/// `standard_conforming_strings`, and every literal is one line.
pub fn postgresql(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("''"),
            '\\' => out.push_str("'||pg_catalog.chr(92)||'"),
            c if c.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(out, "'||pg_catalog.chr({})||'", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    if out.contains("||") { format!("({out})") } else { out }
}

/// The UTF-8 bytes of a text in upper-case hexadecimal digits: in quotes of any kind, under any SQL mode,
/// they are only digits.
pub fn hex(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        let _ = write!(out, "{byte:02X}");
    }
    out
}

/// One word for bash, in single quotes; nothing is expanded within them.
pub fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// What can stand in any comment: plain letters, digits and a few signs; everything else as its code point.
pub fn comment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(120) {
        if c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '@' | '_' | '-' | ':' | '=' | '(' | ')') {
            out.push(c);
        } else {
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        }
    }
    out.replace("--", "- -")
}

#[cfg(test)]
mod tests {
    use super::{comment, hex, postgresql, shell};

    #[test]
    fn nothing_ends_a_postgresql_literal_early() {
        assert_eq!(postgresql("O'Neil; drop table x; --"), "'O''Neil; drop table x; --'");
        assert_eq!(postgresql(r"\'"), r"(''||pg_catalog.chr(92)||'''')");
        assert_eq!(postgresql("a\nb"), "('a'||pg_catalog.chr(10)||'b')");
        assert_eq!(postgresql("😀 $$ $(id)"), "'😀 $$ $(id)'");
    }

    #[test]
    fn hex_is_only_digits() {
        assert_eq!(hex("a'\n😀"), "61270AF09F9880");
    }

    #[test]
    fn bash_itself_gives_the_words_back() {
        for text in [
            "it's",
            "a\nb",
            "$(id) `id` $HOME",
            r"back\slash",
            "😀; rm -rf /",
            "",
            "!! \"q\"",
        ] {
            let script = format!("printf %s {}", shell(text));
            let Ok(out) = std::process::Command::new("bash").arg("-c").arg(script).output() else {
                return;
            };
            assert_eq!(String::from_utf8_lossy(&out.stdout), text);
        }
    }

    #[test]
    fn comments_are_one_line_and_never_end() {
        let text = comment("x\n*/ drop -- \\! 'q' $(id)\r\u{2028}");
        assert!(
            !text.contains(['\n', '\r', '*', '/', '\\', '\'', '$', '\u{2028}']),
            "{text}"
        );
        assert!(!text.contains("--"));
    }
}
