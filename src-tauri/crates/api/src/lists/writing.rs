//! A list on its way into a file: how far it is, and stopping it. For lists of every kind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::file::TableFile;
use crate::error::{ApiError, Code};
use crate::numbers::small;
use crate::types::lists::{ListColumn, ListFile};
use crate::types::transfer::Progress;

/// Progress is told after so many rows.
const STEP: u64 = 500;

/// Takes rows of texts, in the order of the columns. Dropped before it is finished, it leaves nothing.
pub(crate) struct Writing<'a> {
    file: TableFile,
    columns: &'a [ListColumn],
    job: &'a str,
    kind: &'a str,
    tell: &'a mut dyn FnMut(Progress),
    cancelled: &'a Arc<AtomicBool>,
}

impl<'a> Writing<'a> {
    /// Begins below the headings; progress bears the names of the job and of what is written (`external_users`).
    pub(crate) fn new(
        file: TableFile,
        columns: &'a [ListColumn],
        (job, kind): (&'a str, &'a str),
        tell: &'a mut dyn FnMut(Progress),
        cancelled: &'a Arc<AtomicBool>,
    ) -> Self {
        Self {
            file,
            columns,
            job,
            kind,
            tell,
            cancelled,
        }
    }

    /// Adds a row; `Cancelled` once somebody wants it to stop.
    pub(crate) fn row(&mut self, cells: &[String]) -> Result<(), ApiError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(ApiError::new(Code::Cancelled, "cancelled; nothing was written"));
        }
        let words = cells
            .iter()
            .zip(self.columns)
            .map(|(cell, column)| worded(cell, column));
        self.file.row(words)?;
        if self.file.rows().is_multiple_of(STEP) {
            self.report();
        }
        Ok(())
    }

    fn report(&mut self) {
        (self.tell)(Progress {
            job: self.job.to_owned(),
            phase: "writing".to_owned(),
            kind: self.kind.to_owned(),
            done: self.file.rows(),
        });
    }

    /// Puts the file in its place.
    pub(crate) fn finish(mut self) -> Result<ListFile, ApiError> {
        self.report();
        let rows = small(self.file.rows());
        let path = self.file.finish()?;
        Ok(ListFile {
            path: path.display().to_string(),
            rows,
        })
    }
}

/// The cell in the words that were asked for.
fn worded<'a>(cell: &'a str, column: &'a ListColumn) -> &'a str {
    let word = column.words.iter().find(|(value, _)| value == cell);
    word.map_or(cell, |(_, word)| word)
}
