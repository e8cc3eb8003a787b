//! The workspace told to OpenFGA: the desk's model, and a tuple for each link and each ticket.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::atomic::Ordering;

use portico_desks::openfga::{Relations, Tuple, ticket};
use portico_desks::registry;
use portico_store::{Connection, handed, visibility};

use super::write::{Lines, text};
use super::{Bundle, cancelled, whole};
use crate::error::ApiError;
use crate::exposure::Work;
use crate::session::{Action, Session};
use crate::types::records::EntityCount;
use crate::types::transfer::Progress;

/// Writes OpenFGA's model of the desk (`model.fga`) and the workspace's tuples (`tuples.jsonl`, a JSON object a line)
/// into a new folder, which is there as a whole or not at all. They answer `can_read`: which tickets a person can open
/// once she is logged in. Refused for a desk whose rules cannot be told so.
pub fn write_relations(session: &Session, folder: &Path, work: &mut Work<'_>) -> Result<Bundle, ApiError> {
    session.may(Action::Export)?;
    let Some(relations) = registry::relations(session.desk())? else {
        return Err(ApiError::refused(format!(
            "the rules of {} cannot be told to OpenFGA: names that differ only in case are one there and two here",
            registry::desk(session.desk())?.name
        )));
    };
    let tuples = whole(folder, |part| {
        text(&part.join("model.fga"), relations.model)?;
        let mut lines = Lines::create(&part.join("tuples.jsonl"))?;
        session
            .store()
            .read(|c| tuples(c, session.desk(), &relations, &mut lines, work))?;
        lines.finish()
    })?;
    Ok(Bundle {
        folder: folder.display().to_string(),
        files: vec!["model.fga".to_owned(), "tuples.jsonl".to_owned()],
        records: vec![EntityCount {
            entity: "tuples".to_owned(),
            total: crate::numbers::small(tuples),
        }],
        notes: Vec::new(),
    })
}

fn tuples(
    c: &Connection,
    desk: &str,
    relations: &Relations,
    lines: &mut Lines,
    work: &mut Work<'_>,
) -> Result<(), ApiError> {
    let mut told = Told::default();
    let mut some = Vec::new();
    if let Some(model) = visibility::model(c, desk)? {
        (relations.settings)(&visibility::settings(c, &model)?, &mut some);
    }
    told.put(&mut some, lines)?;
    handed::links(c, &mut |batch| {
        if work.cancelled.load(Ordering::Relaxed) {
            return Err(cancelled());
        }
        (relations.tuples)(&batch, &mut some);
        told.put(&mut some, lines)?;
        (work.tell)(Progress {
            job: work.job.to_owned(),
            phase: "writing".to_owned(),
            kind: "tuples".to_owned(),
            done: lines.written(),
        });
        Ok(())
    })
}

/// What was told already: OpenFGA refuses a tuple that comes twice.
#[derive(Default)]
struct Told(HashSet<[u64; 2]>);

impl Told {
    /// Writes what was not told yet, and empties the list.
    fn put(&mut self, some: &mut Vec<Tuple>, lines: &mut Lines) -> Result<(), ApiError> {
        for tuple in some.drain(..) {
            // A ticket comes once, so its tuples need not be remembered: they are most of all.
            if tuple.object.starts_with(&ticket("")) || self.0.insert(fingerprint(&tuple)) {
                lines.put(&tuple)?;
            }
        }
        Ok(())
    }
}

fn fingerprint(tuple: &Tuple) -> [u64; 2] {
    [0_u8, 1].map(|half| {
        let mut hasher = DefaultHasher::new();
        (half, &tuple.user, tuple.relation, &tuple.object).hash(&mut hasher);
        hasher.finish()
    })
}
