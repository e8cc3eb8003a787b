//! What an exposure can be of. Told and written into a file, each is tried out by the same closure: the one that saves it.

use portico_core::id::ExternalUserId;
use portico_store::earlier::{self, Point};
use portico_store::history::ChangeId;

use super::{Each, Look, Work, tried};
use crate::error::{ApiError, id};
use crate::session::Session;
use crate::types::exposure::{Exposure, ExposureSource};
use crate::types::records::{DeleteHow, Values};
use crate::types::users::UserForm;
use crate::types::workspace::SettingInput;
use crate::{bulk, matrix, offboard};

/// What a source comes to; `each` hears of everybody who is concerned.
pub(super) fn of(
    session: &Session,
    source: &ExposureSource,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    match source {
        ExposureSource::Pending => pending(session, work, each),
        ExposureSource::Since { change } => since(session, *change, work, each),
        ExposureSource::Undo { change } => undo(session, *change, work, each),
        ExposureSource::User { id, form } => user_form(session, id.as_deref(), form, work, each),
        ExposureSource::Record { entity, id, values } => {
            record_form(session, (entity, id.as_deref()), values, work, each)
        }
        ExposureSource::Deletion { entity, id, how } => deletion(session, (entity, id), how, work, each),
        ExposureSource::Settings { settings: inputs } => settings(session, inputs, work, each),
        ExposureSource::Bulk { edit } => bulk::exposure_of(session, edit, work, each),
        ExposureSource::Offboard { input } => offboard::exposure_of(session, input, work, each),
        ExposureSource::Cells { edits } => matrix::exposure_of(session, edits, work, each),
        ExposureSource::Column { edit } => Ok(matrix::column_effect(session, edit, work, each)?.exposure),
    }
}

pub(super) fn pending(session: &Session, work: &mut Work<'_>, each: Option<Each<'_>>) -> Result<Exposure, ApiError> {
    Look::back(session).at_each(work, |tx| Ok(earlier::go_back(tx, Point::Desk)?), each)
}

pub(super) fn since(
    session: &Session,
    change: u32,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    let point = Point::After(ChangeId(change.into()));
    Look::back(session).at_each(work, |tx| Ok(earlier::go_back(tx, point)?), each)
}

pub(super) fn undo(
    session: &Session,
    change: u32,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    let point = Point::Without(ChangeId(change.into()));
    tried(session, work, each, |tx| Ok(earlier::go_back(tx, point)?))
}

pub(super) fn user_form(
    session: &Session,
    user: Option<&str>,
    form: &UserForm,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    let user = user
        .map(|text| id::<ExternalUserId>("external user", text))
        .transpose()?;
    tried(session, work, each, |tx| {
        crate::users::try_form(tx, session.desk(), user, form)?;
        Ok(())
    })
}

pub(super) fn record_form(
    session: &Session,
    (entity, record): (&str, Option<&str>),
    form: &Values,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    tried(session, work, each, |tx| {
        crate::records::try_record(tx, session.desk(), entity, record, form)
    })
}

pub(super) fn deletion(
    session: &Session,
    (entity, record): (&str, &str),
    how: &DeleteHow,
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    tried(session, work, each, |tx| {
        crate::records::try_deletion(tx, session.desk(), entity, record, how)
    })
}

pub(super) fn settings(
    session: &Session,
    settings: &[SettingInput],
    work: &mut Work<'_>,
    each: Option<Each<'_>>,
) -> Result<Exposure, ApiError> {
    let checked = crate::settings::checked(session.desk(), settings)?;
    tried(session, work, each, |tx| crate::settings::write(tx, &checked))
}
