//! The window.
fn main() { portico_app::run(); }
