//! The records of a workspace: one concept a file.

mod account;
mod contact;
mod external_user;
mod group;
mod link;
mod setting;
mod ticket;
mod validity;

pub use account::Account;
pub use contact::Contact;
pub use external_user::ExternalUser;
pub use group::{Group, Queue};
pub use link::{AccountGroup, Context, UserAccount, UserContact, UserGroup, UserService};
pub use setting::{DeskSetting, SettingOrigin};
pub use ticket::{Activity, Named, Ticket, TicketState};
pub use validity::Validity;
