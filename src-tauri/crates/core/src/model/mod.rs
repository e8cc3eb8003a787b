//! The records of a workspace: one concept a file.

mod account;
mod agent;
mod contact;
mod external_user;
mod group;
mod link;
mod place;
mod portal_object;
mod setting;
mod ticket;
mod validity;

pub use account::Account;
pub use agent::{Agent, Backend};
pub use contact::Contact;
pub use external_user::ExternalUser;
pub use group::{Group, Queue};
pub use link::{
    AccountGroup, Context, GroupObject, UserAccount, UserAccountView, UserAddress, UserContact, UserGroup, UserObject,
    UserResponsibleAgent, UserResponsibleGroup, UserService, UserTicketState, UserTicketType,
};
pub use place::{Address, Machine};
pub use portal_object::{LEVELS, PORTAL_OBJECT_KINDS, PortalObject};
pub use setting::{DeskSetting, SettingOrigin};
pub use ticket::{Activity, Named, TICKET_STATE_KINDS, Ticket, TicketState};
pub use validity::Validity;
