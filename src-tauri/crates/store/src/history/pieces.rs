//! Cutting a changeset into pieces that can be applied one after the other.
//!
//! Applying one holds a savepoint for its length, and every statement with triggers then gets slower with each page
//! that was written before it: ten thousand people take seconds, a hundred thousand take minutes. In pieces the time
//! grows with the rows. The form of a changeset is SQLite's own, documented with its session extension.

use crate::error::{Result, StoreError};
use crate::history::changeset::{Op, RowChange};

/// Rows of a piece.
const ROWS: usize = 250;

const TABLE: u8 = b'T';
const UPDATE: u8 = 23;

/// Whether each row can be applied without regard to the others: no row to which another one refers comes or goes.
/// Else foreign keys only hold once all is applied.
pub(super) fn independent(rows: &[RowChange]) -> bool {
    rows.iter().all(|row| row.op == Op::Update || !row.table.is_entity())
}

/// The same changes in the same order, as several changesets.
pub(super) fn pieces(changeset: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut rest = Bytes(changeset);
    let mut pieces = Vec::new();
    let (mut head, mut columns): (&[u8], usize) = (&[], 0);
    let (mut piece, mut rows) = (Vec::new(), 0);
    while let Some(kind) = rest.0.first().copied() {
        let from = rest.0;
        if kind == TABLE {
            columns = rest.table()?;
            head = rest.since(from);
            piece.extend_from_slice(head);
            continue;
        }
        rest.row(kind, columns)?;
        if rows == ROWS {
            pieces.push(std::mem::replace(&mut piece, head.to_vec()));
            rows = 0;
        }
        piece.extend_from_slice(rest.since(from));
        rows += 1;
    }
    pieces.push(piece);
    Ok(pieces)
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// What was read since.
    fn since(&self, from: &'a [u8]) -> &'a [u8] {
        &from[..from.len() - self.0.len()]
    }

    fn skip(&mut self, count: usize) -> Result<()> {
        self.0 = self.0.get(count..).ok_or_else(cut_off)?;
        Ok(())
    }

    fn byte(&mut self) -> Result<u8> {
        let byte = *self.0.first().ok_or_else(cut_off)?;
        self.skip(1)?;
        Ok(byte)
    }

    /// A number of one to nine bytes, seven bits each, the ninth whole.
    fn number(&mut self) -> Result<usize> {
        let mut number: u64 = 0;
        for at in 0..9 {
            let byte = self.byte()?;
            if at == 8 {
                number = (number << 8) | u64::from(byte);
                break;
            }
            number = (number << 7) | u64::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                break;
            }
        }
        usize::try_from(number).map_err(|_| cut_off())
    }

    /// The head of a table: how many columns, which of them are the key, the name. Gives the first.
    fn table(&mut self) -> Result<usize> {
        self.skip(1)?;
        let columns = self.number()?;
        self.skip(columns)?;
        let end = self.0.iter().position(|byte| *byte == 0).ok_or_else(cut_off)?;
        self.skip(end + 1)?;
        Ok(columns)
    }

    /// A row: what happened to it, whether a trigger did it, its values before or after; of an update both.
    fn row(&mut self, kind: u8, columns: usize) -> Result<()> {
        self.skip(2)?;
        let records = if kind == UPDATE { 2 } else { 1 };
        for _ in 0..records * columns {
            self.value()?;
        }
        Ok(())
    }

    fn value(&mut self) -> Result<()> {
        match self.byte()? {
            0 | 5 => Ok(()),
            1 | 2 => self.skip(8),
            3 | 4 => {
                let length = self.number()?;
                self.skip(length)
            }
            _ => Err(cut_off()),
        }
    }
}

fn cut_off() -> StoreError {
    StoreError::Damaged("a change in the log cannot be read".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use rusqlite::Connection;
    use rusqlite::session::Session;

    use super::*;
    use crate::history::changeset::parse;
    use crate::open;
    use crate::table::SYNCED;

    fn recorded(work: impl FnOnce(&Connection)) -> Vec<u8> {
        let conn = open::scratch().unwrap();
        let mut session = Session::new(&conn).unwrap();
        for table in SYNCED {
            session.attach(Some(table.name)).unwrap();
        }
        work(&conn);
        let mut bytes = Vec::new();
        session.changeset_strm(&mut bytes).unwrap();
        bytes
    }

    fn shown(rows: &[RowChange]) -> Vec<String> {
        rows.iter().map(|row| format!("{row:?}")).collect()
    }

    #[test]
    fn the_pieces_are_the_whole() {
        let bytes = recorded(|c| {
            for n in 0..1_001_u32 {
                let id = [n.to_be_bytes(); 4].concat();
                // Lengths of one and of two bytes.
                let text = "ž".repeat(n as usize % 300);
                let sql = "INSERT INTO external_user (id, desk_key, login, city) VALUES (?1, ?2, ?3, ?4)";
                let key = (n % 2 == 0).then(|| n.to_string());
                c.execute(sql, (&id, key, n.to_string(), text)).unwrap();
                if n % 3 == 0 {
                    c.execute("INSERT INTO account (id, key) VALUES (?1, ?2)", (&id, n.to_string()))
                        .unwrap();
                }
            }
        });
        let whole = parse(&bytes).unwrap();
        let cut = pieces(&bytes).unwrap();
        assert_eq!(cut.len(), 1_335_usize.div_ceil(ROWS));
        let parsed: Vec<Vec<RowChange>> = cut.iter().map(|piece| parse(piece).unwrap()).collect();
        assert!(parsed.iter().all(|rows| rows.len() <= ROWS));
        assert_eq!(shown(&parsed.into_iter().flatten().collect::<Vec<_>>()), shown(&whole));
        assert!(!independent(&whole));
    }

    #[test]
    fn what_is_cut_off_is_damage_and_no_panic() {
        let bytes = recorded(|c| {
            c.execute("INSERT INTO account (id, key) VALUES (x'01', 'A')", [])
                .unwrap();
        });
        for end in 1..bytes.len() {
            assert!(pieces(&bytes[..end]).is_err() || parse(&bytes[..end]).is_ok(), "{end}");
        }
    }
}
