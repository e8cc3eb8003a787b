//! Names of people, by language, and the logins made of them.

use std::sync::LazyLock;

use crate::dice::Dice;
use crate::table::Lists;

static NAMES: LazyLock<Lists> = LazyLock::new(|| Lists::of(include_str!("../data/names.txt")));

static LANGUAGES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| NAMES.headings().filter_map(|h| h.strip_suffix(" family")).collect());

/// A person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
}

/// The languages that have names.
pub(crate) fn languages() -> &'static [&'static str] {
    &LANGUAGES
}

/// Draws a name in a language.
pub(crate) fn draw(dice: &mut Dice, language: &str) -> Name {
    let woman = dice.chance(50);
    let first = dice.pick(NAMES.get(&format!("{language} {}", if woman { "she" } else { "he" })));
    let family = dice.pick(NAMES.get(&format!("{language} family")));
    let last = match family.split_once('/') {
        Some((_, hers)) if woman => hers,
        Some((his, _)) => his,
        None => family,
    };
    Name { first, last }
}

/// A name in letters that every keyboard has: `Jürgen Weiß` becomes `juergen` and `weiss`, `Łucja` becomes `lucja`.
pub(crate) fn plain(name: &str, language: &str) -> String {
    let mut german = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'ä' | 'Ä' if language == "de" => german.push_str("ae"),
            'ö' | 'Ö' if language == "de" => german.push_str("oe"),
            'ü' | 'Ü' if language == "de" => german.push_str("ue"),
            _ => german.push(c),
        }
    }
    deunicode::deunicode(&german)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{draw, languages, plain};
    use crate::dice::Dice;

    #[test]
    fn logins_are_plain_letters() {
        assert_eq!(plain("Jürgen", "de"), "juergen");
        assert_eq!(plain("Weiß", "de"), "weiss");
        assert_eq!(plain("Åkesson", "sv"), "akesson");
        assert_eq!(plain("van ’t Hof", "nl"), "vanthof");
        for language in languages() {
            for n in 0..400 {
                let name = draw(&mut Dice::new(1, 1, n), language);
                assert!(
                    !plain(name.first, language).is_empty() && !plain(name.last, language).is_empty(),
                    "{name:?}"
                );
            }
        }
        assert_eq!(languages().len(), 13);
    }

    #[test]
    fn surnames_have_the_form_of_the_given_name() {
        for n in 0..400 {
            let name = draw(&mut Dice::new(2, 1, n), "cs");
            assert!(!name.last.contains('/'));
            assert_eq!(name.last.ends_with('á'), name.first.ends_with(['a', 'e']), "{name:?}");
        }
    }
}
