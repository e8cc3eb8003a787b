//! Text of any of the usual encodings as UTF-8, as it comes.

use std::io::{self, BufReader, Read};

use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;

/// How much is looked at to tell UTF-16 without a mark.
const LOOK: u64 = 64;

/// A reader over bytes whose byte order mark, where there is one, says what they are; without one they are `otherwise`,
/// or UTF-16 where every second of the first bytes is zero.
///
/// It yields UTF-8, except that bytes taken for UTF-8 come as they are: who reads them sees where they are none.
pub(crate) fn decoded<'r>(bytes: impl Read + 'r, otherwise: &'static Encoding) -> io::Result<Box<dyn Read + 'r>> {
    let mut bytes = BufReader::with_capacity(64 << 10, bytes);
    let mut first = Vec::new();
    (&mut bytes).take(LOOK).read_to_end(&mut first)?;
    let (encoding, mark) = Encoding::for_bom(&first).unwrap_or((utf_16(&first).unwrap_or(otherwise), 0));
    first.drain(..mark);
    let whole = io::Cursor::new(first).chain(bytes);
    if encoding == UTF_8 {
        return Ok(Box::new(whole));
    }
    let decoder = DecodeReaderBytesBuilder::new()
        .encoding(Some(encoding))
        .bom_override(false)
        .build_with_buffer(whole, vec![0; 16 << 10]);
    Ok(Box::new(decoder.map_err(io::Error::other)?))
}

fn utf_16(first: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| first.len() >= 4 && first.iter().skip(from).step_by(2).all(|byte| *byte == 0);
    match (zeros(0), zeros(1)) {
        (true, false) => Some(encoding_rs::UTF_16BE),
        (false, true) => Some(encoding_rs::UTF_16LE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use encoding_rs::WINDOWS_1252;

    use super::*;

    fn read(bytes: &[u8], otherwise: &'static Encoding) -> String {
        let mut out = String::new();
        decoded(bytes, otherwise).unwrap().read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn the_usual_encodings_are_read_alike() {
        let utf_16 = |text: &str, mark: bool, little: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            units.flat_map(bytes).collect()
        };
        let text = "Müller;Łódź\n";
        assert_eq!(read(text.as_bytes(), UTF_8), text);
        assert_eq!(read(format!("\u{feff}{text}").as_bytes(), UTF_8), text);
        assert_eq!(read(&utf_16(text, true, true), UTF_8), text);
        assert_eq!(read(&utf_16(text, true, false), UTF_8), text);
        assert_eq!(read(&utf_16("login;name", false, true), UTF_8), "login;name");
        assert_eq!(read(b"M\xfcller \x80", WINDOWS_1252), "Müller €");
        assert_eq!(read(b"", UTF_8), "");
    }
}
