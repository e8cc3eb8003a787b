//! What makes a passphrase hard to guess, as far as that can be told from looking at it.

use crate::error::FieldProblem;

/// Shorter ones are guessed too soon, whatever each guess costs.
const LONG_ENOUGH: usize = 12;
/// Fewer different characters make even a long one easy.
const VARIED_ENOUGH: usize = 5;

/// What is wrong with a new passphrase, or worth knowing about it; beside the field `new`.
pub fn check(text: &str) -> Option<FieldProblem> {
    if text.trim().is_empty() {
        let message = "a passphrase has at least one character that is not a space";
        return Some(said("empty", vec![], message.to_owned(), false));
    }
    if text.chars().count() < LONG_ENOUGH {
        let detail = vec![("least".to_owned(), LONG_ENOUGH.to_string())];
        let message = format!("it is short: with fewer than {LONG_ENOUGH} characters it can be guessed");
        return Some(said("short", detail, message, true));
    }
    let mut different: Vec<char> = text.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < VARIED_ENOUGH {
        let message = "it repeats few characters: it can be guessed";
        return Some(said("simple", vec![], message.to_owned(), true));
    }
    None
}

fn said(code: &str, detail: Vec<(String, String)>, message: String, warning: bool) -> FieldProblem {
    FieldProblem {
        field: "new".to_owned(),
        code: format!("passphrase.problem.{code}"),
        detail,
        message,
        warning,
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn nothing_is_refused_and_what_is_easy_is_warned_about() {
        let said = |text: &str| check(text).map(|p| (p.code, p.warning));
        let is = |code: &str, warning: bool| Some((format!("passphrase.problem.{code}"), warning));
        assert_eq!(said(""), is("empty", false));
        assert_eq!(said(" \t "), is("empty", false));
        assert_eq!(said("secret"), is("short", true));
        assert_eq!(said("žžžžžžžžžžž"), is("short", true));
        assert_eq!(said("abababababab"), is("simple", true));
        assert_eq!(said("correct horse battery staple"), None);
    }
}
