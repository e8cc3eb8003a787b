//! What a desk takes in the form of an external user: lengths, what must be there, patterns.
//!
//! The window, the command line and imports use this one check. A problem's `code` is a key of the
//! catalogue, its `message` the same in English.

pub mod otobo;
pub mod registry;

use crate::error::FieldProblem;

/// What a desk demands of one text field.
#[derive(Debug, Clone, Copy)]
pub struct FieldRule {
    /// The field's name, as in the form.
    pub field: &'static str,
    /// The most characters it takes.
    pub max: usize,
    /// Whether a new record must have it. A record that the desk has without it is only worth a warning.
    pub required: bool,
}

/// What a desk demands of the whole form.
#[derive(Debug, Clone, Copy)]
pub struct FormRules {
    /// The text fields the desk knows, in the form's order. The others stay behind "More fields".
    pub fields: &'static [FieldRule],
    /// The longest login that can carry links; `None` where any can.
    pub linked_login_max: Option<usize>,
    /// Permission keys of group links, weakest first.
    pub permissions: &'static [&'static str],
    /// Whether the login is the desk's key, so that renaming it breaks what refers to it.
    pub login_is_key: bool,
}

/// What the check needs to know beside the field's texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Circumstances {
    /// Whether the desk has the record already.
    pub in_desk: bool,
    /// Whether the person has links that name the login.
    pub has_links: bool,
}

/// Checks the texts of a form; `value` gives a field's text.
pub fn check<'a>(rules: &FormRules, value: &dyn Fn(&str) -> &'a str, at: Circumstances) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    for rule in rules.fields {
        let text = value(rule.field);
        let length = text.chars().count();
        if length > rule.max {
            let detail = vec![
                ("length".into(), length.to_string()),
                ("max".into(), rule.max.to_string()),
            ];
            let message = format!("{length} characters; the desk takes {} at most", rule.max);
            problems.push(problem(rule.field, "problem.too_long", detail, message));
        }
        if let Some(c) = text
            .chars()
            .find(|c| c.is_control() && !(rule.field == "description" && matches!(c, '\n' | '\r' | '\t')))
        {
            let detail = vec![("code".into(), format!("U+{:04X}", u32::from(c)))];
            problems.push(problem(
                rule.field,
                "problem.control",
                detail,
                format!("holds a control character (U+{:04X})", u32::from(c)),
            ));
        }
        if rule.required && text.trim().is_empty() {
            let mut missing = problem(
                rule.field,
                "problem.missing",
                vec![],
                "the desk wants this filled in".into(),
            );
            missing.warning = at.in_desk && rule.field != "login";
            problems.push(missing);
        }
    }
    check_login(rules, value("login"), at, &mut problems);
    check_email(value("email"), at, &mut problems);
    problems
}

fn check_login(rules: &FormRules, login: &str, at: Circumstances, problems: &mut Vec<FieldProblem>) {
    if login != login.trim() {
        problems.push(problem(
            "login",
            "problem.spaces",
            vec![],
            "begins or ends with a space".into(),
        ));
    }
    if let Some(max) = rules.linked_login_max
        && at.has_links
        && login.chars().count() > max
    {
        let detail = vec![("max".into(), max.to_string())];
        let message = format!("a login over {max} characters cannot have groups or further accounts");
        problems.push(problem("login", "problem.login_too_long_for_links", detail, message));
    }
}

fn check_email(email: &str, at: Circumstances, problems: &mut Vec<FieldProblem>) {
    let email = email.trim();
    let plausible = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !host.contains('@') && !email.contains(char::is_whitespace)
    });
    if !email.is_empty() && !plausible {
        let mut wrong = problem("email", "problem.email", vec![], "this is no e-mail address".into());
        wrong.warning = at.in_desk;
        problems.push(wrong);
    }
}

/// A problem that stops a save.
pub fn problem(field: &str, code: &str, detail: Vec<(String, String)>, message: String) -> FieldProblem {
    FieldProblem {
        field: field.to_owned(),
        code: code.to_owned(),
        detail,
        message,
        warning: false,
    }
}

/// Something to know that does not stop a save.
pub fn warning(field: &str, code: &str, detail: Vec<(String, String)>, message: String) -> FieldProblem {
    FieldProblem {
        warning: true,
        ..problem(field, code, detail, message)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::{Circumstances, check, registry};

    fn codes(pairs: &[(&'static str, &'static str)], at: Circumstances) -> Vec<(String, String, bool)> {
        let value = |field: &str| {
            pairs
                .iter()
                .find(|(name, _)| *name == field)
                .map_or("", |(_, value)| *value)
        };
        let rules = registry::rules("otobo").unwrap();
        check(rules, &value, at)
            .into_iter()
            .map(|p| (p.field, p.code, p.warning))
            .collect()
    }

    const GOOD: [(&str, &str); 5] = [
        ("login", "anna"),
        ("first_name", "Anna"),
        ("last_name", "Muster"),
        ("email", "anna@a.example"),
        ("account", "ACME"),
    ];

    #[test]
    fn a_complete_form_has_no_problem() {
        assert_eq!(codes(&GOOD, Circumstances::default()), vec![]);
    }

    #[test]
    fn what_is_missing_stops_a_new_record_and_warns_for_an_old_one() {
        let mut form = GOOD;
        form[3].1 = "";
        let missing = |warning| vec![("email".to_owned(), "problem.missing".to_owned(), warning)];
        assert_eq!(codes(&form, Circumstances::default()), missing(false));
        assert_eq!(
            codes(
                &form,
                Circumstances {
                    in_desk: true,
                    has_links: false
                }
            ),
            missing(true)
        );
    }

    #[test]
    fn a_long_login_fits_until_it_has_links() {
        let mut form = GOOD;
        form[0].1 =
            "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij1";
        assert_eq!(codes(&form, Circumstances::default()), vec![]);
        let linked = codes(
            &form,
            Circumstances {
                in_desk: false,
                has_links: true,
            },
        );
        assert_eq!(
            linked,
            vec![("login".to_owned(), "problem.login_too_long_for_links".to_owned(), false)]
        );
    }

    #[test]
    fn control_characters_and_broken_addresses_are_named() {
        let mut form = GOOD;
        form[1].1 = "An\u{0}na";
        form[3].1 = "anna at a.example";
        let found = codes(&form, Circumstances::default());
        assert_eq!(found[0].1, "problem.control");
        assert_eq!(found[1].1, "problem.email");
    }
}
