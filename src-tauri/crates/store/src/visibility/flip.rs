//! What would lead to another answer, and whether it does.

use portico_core::access::decide::{Case, holds};
use portico_core::access::flip::{self, Proposal};
use portico_core::access::model::AccessModel;
use portico_core::access::rule::Node;
use portico_core::id::ExternalUserId;
use rusqlite::Connection;

use super::directory::{Directory, Here, model};
use super::{Eyes, PersonFacts};
use crate::error::{Result, StoreError};
use crate::snapshot::Ticket;

impl Eyes<'_> {
    /// Proposals that would make the tree's answer about a ticket `wanted`; to be tried out before they are shown.
    pub fn flips(&self, node: &Node, ticket: &Ticket, wanted: bool) -> Result<Vec<Proposal>> {
        let subject = self.here.subject(ticket);
        let case = Case {
            person: self.person,
            subject: &subject,
            workspace: &self.here,
        };
        let found = flip::flips(node, wanted, &case, &self.model.levers);
        self.here.checked(found)
    }
}

/// The answer of a tree about a person and a ticket in the state behind `c`, which need not be committed: everything is
/// read anew. `ask` picks the tree. `None` where it cannot be told.
pub fn answer_apart(
    c: &Connection,
    desk: &str,
    user: ExternalUserId,
    ticket: &Ticket,
    ask: impl FnOnce(&AccessModel) -> Result<Node>,
) -> Result<Option<bool>> {
    let model = model(c, desk)?.ok_or_else(|| StoreError::NotFound {
        what: "access model",
        key: desk.to_owned(),
    })?;
    let node = ask(&model)?;
    let directory = Directory::load(c, &model)?;
    let person = PersonFacts::load(c, user, &model)?;
    let here = Here::new(c, &directory);
    let answer = holds(
        &node,
        &Case {
            person: &person,
            subject: &here.subject(ticket),
            workspace: &here,
        },
    );
    here.checked(answer)
}
