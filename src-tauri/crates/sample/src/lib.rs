//! portico-sample.
