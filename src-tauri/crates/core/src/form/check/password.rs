//! Passwords that are typed: what the desk demands of one.

use super::super::PasswordRule;
use super::problem;
use crate::error::FieldProblem;

/// The code of the problem that a form says `typed` and no password is kept.
pub const NOT_KEPT: &str = "problem.password_not_kept";

/// What is wrong with a password. Nothing of it is in the answer.
pub fn check_password(rule: &PasswordRule, clear: &str) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let mut wrong = |code: &str, detail: Vec<(String, String)>, message: String| {
        found.push(problem("password", code, detail, message));
    };
    let least = rule.min.max(1);
    if clear.chars().count() < least {
        let detail = vec![("min".to_owned(), least.to_string())];
        let message = format!("the desk wants at least {least} characters");
        wrong("problem.password_short", detail, message);
    }
    let capital = clear.chars().any(char::is_uppercase);
    let digit = clear.chars().any(|c| c.is_ascii_digit());
    let special = clear.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace());
    if rule.mixed && !(capital && digit && special) {
        let message = "the desk wants capitals, digits and special characters combined".to_owned();
        wrong("problem.password_mixed", Vec::new(), message);
    }
    if clear.chars().any(char::is_control) {
        let message = "holds a control character, which nobody can type".to_owned();
        wrong("problem.password_control", Vec::new(), message);
    }
    found
}
