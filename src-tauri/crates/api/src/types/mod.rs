//! Input and output of the use cases, as they cross the bridge.

pub mod apply;
pub mod bulk;
pub mod compare;
pub mod directory;
pub mod expectations;
pub mod exposure;
pub mod findings;
pub mod flips;
pub mod form;
pub mod heat;
pub mod history;
pub mod ledger;
pub mod lists;
pub mod live;
pub mod matrix;
pub mod overview;
pub mod passphrase;
pub mod preview;
pub mod records;
pub mod selection;
pub mod templates;
pub mod tickets;
pub mod transfer;
pub mod translate;
pub mod users;
pub mod workspace;
