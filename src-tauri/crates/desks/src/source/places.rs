//! What the path of a page says: which list it is, and of which record. `accounts/4000/contacts-2` and
//! `accounts_4000_contacts_2` both are the second page of the contacts of account 4000.

/// A list, and the record to which it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named<'a> {
    /// The last word that is known, as given in the list of words.
    pub(crate) list: &'static str,
    /// The known word before it, and the key that stands between them.
    pub(crate) of: Option<(&'static str, &'a str)>,
}

/// Reads a path; `words` are those that it may be made of. Case and what lies between words do not matter.
pub(crate) fn named<'a>(path: &'a str, words: &[&'static str]) -> Option<Named<'a>> {
    let parts: Vec<&str> = path
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let known = |part: &&str| words.iter().find(|word| word.eq_ignore_ascii_case(part)).copied();
    let end = parts.iter().rposition(|part| known(part).is_some())?;
    let list = known(&parts[end])?;
    let of = end.checked_sub(2).and_then(|owner| {
        let key = parts[owner + 1];
        let is_key = key.chars().any(|c| c.is_ascii_digit());
        Some((known(&parts[owner])?, key)).filter(|_| is_key)
    });
    Some(Named { list, of })
}

#[cfg(test)]
mod tests {
    use super::{Named, named};

    #[test]
    fn paths_name_lists_and_their_owners_however_they_are_written() {
        let words = ["contacts", "accounts"];
        let list = |list, of| Some(Named { list, of });
        let of_4000 = list("contacts", Some(("accounts", "4000")));
        assert_eq!(named("accounts/4000/contacts-2", &words), of_4000);
        assert_eq!(named("dump/Accounts_4000_Contacts.page_2", &words), of_4000);
        assert_eq!(named("contacts-10", &words), list("contacts", None));
        assert_eq!(named("2026/contacts", &words), list("contacts", None));
        assert_eq!(named("accounts/contacts", &words), list("contacts", None));
        assert_eq!(named("readme", &words), None);
    }
}
