//! Texts: how long they are, what they are made of.

use super::super::FieldRule;
use super::super::field::{Field, Kind};
use super::{Look, max_of};

pub(super) fn check(look: &mut Look<'_>, field: &Field, demand: Option<&FieldRule>) {
    let text = look.text(field.name);
    length(look, field.name, text, max_of(demand));
    control(look, field, text);
    if field.kind == Kind::Code && text != text.trim() {
        look.wrong_if_new(field.name, "problem.spaces", &[], "begins or ends with a space");
    }
    if demand.is_some_and(|rule| rule.digits) && text.chars().any(|c| !c.is_ascii_digit()) {
        look.wrong_if_new(field.name, "problem.digits", &[], "the desk takes digits only");
    }
    if field.kind == Kind::Email && !text.trim().is_empty() && !is_address(text.trim()) {
        look.wrong_if_new(field.name, "problem.email", &[], "this is no e-mail address");
    }
}

fn length(look: &mut Look<'_>, field: &str, text: &str, max: usize) {
    let length = text.chars().count();
    if max > 0 && length > max {
        let detail = [("length", &*length.to_string()), ("max", &*max.to_string())];
        let message = format!("{length} characters; the desk takes {max} at most");
        look.wrong(field, "problem.too_long", &detail, message);
    }
}

/// What a text of this field may not hold.
pub(super) fn forbidden(kind: Kind, text: &str) -> Option<char> {
    let several_lines = matches!(kind, Kind::Long | Kind::Custom);
    text.chars()
        .find(|c| c.is_control() && !(several_lines && matches!(c, '\n' | '\r' | '\t')))
}

fn control(look: &mut Look<'_>, field: &Field, text: &str) {
    if let Some(c) = forbidden(field.kind, text) {
        let code = format!("U+{:04X}", u32::from(c));
        let message = format!("holds a control character ({code})");
        look.wrong(field.name, "problem.control", &[("code", &code)], message);
    }
}

fn is_address(email: &str) -> bool {
    email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !host.contains('@') && !email.contains(char::is_whitespace)
    })
}
