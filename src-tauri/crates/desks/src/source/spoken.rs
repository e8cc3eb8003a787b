//! What was said on tickets, numbered as it comes, and what else readers of tickets share.

use std::collections::{BTreeSet, HashMap};

use portico_core::model::{Activity, Named, Validity};
use portico_core::snapshot::Batch;

use super::out::Out;
use super::record::Item;
use crate::error::DeskError;
use crate::reader::Bodies;
use crate::report::Report;

/// How much of a text is kept where beginnings are wanted, in bytes.
const SHORT: usize = 4 << 10;

/// How many activities of a ticket were handed on, and when the last of them was.
#[derive(Debug, Clone, Copy, Default)]
struct Handed {
    count: i64,
    last: i64,
}

/// Activities of one ticket, until the next one comes; then they get their positions in the order of time.
#[derive(Default)]
pub(crate) struct Spoken {
    waiting: Vec<Activity>,
    handed: HashMap<i64, Handed>,
    /// How many came after a later one of their ticket had its position.
    late: u64,
}

impl Spoken {
    pub(crate) fn add(&mut self, activity: Activity, out: &mut Out<'_, '_>, report: &Report) -> Result<(), DeskError> {
        if self
            .waiting
            .first()
            .is_some_and(|first| first.ticket != activity.ticket)
        {
            self.hand_on(out, report)?;
        }
        self.waiting.push(activity);
        Ok(())
    }

    /// Numbers what waits, and hands it on.
    pub(crate) fn hand_on(&mut self, out: &mut Out<'_, '_>, report: &Report) -> Result<(), DeskError> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by_key(|activity| activity.created);
        for activity in &mut waiting {
            let handed = self.handed.entry(activity.ticket).or_default();
            self.late += u64::from(activity.created < handed.last);
            handed.last = handed.last.max(activity.created);
            handed.count += 1;
            activity.position = handed.count;
        }
        out.put(Batch::Activities(waiting), report)
    }

    /// How many have a position behind later ones of their ticket.
    pub(crate) fn late(&self) -> u64 {
        self.late
    }
}

/// The first of these texts that is there, cut as wanted.
pub(crate) fn body(bodies: Bodies, item: &Item<'_>, names: &[&str], report: &mut Report) -> Option<String> {
    if bodies == Bodies::None {
        return None;
    }
    let mut text = names
        .iter()
        .map(|name| item.text(name, report))
        .find(|text| !text.is_empty())?;
    if bodies == Bodies::Short && text.len() > SHORT {
        text.truncate(text.floor_char_boundary(SHORT));
    }
    Some(text)
}

/// What a desk tells only by its use on tickets: the names of priorities, which are their keys.
pub(crate) fn priorities(names: BTreeSet<String>) -> Batch {
    let record = |name: String| Named {
        key: name.clone(),
        name,
        validity: Validity::Valid,
    };
    Batch::TicketPriorities(names.into_iter().map(record).collect())
}
