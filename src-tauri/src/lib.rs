//! The desktop shell.
/// Runs the window.
pub fn run() {}
