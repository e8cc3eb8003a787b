//! Access models: who sees what, as rule trees over named facts.
