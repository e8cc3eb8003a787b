//! Input and output of the use cases, as they cross the bridge.

pub mod directory;
pub mod history;
pub mod preview;
pub mod transfer;
pub mod users;
pub mod workspace;
