//! What is left of the tree of what is seen: reduced once for all people of whom the facts that reduce it are the same.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use portico_core::access::known::ForPerson;
use portico_core::access::rule::{Known as _, Node};

use super::scene::Scene;

/// What is left of the tree, bounded.
pub(super) struct Shape {
    pub(super) lower: Node,
    /// `None` where all is certain.
    pub(super) upper: Option<Node>,
}

/// By what is known of the tree's facts. All that are asked of one of these belong to one scene.
#[derive(Default)]
pub(super) struct Shapes(RefCell<HashMap<Vec<u8>, Rc<Shape>>>);

impl Shapes {
    /// The tree of a scene, reduced by what is known of a person.
    pub(super) fn of(&self, scene: &Scene, known: &ForPerson<'_>) -> Rc<Shape> {
        let said = scene.facts.iter().map(|fact| match known.fact(fact) {
            None => Some(0),
            Some(Node::True) => Some(1),
            Some(Node::False) => Some(2),
            Some(Node::Unknown(_)) => Some(3),
            Some(_) => None,
        });
        // Whatever is more than a verdict is not told apart by a byte.
        let Some(said) = said.collect::<Option<Vec<u8>>>() else {
            return Rc::new(reduced(scene, known));
        };
        if let Some(shape) = self.0.borrow().get(&said) {
            return Rc::clone(shape);
        }
        let shape = Rc::new(reduced(scene, known));
        self.0.borrow_mut().insert(said, Rc::clone(&shape));
        shape
    }
}

fn reduced(scene: &Scene, known: &ForPerson<'_>) -> Shape {
    let node = scene.seen.reduce(known);
    Shape {
        lower: node.lower(),
        upper: (!node.is_certain()).then(|| node.upper()),
    }
}
