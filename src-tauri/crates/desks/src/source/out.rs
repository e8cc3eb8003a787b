//! What a reader found, handed on in batches.

use std::ops::ControlFlow;

use portico_core::snapshot::{Batch, Sink, Stopped};

use crate::error::DeskError;
use crate::reader::{Step, Watch};
use crate::report::Report;

/// Records in a batch.
const BATCH: usize = 2_000;
/// Bytes of texts in a batch: a few long mails fill one too.
const BATCH_BYTES: usize = 4 << 20;
/// How often a watch hears of progress, in records.
const PACE: u64 = 500;

/// Collects records and hands them on. Once the source is known to be unusable nothing more is handed on; who takes the
/// batches throws away what came before.
pub(crate) struct Out<'a, 's> {
    sink: &'a mut Sink<'s>,
    watch: Option<&'a Watch>,
    waiting: Vec<Batch>,
    bytes: usize,
    seen: u64,
}

impl<'a, 's> Out<'a, 's> {
    pub(crate) fn new(sink: &'a mut Sink<'s>, watch: Option<&'a Watch>) -> Self {
        Self {
            sink,
            watch,
            waiting: Vec::new(),
            bytes: 0,
            seen: 0,
        }
    }

    /// Adds records; an empty batch says that there are none of its kind.
    pub(crate) fn put(&mut self, batch: Batch, report: &Report) -> Result<(), DeskError> {
        if !report.is_usable() {
            return Ok(());
        }
        self.bytes += bytes(&batch);
        let mut batch = Some(batch);
        let mut full = false;
        for waiting in &mut self.waiting {
            batch = batch.and_then(|batch| waiting.append(batch));
            if batch.is_none() {
                full = waiting.len() >= BATCH;
                break;
            }
        }
        self.waiting.extend(batch);
        if full || self.bytes >= BATCH_BYTES {
            self.flush(report)?;
        }
        Ok(())
    }

    /// Hands on what waits, tickets before their activities.
    pub(crate) fn flush(&mut self, report: &Report) -> Result<(), DeskError> {
        self.bytes = 0;
        let mut waiting = std::mem::take(&mut self.waiting);
        if !report.is_usable() {
            return Ok(());
        }
        waiting.sort_by_key(|batch| matches!(batch, Batch::Activities(_)));
        waiting
            .into_iter()
            .try_for_each(|batch| (self.sink)(batch))
            .map_err(DeskError::from)
    }

    /// Tells of another record of `what`; an error where somebody wants an end.
    pub(crate) fn step(&mut self, what: &str) -> Result<(), DeskError> {
        self.seen += 1;
        let Some(watch) = self.watch.filter(|_| self.seen.is_multiple_of(PACE)) else {
            return Ok(());
        };
        let step = Step {
            phase: "reading",
            what,
            rows: self.seen,
        };
        match watch(step) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(DeskError::Stopped(Stopped::Cancelled)),
        }
    }
}

/// Ends a read: all problems in one error.
pub(crate) fn end(report: &Report) -> Result<(), DeskError> {
    if report.is_usable() {
        return Ok(());
    }
    Err(DeskError::BadSource {
        problems: report.problems.clone(),
        more: report.more_problems,
    })
}

fn bytes(batch: &Batch) -> usize {
    match batch {
        Batch::Activities(all) => all.iter().filter_map(|a| a.body.as_ref()).map(String::len).sum(),
        Batch::ExternalUsers(all) => all.iter().map(|u| u.description.len() + u.custom.len()).sum(),
        _ => 0,
    }
}
