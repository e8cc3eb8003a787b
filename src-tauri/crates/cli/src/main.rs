//! porticoctl.
fn main() {}
