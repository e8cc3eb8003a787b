//! A login for somebody new, made from what the desk makes it from.

use portico_store::Connection;
use portico_store::{searchable, table::external_user};

use crate::error::ApiError;
use crate::types::users::UserForm;

/// Namesakes that are counted before a proposal is given up.
const MOST_NAMESAKES: u32 = 10_000;

/// A login that nobody has, case ignored; empty where the form does not hold yet what it is made from.
pub(super) fn login(c: &Connection, desk: &str, form: &UserForm) -> Result<String, ApiError> {
    let from = form.text(crate::forms::rules(desk)?.login_from);
    let (name, rest) = parts(from.trim());
    if name.is_empty() {
        return Ok(String::new());
    }
    for number in 1..MOST_NAMESAKES {
        let counted = if number == 1 { String::new() } else { number.to_string() };
        let login = format!("{name}{counted}{rest}");
        let taken = external_user::by_folded_login(c, &login)?;
        if taken.iter().all(|other| !other.present) {
            return Ok(login);
        }
    }
    Ok(String::new())
}

/// What is counted, and what stays behind the count: an e-mail address stays one.
fn parts(from: &str) -> (String, String) {
    if let Some((name, host)) = from.split_once('@') {
        let whole = !name.is_empty() && !host.is_empty() && !from.contains(char::is_whitespace);
        return if whole {
            (name.to_lowercase(), format!("@{}", host.to_lowercase()))
        } else {
            (String::new(), String::new())
        };
    }
    let folded = searchable(from);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    (words.collect::<Vec<_>>().join("."), String::new())
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_title_becomes_words_with_dots_and_an_address_stays_one() {
        assert_eq!(parts("Jana  Nováková-Weiß").0, "jana.novakova.weiss");
        assert_eq!(parts("Jana@Aachen.example"), ("jana".into(), "@aachen.example".into()));
        assert_eq!(parts("jana@"), (String::new(), String::new()));
        assert_eq!(parts("—"), (String::new(), String::new()));
    }
}
