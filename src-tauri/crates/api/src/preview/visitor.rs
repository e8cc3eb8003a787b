//! The portal as somebody sees it who has not logged in.

use portico_core::access::fact::{Fact, Flag};
use portico_core::access::rule::Node;
use portico_store::visibility::{Eyes, PersonFacts, Reasoned};

use super::home;
use super::look::{At, address, model};
use super::tell::reason;
use crate::error::ApiError;
use crate::session::{Action, Session};
use crate::types::preview::VisitorPreview;

/// Whether a rule speaks of visitors at all; the others speak of people who have logged in.
fn speaks_of_visitors(node: &Node) -> bool {
    let mut speaks = false;
    node.facts(&mut |fact| speaks |= *fact == Fact::Flag(Flag::Visitor));
    speaks
}

/// What is there before the log-in: the login page, where the portal shows pages at all, and what the desk shows
/// everybody. A desk that does not speak of visitors shows them nothing else.
pub fn visitor(session: &Session) -> Result<VisitorPreview, ApiError> {
    session.may(Action::Preview)?;
    session.store().read(|c| {
        let model = model(c, session.desk())?;
        let directory = session.directory().get(c, &model)?;
        let cells = session.cells().get(c)?;
        let facts = PersonFacts::visitor();
        let eyes = Eyes::new(c, &model, &directory, &facts, &cells)?;
        let at = At {
            c,
            model: &model,
            eyes: &eyes,
            saved: None,
            draft: false,
            name: String::new(),
            user: None,
            held: &[],
        };
        let address = address(c, model.desk)?;
        let portal = eyes.explain_alone(&model.portal)?;
        let mut unknown = portal.missing_settings();
        let portal_reason = reason(&Reasoned::from(&portal));
        if portal.answer() == Some(false) {
            return Ok(VisitorPreview {
                address,
                portal: Some(false),
                may_submit: Some(false),
                submit_reason: portal_reason.clone(),
                portal_reason,
                home: Vec::new(),
                unknown_settings: Vec::new(),
            });
        }
        let home = if model.home.iter().any(|(_, node)| speaks_of_visitors(node)) {
            home::home(&at)?
        } else {
            Vec::new()
        };
        let submit = &model.new_ticket.allowed;
        let submits = if speaks_of_visitors(submit) {
            submit
        } else {
            &Node::False
        };
        let explained = eyes.explain_alone(submits)?;
        if !home.is_empty() || explained.answer() != Some(false) {
            unknown = eyes.missing_settings();
        }
        Ok(VisitorPreview {
            address,
            may_submit: explained.answer().filter(|may| portal.answer().is_some() || !may),
            portal: portal.answer(),
            portal_reason,
            submit_reason: reason(&Reasoned::from(&explained)),
            home,
            unknown_settings: unknown.into_iter().map(str::to_owned).collect(),
        })
    })
}
