//! End-to-end checks of the use cases.

pub mod proof;
