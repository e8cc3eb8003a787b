//! What is done to bytes at random.

use proptest::prelude::*;
use proptest::sample::Index;

/// What is done to a file.
#[derive(Debug, Clone)]
pub(crate) enum Spoil {
    Cut(Index),
    Drop(Index, usize),
    Double(Index, usize),
    Put(Index, Vec<u8>),
    /// One value becomes another: what stands behind the n-th colon, comma or semicolon.
    Value(Index, &'static str),
}

/// Draws one.
pub(crate) fn spoil() -> impl Strategy<Value = Spoil> {
    let values = [
        "null",
        "true",
        "0",
        "-1",
        "1e400",
        "\"\"",
        "[]",
        "{}",
        "[[]]",
        "\"0000-00-00 00:00:00\"",
        "99999999999999999999",
        "\"\\u0000\"",
        "=1+1",
        "0000-00-00 00:00:00",
        "\"",
        "NULL",
        "\"\\ud800\"",
        "{\"id\": {\"id\": []}}",
    ];
    prop_oneof![
        any::<Index>().prop_map(Spoil::Cut),
        (any::<Index>(), 1_usize..200).prop_map(|(at, n)| Spoil::Drop(at, n)),
        (any::<Index>(), 1_usize..400).prop_map(|(at, n)| Spoil::Double(at, n)),
        (any::<Index>(), prop::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Spoil::Put(at, bytes)),
        (any::<Index>(), prop::sample::select(values.to_vec())).prop_map(|(at, value)| Spoil::Value(at, value)),
    ]
}

/// Bytes after it.
pub(crate) fn spoilt(mut bytes: Vec<u8>, how: &Spoil) -> Vec<u8> {
    if bytes.is_empty() {
        return bytes;
    }
    let end = |from: usize, n: usize, len: usize| (from + n).min(len);
    match how {
        Spoil::Cut(at) => bytes.truncate(at.index(bytes.len())),
        Spoil::Drop(at, n) => {
            let from = at.index(bytes.len());
            bytes.drain(from..end(from, *n, bytes.len()));
        }
        Spoil::Double(at, n) => {
            let from = at.index(bytes.len());
            let part = bytes[from..end(from, *n, bytes.len())].to_vec();
            bytes.splice(from..from, part);
        }
        Spoil::Put(at, put) => {
            let from = at.index(bytes.len());
            bytes.splice(from..end(from, put.len(), bytes.len()), put.iter().copied());
        }
        Spoil::Value(at, value) => {
            let ends: Vec<usize> = (0..bytes.len()).filter(|n| b":,;".contains(&bytes[*n])).collect();
            if !ends.is_empty() {
                let from = ends[at.index(ends.len())] + 1;
                let to = (from..bytes.len())
                    .find(|n| b",;}\n".contains(&bytes[*n]))
                    .unwrap_or(bytes.len());
                bytes.splice(from..to, value.bytes());
            }
        }
    }
    bytes
}
