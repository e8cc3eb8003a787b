//! How the core's values are kept in a row, and how a row's values are written as JSON.

use portico_core::id::{
    AccountId, AddressId, AgentId, BackendId, ContactId, ExpectationId, ExternalUserId, GroupId, MachineId,
    PortalObjectId, QueueId, ServiceId, TemplateId, TicketPriorityId, TicketStateId, TicketTypeId,
};
use portico_core::model::{Context, SettingOrigin, Validity};
use rusqlite::types::{FromSqlError, FromSqlResult, Value, ValueRef};
use serde_json::Value as Json;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// 16 bytes; hyphenated hexadecimal in JSON.
    Id,
}

impl Kind {
    /// Its name in the schema.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Integer => "INTEGER",
            Self::Id => "BLOB",
        }
    }
}

/// A value as JSON: ids as they are written everywhere else, numbers, texts, null.
pub(crate) fn to_json(value: ValueRef<'_>) -> Json {
    match value {
        ValueRef::Null => Json::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => x.into(),
        ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned().into(),
        ValueRef::Blob(b) => {
            uuid::Uuid::from_slice(b).map_or(Json::Null, |id| Json::String(id.hyphenated().to_string()))
        }
    }
}

/// The value that [`to_json`] wrote.
pub(crate) fn from_json(kind: Kind, json: &Json) -> Value {
    match (kind, json) {
        (Kind::Id, Json::String(text)) => {
            uuid::Uuid::parse_str(text).map_or(Value::Null, |id| Value::Blob(id.as_bytes().to_vec()))
        }
        (_, Json::String(text)) => Value::Text(text.clone()),
        (_, Json::Number(n)) => n.as_i64().map_or(Value::Null, Value::Integer),
        (_, Json::Bool(b)) => Value::Integer((*b).into()),
        _ => Value::Null,
    }
}

/// A value of the core that fits a column.
pub(crate) trait Cell: Sized {
    /// The column's type.
    const KIND: Kind;
    /// As it is kept.
    fn write(&self) -> Value;
    /// As it is read.
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

impl Cell for String {
    const KIND: Kind = Kind::Text;
    fn write(&self) -> Value {
        Value::Text(self.clone())
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Cell for i64 {
    const KIND: Kind = Kind::Integer;
    fn write(&self) -> Value {
        Value::Integer(*self)
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64()
    }
}

impl Cell for bool {
    const KIND: Kind = Kind::Integer;
    fn write(&self) -> Value {
        Value::Integer((*self).into())
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(|n| n != 0)
    }
}

impl Cell for Validity {
    const KIND: Kind = Kind::Integer;
    fn write(&self) -> Value {
        Value::Integer(self.number())
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        Self::from_number(number).ok_or(FromSqlError::OutOfRange(number))
    }
}

impl Cell for Context {
    const KIND: Kind = Kind::Text;
    fn write(&self) -> Value {
        Value::Text(self.name().to_owned())
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_name(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

impl Cell for SettingOrigin {
    const KIND: Kind = Kind::Text;
    fn write(&self) -> Value {
        Value::Text(if *self == Self::Desk { "desk" } else { "confirmed" }.to_owned())
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "desk" => Ok(Self::Desk),
            "confirmed" => Ok(Self::Confirmed),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

impl<T: Cell> Cell for Option<T> {
    const KIND: Kind = T::KIND;
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Cell::write)
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        if value == ValueRef::Null {
            Ok(None)
        } else {
            T::read(value).map(Some)
        }
    }
}

macro_rules! ids {
    ($($id:ty),* $(,)?) => {$(
        impl Cell for $id {
            const KIND: Kind = Kind::Id;
            fn write(&self) -> Value {
                Value::Blob(self.as_bytes().to_vec())
            }
            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let bytes = value.as_blob()?;
                <[u8; 16]>::try_from(bytes)
                    .map(Self::from_bytes)
                    .map_err(|_| FromSqlError::InvalidBlobSize { expected_size: 16, blob_size: bytes.len() })
            }
        }
    )*};
}

ids!(
    ExternalUserId,
    AccountId,
    ContactId,
    GroupId,
    QueueId,
    TicketTypeId,
    TicketStateId,
    TicketPriorityId,
    ServiceId,
    AddressId,
    MachineId,
    AgentId,
    PortalObjectId,
    BackendId,
    TemplateId,
    ExpectationId,
);

/// Reads the column at `index` of a row.
pub(crate) fn column<T: Cell>(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<T> {
    let value = row.get_ref(index)?;
    T::read(value).map_err(|e| rusqlite::Error::FromSqlConversionFailure(index, value.data_type(), Box::new(e)))
}
