//! Reads a folder or a .zip of table dumps, or the tables themselves.
//!
//! Two passes: the first checks everything and holds only compact keys, so that all problems come in one
//! report and nothing is yielded when there is one; the second yields.

mod catalog;
mod dump;
mod emit;
mod evidence;
mod look;
mod people;
mod records;
mod row;
mod said;
mod setting_value;
mod settings;
mod table;
mod tickets;

pub(crate) use self::look::look;
pub(super) use self::records::{OTHER, SAME};
pub(crate) use self::said::SENTENCES;
pub(crate) use self::settings::alone as settings_alone;

use portico_core::model::DeskSetting;
use portico_core::snapshot::{Sink, Source};

use self::catalog::Catalog;
use self::dump::Dump;
use self::people::People;
use self::table::Scanning;
use self::tickets::Seats;
use crate::error::DeskError;
use crate::reader::{ReadOptions, Reader};
use crate::report::Report;

/// A dump of the desk's tables.
pub struct TableDump {
    options: ReadOptions,
    report: Report,
}

/// What the first pass hands to the second.
struct Checked {
    settings: Vec<DeskSetting>,
    catalog: Catalog,
    seats: Seats,
}

impl TableDump {
    /// A dump to read; nothing is opened yet.
    pub fn new(mut options: ReadOptions) -> Self {
        if let Some(connection) = &options.connection {
            options.database = Some(connection.address.kind);
        }
        Self {
            options,
            report: Report::default(),
        }
    }

    fn check(&mut self, dump: &Dump) -> Result<Checked, DeskError> {
        let on = Scanning {
            dump,
            watch: self.options.watch.as_ref(),
            phase: "checking",
        };
        let report = &mut self.report;
        let catalog = Catalog::check(&on, report)?;
        let people = People::check(&on, &catalog, report)?;
        let tickets = tickets::check(&on, &catalog, &people, report)?;
        let settings = settings::read(&on, &self.options, catalog.znuny, &tickets, report)?;
        drop(people);
        let seats = tickets::check_articles(&on, &catalog, &tickets, report)?;
        tickets::check_texts(&on, &seats, self.options.bodies, report)?;
        Ok(Checked {
            settings,
            catalog,
            seats,
        })
    }
}

impl Source for TableDump {
    type Error = DeskError;

    fn read(&mut self, sink: &mut Sink<'_>) -> Result<(), DeskError> {
        self.report = Report::default();
        let dump = match &self.options.connection {
            Some(connection) => Dump::connect(connection, self.options.bodies)?,
            None => Dump::open(&self.options.path)?,
        };
        let checked = self.check(&dump)?;
        if !self.report.is_usable() {
            return Err(DeskError::BadSource {
                problems: self.report.problems.clone(),
                more: self.report.more_problems,
            });
        }
        let on = Scanning {
            dump: &dump,
            watch: self.options.watch.as_ref(),
            phase: "reading",
        };
        emit::all(&on, &checked, self.options.bodies, sink)
    }
}

impl Reader for TableDump {
    fn report(&self) -> &Report {
        &self.report
    }
}
