//! portico-testkit.
