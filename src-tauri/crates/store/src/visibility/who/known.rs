//! Of whom facts hold, kept for as long as the directory stands.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use portico_core::access::fact::Fact;
use roaring::RoaringBitmap;

/// So many bytes are kept.
const KEPT: usize = if cfg!(test) { 200 } else { 32_000_000 };
/// A fact with the value of the key that it asks for.
pub(super) type Leaf = (Fact, String);

/// Of whom a fact holds.
#[derive(Debug)]
pub(super) struct Part {
    /// Those who were asked; `None` for everybody.
    pub(super) asked: Option<RoaringBitmap>,
    pub(super) holds: RoaringBitmap,
}

impl Part {
    pub(super) fn of_everybody(holds: RoaringBitmap) -> Self {
        Self { asked: None, holds }
    }

    /// Whether all of these, or everybody, were asked.
    pub(super) fn tells(&self, of: Option<&RoaringBitmap>) -> bool {
        self.asked
            .as_ref()
            .is_none_or(|asked| of.is_some_and(|of| of.is_subset(asked)))
    }

    fn size(&self) -> usize {
        self.holds.serialized_size() + self.asked.as_ref().map_or(0, RoaringBitmap::serialized_size)
    }
}

#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) everybody: Option<Arc<RoaringBitmap>>,
    /// How many records of people there are.
    pub(super) records: Option<u64>,
    pub(super) parts: HashMap<Leaf, Arc<Part>>,
    /// Bytes of the parts.
    size: usize,
}

/// What facts say of whom, for as long as the directory stands.
#[derive(Debug, Default)]
pub(in crate::visibility) struct KnownPeople(Mutex<Known>);

impl KnownPeople {
    pub(super) fn with<T>(&self, use_it: impl FnOnce(&mut Known) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn put(&self, leaf: Leaf, part: &Arc<Part>) {
        self.with(|known| {
            known.size += part.size();
            if known.size > KEPT {
                known.parts.clear();
                known.size = part.size();
            }
            if let Some(before) = known.parts.insert(leaf, Arc::clone(part)) {
                known.size = known.size.saturating_sub(before.size());
            }
        });
    }
}
