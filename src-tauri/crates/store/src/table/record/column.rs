//! The columns that a list of records can show, sort by and write into a file.

use portico_core::form::field::{Entity, Field, Kind};
use portico_core::model::Validity;

use super::face::face;
use super::uses;

/// A column of the list of a kind of record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Column {
    /// What people call the record.
    #[default]
    Name,
    /// What stands in a field of its own; of a reference, what that leads to is called.
    Field(&'static Field),
    /// How many refer to it.
    Used,
    /// The rights of an account on groups.
    Rights,
    /// Whether it differs from what the desk had.
    Changed,
}

/// The column in which a field of a record is kept; `None` for fields that are links.
pub fn field_column(field: &Field) -> Option<String> {
    match field.kind {
        Kind::Status => Some("validity".to_owned()),
        Kind::One(_) => Some(format!("{}_id", field.name)),
        Kind::Many(_) | Kind::Rights(_) | Kind::Levels(_) => None,
        _ => Some(field.name.to_owned()),
    }
}

impl Column {
    /// All columns of a kind of record, in the order in which they are offered.
    pub fn of(entity: Entity) -> impl Iterator<Item = Self> {
        let fields = entity.fields().iter();
        let fields = fields.filter(|field| field.name != "name" && field_column(field).is_some());
        let rights = (entity == Entity::Account).then_some(Self::Rights);
        std::iter::once(Self::Name)
            .chain(fields.map(Self::Field))
            .chain([Self::Used])
            .chain(rights)
            .chain([Self::Changed])
    }

    /// The column of a kind of record with this key.
    pub fn named(entity: Entity, key: &str) -> Option<Self> {
        Self::of(entity).find(|column| column.key() == key)
    }

    /// Its key, the same on every floor: a field's name where it shows a field.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Field(field) => field.name,
            Self::Used => "used",
            Self::Rights => "rights",
            Self::Changed => "changed",
        }
    }

    /// The expression that gives its value; the record is `t`.
    pub(super) fn value(self, entity: Entity) -> String {
        match self {
            Self::Name => face(entity).name.to_owned(),
            Self::Field(field) => field_value(field),
            Self::Used => uses::total(entity),
            // Read in the order of the names, as a record's form tells them.
            Self::Rights => "(SELECT group_concat(said, ', ') FROM (SELECT g.name || ' ' || l.permission AS said
                FROM account_group l JOIN permission_group g ON g.id = l.group_id
                WHERE l.account_id = t.id ORDER BY g.name, l.permission))"
                .to_owned(),
            Self::Changed => format!(
                "iif(t.id IN (SELECT portico_id(pk) FROM base WHERE tbl = '{}'), 'changed', '')",
                entity.name()
            ),
        }
    }

    /// The expressions by which it is sorted, then by name, then by id: of texts, what is empty comes last either way.
    pub(super) fn order(self, entity: Entity, descending: bool) -> String {
        let way = if descending { " DESC" } else { "" };
        let name = format!("portico_search({}){way}, t.id{way}", face(entity).name);
        let value = self.value(entity);
        match self {
            Self::Name => name,
            Self::Used => format!("{value}{way}, {name}"),
            Self::Field(field) if field.kind == Kind::Flag => format!("t.{}{way}, {name}", field.name),
            _ => format!("coalesce({value}, '') = '', portico_search({value}){way}, {name}"),
        }
    }
}

fn field_value(field: &Field) -> String {
    let column = field_column(field).unwrap_or_default();
    match field.kind {
        Kind::Flag => format!("iif(t.{column}, 'yes', 'no')"),
        Kind::Status => {
            let named = (1..).map_while(Validity::from_number);
            let cases: Vec<String> = named
                .map(|v| format!("WHEN {} THEN '{}'", v.number(), v.name()))
                .collect();
            format!("CASE t.{column} {} END", cases.join(" "))
        }
        Kind::One(to) => {
            let named = face(to).name.replace("t.", "r.");
            format!("(SELECT {named} FROM {} r WHERE r.id = t.{column})", to.name())
        }
        _ => format!("t.{column}"),
    }
}
