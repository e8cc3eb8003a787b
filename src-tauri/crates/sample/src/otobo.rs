//! What every OTOBO has from the start: states, priorities, types; and the settings of an invented one.

use portico_core::model::{DeskSetting, Named, SettingOrigin, TicketState, Validity};

/// Keys, names and kinds of the states.
const STATES: [(&str, &str, &str); 9] = [
    ("1", "new", "new"),
    ("2", "closed successful", "closed"),
    ("3", "closed unsuccessful", "closed"),
    ("4", "open", "open"),
    ("5", "removed", "removed"),
    ("6", "pending reminder", "pending reminder"),
    ("7", "pending auto close+", "pending auto"),
    ("8", "pending auto close-", "pending auto"),
    ("9", "merged", "merged"),
];

/// Key and kind of the state of a ticket: old ones are mostly closed, those of the last days mostly not.
pub(crate) fn state(dice: &mut crate::dice::Dice, days_old: i64) -> (&'static str, &'static str) {
    let weights = match days_old {
        0..=1 => [40, 12, 1, 40, 0, 4, 1, 0, 2],
        2..=9 => [8, 45, 4, 28, 0, 9, 3, 1, 2],
        10..=60 => [2, 75, 7, 6, 1, 4, 2, 1, 2],
        _ => [0, 84, 9, 1, 1, 1, 1, 0, 3],
    };
    let (key, _, kind) = STATES[dice.weighted(&weights)];
    (key, kind)
}

/// The kind of a state by its key; empty where there is none.
pub(crate) fn kind_of(key: &str) -> &'static str {
    STATES
        .iter()
        .find(|(k, _, _)| *k == key)
        .map_or("", |(_, _, kind)| kind)
}

/// All states.
pub(crate) fn states() -> Vec<TicketState> {
    STATES
        .iter()
        .map(|(key, name, kind)| TicketState {
            key: (*key).to_owned(),
            name: (*name).to_owned(),
            kind: (*kind).to_owned(),
            validity: Validity::Valid,
        })
        .collect()
}

/// Names numbered from 1; those in `invalid` are out of force.
fn named(names: &[&str], invalid: &[&str]) -> Vec<Named> {
    (1_u32..)
        .zip(names)
        .map(|(key, name)| Named {
            key: key.to_string(),
            name: (*name).to_owned(),
            validity: if invalid.contains(name) {
                Validity::Invalid
            } else {
                Validity::Valid
            },
        })
        .collect()
}

/// All priorities; the third is normal.
pub(crate) fn priorities() -> Vec<Named> {
    named(&["1 very low", "2 low", "3 normal", "4 high", "5 very high"], &[])
}

/// All ticket types, one of them out of force.
pub(crate) fn types() -> Vec<Named> {
    named(
        &[
            "Unclassified",
            "Incident",
            "Service request",
            "Problem",
            "Complaint",
            "Fax request",
        ],
        &["Fax request"],
    )
}

/// All services, one of them out of force.
pub(crate) fn services() -> Vec<Named> {
    let names = [
        "Workplace",
        "Network",
        "Printing",
        "Handhelds",
        "ERP",
        "Telephony",
        "Telephony::ISDN",
    ];
    named(&names, &["Telephony::ISDN"])
}

/// The settings that decide who sees what, as the desk has them.
pub(crate) fn settings() -> Vec<DeskSetting> {
    [
        ("database", "\"postgresql\"", SettingOrigin::Confirmed),
        ("CustomerGroupSupport", "true", SettingOrigin::Desk),
        ("CustomerGroupAlwaysGroups", "[\"users\"]", SettingOrigin::Desk),
        ("CustomerGroupCompanyAlwaysGroups", "[\"users\"]", SettingOrigin::Desk),
        (
            "Ticket::Frontend::CustomerDisableCompanyTicketAccess",
            "false",
            SettingOrigin::Desk,
        ),
        (
            "CustomerGroupPermissionContext###100-CustomerID-other",
            "true",
            SettingOrigin::Desk,
        ),
        ("Ticket::Type", "true", SettingOrigin::Desk),
        ("Ticket::Service", "false", SettingOrigin::Desk),
        ("Portico::NothingElseDecides", "true", SettingOrigin::Confirmed),
    ]
    .map(|(name, value, origin)| DeskSetting {
        name: name.to_owned(),
        value: value.to_owned(),
        origin,
    })
    .into()
}
