//! What a desk's reader fills in is what its access model asks for.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use portico_core::access::registry::model;
use portico_core::access::setting::SettingKind;
use portico_desks::registry::{self, desks};

#[test]
fn readers_and_models_speak_of_the_same_settings() {
    for desk in desks() {
        let read: Vec<_> = desk
            .settings
            .iter()
            .map(|s| (s.name, s.kind, s.default, s.choices))
            .collect();
        let needed: Vec<_> = model(desk.id)
            .unwrap()
            .settings
            .into_iter()
            .map(|s| match s.kind {
                SettingKind::Switch => (s.name, registry::SettingKind::Switch, s.default, [].as_slice()),
                SettingKind::Groups => (s.name, registry::SettingKind::Groups, s.default, [].as_slice()),
                SettingKind::Choice(words) => (s.name, registry::SettingKind::Choice, s.default, words),
            })
            .collect();
        let missing: Vec<_> = needed.iter().filter(|s| !read.contains(s)).collect();
        assert!(
            missing.is_empty(),
            "{}: the reader does not know these as the model does: {missing:?}",
            desk.id
        );
        assert_eq!(read.len(), needed.len(), "{}", desk.id);
    }
}
