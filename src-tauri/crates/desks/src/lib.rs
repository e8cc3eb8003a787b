//! portico-desks.
