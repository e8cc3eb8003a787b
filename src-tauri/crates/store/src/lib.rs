//! portico-store.
