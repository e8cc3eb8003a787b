//! Whether a value fits a setting.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Kind, PortalSetting};
use crate::error::FieldProblem;

/// The longest text and the longest name, in characters.
const LONGEST: usize = 255;

/// Reads a value from its JSON text. Returns it as it is kept: without spaces that mean nothing.
///
/// The problem names the setting as its field and says what would fit.
pub fn check(setting: &PortalSetting, text: &str) -> Result<String, FieldProblem> {
    let value: Json = serde_json::from_str(text).map_err(|_| misfit(setting))?;
    match (setting.kind, &value) {
        (Kind::Switch, Json::Bool(_)) => {}
        (Kind::Choice(words), Json::String(word)) if words.contains(&word.as_str()) => {}
        (Kind::Number(least, most), Json::Number(number)) => {
            let number = number.as_u64().ok_or_else(|| misfit(setting))?;
            if number < least.into() || number > most.into() {
                return Err(misfit(setting));
            }
        }
        (Kind::Text | Kind::One(_), Json::String(text)) => line(setting, text, true)?,
        (Kind::Names(_) | Kind::Words(_), Json::Array(items)) => list(setting, items)?,
        _ => return Err(misfit(setting)),
    }
    Ok(value.to_string())
}

/// Names or words, each once.
fn list(setting: &PortalSetting, items: &[Json]) -> Result<(), FieldProblem> {
    let mut seen = BTreeSet::new();
    for item in items {
        let word = item.as_str().ok_or_else(|| misfit(setting))?;
        if !setting.kind.words().is_empty() && !setting.kind.words().contains(&word) {
            return Err(misfit(setting));
        }
        line(setting, word, false)?;
        if !seen.insert(word) {
            let detail = vec![("name".to_owned(), word.to_owned())];
            return Err(problem(
                setting,
                "problem.setting.twice",
                detail,
                format!("{word:?} stands twice"),
            ));
        }
    }
    Ok(())
}

/// One line that is not too long.
fn line(setting: &PortalSetting, text: &str, may_be_empty: bool) -> Result<(), FieldProblem> {
    if text != text.trim() || text.chars().any(char::is_control) || (text.is_empty() && !may_be_empty) {
        let message = "a name must be one line, without spaces around it".to_owned();
        return Err(problem(setting, "problem.setting.line", Vec::new(), message));
    }
    let length = text.chars().count();
    if length > LONGEST {
        let detail = vec![
            ("length".into(), length.to_string()),
            ("max".into(), LONGEST.to_string()),
        ];
        let message = format!("{length} characters; {LONGEST} at most");
        return Err(problem(setting, "problem.too_long", detail, message));
    }
    Ok(())
}

/// The value is of another kind; says what would fit.
fn misfit(setting: &PortalSetting) -> FieldProblem {
    let words = || setting.kind.words().join(", ");
    let (code, detail, wanted) = match setting.kind {
        Kind::Switch => ("problem.setting.switch", Vec::new(), "true or false".to_owned()),
        Kind::Choice(_) => (
            "problem.setting.choice",
            vec![("words".to_owned(), words())],
            format!("one of {}", words()),
        ),
        Kind::Number(least, most) => (
            "problem.setting.number",
            vec![
                ("least".to_owned(), least.to_string()),
                ("most".to_owned(), most.to_string()),
            ],
            format!("a whole number from {least} to {most}"),
        ),
        Kind::Text | Kind::One(_) => ("problem.setting.text", Vec::new(), "a text in quotes".to_owned()),
        Kind::Names(_) => (
            "problem.setting.names",
            Vec::new(),
            "a list of names, like [\"users\"]".to_owned(),
        ),
        Kind::Words(_) => (
            "problem.setting.words",
            vec![("words".to_owned(), words())],
            format!("a list of some of {}", words()),
        ),
    };
    problem(setting, code, detail, format!("is not {wanted}"))
}

fn problem(setting: &PortalSetting, code: &str, detail: Vec<(String, String)>, message: String) -> FieldProblem {
    FieldProblem {
        field: setting.name.to_owned(),
        code: code.to_owned(),
        detail,
        message,
        warning: false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::super::{Kind, plain};
    use super::check;
    use crate::form::field::Entity;

    /// The problem's code, or the value as it is kept.
    fn said(kind: Kind, text: &str) -> String {
        check(&plain("main", "Some::Setting", kind, "?"), text).unwrap_or_else(|problem| {
            assert_eq!(problem.field, "Some::Setting");
            assert!(!problem.message.is_empty() && !problem.warning);
            problem.code
        })
    }

    #[test]
    fn a_value_that_fits_is_kept_without_spaces_that_mean_nothing() {
        assert_eq!(said(Kind::Switch, " true "), "true");
        assert_eq!(said(Kind::Choice(&["none", "all"]), "\"all\""), "\"all\"");
        assert_eq!(said(Kind::Number(0, 500), "25"), "25");
        assert_eq!(said(Kind::Text, "\"a.example\""), "\"a.example\"");
        assert_eq!(said(Kind::One(Entity::TicketState), "\"\""), "\"\"");
        assert_eq!(said(Kind::Names(Entity::Group), "[ \"b\", \"a\" ]"), "[\"b\",\"a\"]");
        assert_eq!(said(Kind::Words(&["a", "b"]), "[\"b\"]"), "[\"b\"]");
    }

    #[test]
    fn a_value_of_another_kind_says_what_would_fit() {
        for text in ["1", "\"true\"", "null", "tru", ""] {
            assert_eq!(said(Kind::Switch, text), "problem.setting.switch", "{text}");
        }
        assert_eq!(
            said(Kind::Choice(&["none", "all"]), "\"some\""),
            "problem.setting.choice"
        );
        for text in ["-1", "501", "2.5", "\"7\"", "1e400"] {
            assert_eq!(said(Kind::Number(0, 500), text), "problem.setting.number", "{text}");
        }
        assert_eq!(said(Kind::Text, "[\"a\"]"), "problem.setting.text");
        assert_eq!(said(Kind::Names(Entity::Group), "\"users\""), "problem.setting.names");
        assert_eq!(said(Kind::Words(&["a", "b"]), "[\"c\"]"), "problem.setting.words");
    }

    #[test]
    fn names_are_lines_and_stand_once() {
        let names = |text: &str| said(Kind::Names(Entity::Group), text);
        assert_eq!(names("[\"a\",\"a\"]"), "problem.setting.twice");
        assert_eq!(names("[\"\"]"), "problem.setting.line");
        assert_eq!(names("[\" a\"]"), "problem.setting.line");
        assert_eq!(names("[\"a\\nb\"]"), "problem.setting.line");
        assert_eq!(names(&format!("[{:?}]", "x".repeat(256))), "problem.too_long");
        assert_eq!(names("[]"), "[]");
    }
}
