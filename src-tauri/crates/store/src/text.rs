//! The fold under which people search and sort: without case, without diacritics.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `Nováková` and `NOVAKOVA` become `novakova`; `Straße` becomes `strasse`.
pub fn searchable(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::searchable;

    #[test]
    fn case_and_diacritics_do_not_matter() {
        for (text, folded) in [
            ("Nováková", "novakova"),
            ("ŁÓDŹ", "lodz"),
            ("Straße", "strasse"),
            ("İSTANBUL", "istanbul"),
            ("Ｆｕｌｌ", "full"),
        ] {
            assert_eq!(searchable(text), folded);
        }
    }
}
