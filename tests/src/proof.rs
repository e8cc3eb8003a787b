//! docs/proof.md: what was compared with somebody else's answers, a section a comparison.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::Path;

const HEAD: &str = "# Proof
Written by the tests: what is compared, and how often. First the access models with what is written of them and among their readers\n(`PORTICO_WRITE_DOCS=1 cargo test -p portico-core`), then with what others answered to the same questions (`make test`): desks themselves, and engines that share no code with them.
";

/// Puts a section under its heading, in place of the one that was there. Other tests may do so at the same time.
pub fn write(heading: &str, text: &str) -> io::Result<()> {
    let lock = File::create(std::env::temp_dir().join("portico-proof.lock"))?;
    lock.lock()?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/proof.md");
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    let new = with_section(&old, heading, text);
    if new == old { Ok(()) } else { std::fs::write(&path, new) }
}

fn with_section(page: &str, heading: &str, text: &str) -> String {
    let parts = page.split("\n## ").skip(1);
    let mut sections: BTreeMap<&str, &str> = parts.filter_map(|part| part.split_once('\n')).collect();
    sections.insert(heading, text);
    let written = sections
        .iter()
        .map(|(heading, text)| format!("\n## {heading}\n{}\n", text.trim()));
    HEAD.to_owned() + &written.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::{HEAD, with_section};

    #[test]
    fn a_section_takes_the_place_of_its_elder_and_leaves_the_others() {
        let one = with_section("", "b", "one");
        assert_eq!(one, format!("{HEAD}\n## b\none\n"));
        let two = with_section(&one, "a", "two\nlines\n");
        assert_eq!(two, format!("{HEAD}\n## a\ntwo\nlines\n\n## b\none\n"));
        assert_eq!(with_section(&two, "b", "one"), two);
        assert_eq!(
            with_section(&two, "a", "new"),
            format!("{HEAD}\n## a\nnew\n\n## b\none\n")
        );
    }
}
