//! A table of texts as a file, row by row: nothing but the row at hand is kept in memory.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use portico_core::spreadsheet::harmless;
use rust_xlsxwriter::{Format as CellFormat, Workbook, XlsxError};
use tempfile::NamedTempFile;

use crate::error::{ApiError, Code};

/// Without it some spreadsheets take UTF-8 for something else.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// The longest text that a cell of an XLSX file takes, in characters.
const LONGEST_CELL: usize = 32_767;
/// The most rows that a sheet of an XLSX file takes, the headings among them.
const MOST_ROWS: u64 = 1_048_576;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Text, with this between the cells.
    Csv(u8),
    /// A workbook with one sheet.
    Xlsx,
}

impl Format {
    /// `csv` or `xlsx`; the separator is only for CSV.
    pub(crate) fn from_name(name: &str, separator: &str) -> Result<Self, ApiError> {
        match (name, separator) {
            ("xlsx", _) => Ok(Self::Xlsx),
            ("csv", "," | "") => Ok(Self::Csv(b',')),
            ("csv", ";") => Ok(Self::Csv(b';')),
            ("csv", other) => Err(ApiError::refused(format!("separator: {other:?} is neither , nor ;"))),
            (other, _) => Err(ApiError::refused(format!("format: {other:?} is neither csv nor xlsx"))),
        }
    }
}

/// The head of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// What it says.
    pub(crate) title: String,
    /// Whether what stands below are numbers.
    pub(crate) number: bool,
}

/// A table being written. It takes its place when it is finished; dropped before, it leaves nothing.
pub(crate) struct TableFile {
    target: PathBuf,
    part: NamedTempFile,
    headings: Vec<Heading>,
    writer: Writer,
    rows: u64,
}

enum Writer {
    Csv(Box<csv::Writer<File>>),
    Xlsx(Box<Workbook>),
}

impl TableFile {
    /// Begins a table with its headings.
    pub(crate) fn create(target: &Path, format: Format, headings: Vec<Heading>) -> Result<Self, ApiError> {
        if headings.is_empty() {
            return Err(ApiError::refused("choose at least one column"));
        }
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let part = NamedTempFile::new_in(folder).map_err(storage(target))?;
        let titles: Vec<String> = headings.iter().map(|h| h.title.clone()).collect();
        let writer = match format {
            Format::Csv(separator) => {
                part.as_file().write_all(BYTE_ORDER_MARK).map_err(storage(target))?;
                let file = part.as_file().try_clone().map_err(storage(target))?;
                let writer = csv::WriterBuilder::new()
                    .delimiter(separator)
                    .terminator(csv::Terminator::CRLF)
                    .from_writer(file);
                Writer::Csv(Box::new(writer))
            }
            Format::Xlsx => Writer::Xlsx(Box::new(workbook(folder, &titles).map_err(unwritable(target))?)),
        };
        let mut file = Self {
            target: target.to_owned(),
            part,
            headings,
            writer,
            rows: 0,
        };
        if matches!(file.writer, Writer::Csv(_)) {
            file.csv_row(titles.iter().map(String::as_str))?;
        }
        Ok(file)
    }

    /// How many rows there are below the headings.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds a row.
    pub(crate) fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), ApiError> {
        match self.writer {
            Writer::Csv(_) => self.csv_row(cells)?,
            Writer::Xlsx(_) => self.xlsx_row(cells)?,
        }
        self.rows += 1;
        Ok(())
    }

    fn csv_row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), ApiError> {
        let Writer::Csv(writer) = &mut self.writer else {
            return Ok(());
        };
        let failed = |e: csv::Error| storage(&self.target)(std::io::Error::from(e));
        for cell in cells {
            writer.write_field(harmless(cell).as_bytes()).map_err(failed)?;
        }
        writer.write_record(None::<&[u8]>).map_err(failed)
    }

    fn xlsx_row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), ApiError> {
        let Writer::Xlsx(book) = &mut self.writer else {
            return Ok(());
        };
        let row = self.rows + 1;
        if row >= MOST_ROWS {
            return Err(ApiError::refused(
                "a sheet takes 1,048,576 rows, and there are more; write CSV instead",
            ));
        }
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let sheet = book.worksheet_from_index(0).map_err(unwritable(&self.target))?;
        for ((column, cell), heading) in (0..).zip(cells).zip(&self.headings) {
            if cell.is_empty() {
                continue;
            }
            if cell.chars().nth(LONGEST_CELL).is_some() {
                return Err(ApiError::refused(format!(
                    "row {row}, {}: the text is longer than the 32,767 characters that a cell takes; write CSV instead",
                    heading.title
                )));
            }
            let written = match cell.parse::<f64>() {
                Ok(number) if heading.number => sheet.write_number(row, column, number),
                _ => sheet.write_string(row, column, cell),
            };
            written.map_err(unwritable(&self.target))?;
        }
        Ok(())
    }

    /// Puts the table in its place, and says where that is.
    pub(crate) fn finish(self) -> Result<PathBuf, ApiError> {
        match self.writer {
            Writer::Csv(mut writer) => writer.flush().map_err(storage(&self.target))?,
            Writer::Xlsx(mut book) => book
                .save_to_writer(self.part.as_file())
                .map_err(unwritable(&self.target))?,
        }
        self.part.as_file().sync_all().map_err(storage(&self.target))?;
        self.part
            .persist(&self.target)
            .map_err(|e| storage(&self.target)(e.error))?;
        Ok(self.target)
    }
}

/// A workbook whose one sheet has its headings, and keeps its rows in the folder where the file will be: what is
/// written nowhere else must not lie in the system's folder for temporary files.
fn workbook(folder: &Path, titles: &[String]) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    book.set_tempdir(folder)?;
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = CellFormat::new().set_bold();
    for (column, title) in (0..).zip(titles) {
        sheet.set_column_width(column, 22)?;
        sheet.write_string_with_format(0, column, title, &bold)?;
    }
    Ok(book)
}

fn storage(path: &Path) -> impl Fn(std::io::Error) -> ApiError {
    let path = path.display().to_string();
    move |e| ApiError::new(Code::Storage, format!("{path}: {e}"))
}

fn unwritable(path: &Path) -> impl Fn(XlsxError) -> ApiError {
    let path = path.display().to_string();
    move |e| match e {
        XlsxError::IoError(e) => ApiError::new(Code::Storage, format!("{path}: {e}")),
        other => ApiError::new(Code::Internal, format!("{path}: {other}")),
    }
}
