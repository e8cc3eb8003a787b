//! Small tables of every kind, as text, JSON and workbooks, whose parts are spoilt before they are packed.

use std::fmt::Write as _;
use std::io::Write as _;

use proptest::sample::Index;

use crate::spoil::{Spoil, spoilt};

/// Names of the files, one of each format.
pub(crate) const NAMES: [&str; 3] = ["table.csv", "table.json", "table.xlsx"];

/// Heads and rows of a kind.
fn rows(kind: &str) -> Vec<Vec<&'static str>> {
    match kind {
        "people" => vec![
            vec![
                "Login",
                "First name",
                "Last name",
                "E-mail",
                "Account",
                "Groups",
                "Expires",
            ],
            vec![
                "anna",
                "Anna",
                "Müller; née Smith",
                "anna@example.org",
                "ACME",
                "users:rw, sales:ro",
                "2027-01-31",
            ],
            vec!["ben", "", "=Ben", "BEN@example.org", "", "", "31.12.2026"],
        ],
        "tickets" => vec![
            vec!["Number", "Title", "State", "Queue", "Account", "Contact", "Created"],
            vec![
                "2026112710000011",
                "Printer, again",
                "open",
                "Hardware::Printers",
                "ACME",
                "anna",
                "2026-11-27 10:00:00",
            ],
            vec![
                "2026112710000012",
                "\"quoted\"",
                "closed successful",
                "News",
                "",
                "",
                "27.11.2026",
            ],
        ],
        _ => vec![
            vec!["Number", "Name", "Comment"],
            vec!["ACME", "Acme Ltd", "a\nb"],
            vec!["B", "Beta", ""],
        ],
    }
}

fn csv(rows: &[Vec<&str>]) -> Vec<u8> {
    let quoted = |cell: &&str| format!("\"{}\"", cell.replace('"', "\"\""));
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";"))
        .collect();
    (lines.join("\n") + "\n").into_bytes()
}

fn json(rows: &[Vec<&str>]) -> Vec<u8> {
    let records: Vec<serde_json::Value> = rows[1..]
        .iter()
        .map(|row| {
            rows[0]
                .iter()
                .zip(row)
                .map(|(head, cell)| ((*head).to_owned(), serde_json::Value::from(*cell)))
                .collect()
        })
        .collect();
    serde_json::Value::from(records).to_string().into_bytes()
}

/// The parts of a workbook, by their path in it.
fn parts(rows: &[Vec<&str>]) -> Vec<(&'static str, Vec<u8>)> {
    const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let mut sheet = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>");
    for (line, row) in rows.iter().enumerate() {
        write!(sheet, "<row r=\"{}\">", line + 1).unwrap();
        for (cell, column) in row.iter().zip('A'..) {
            let text = cell.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            write!(
                sheet,
                "<c r=\"{column}{}\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
                line + 1
            )
            .unwrap();
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let types = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>"
    );
    let relation = |id: &str, what: &str, target: &str| {
        format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"{id}\" Type=\"{OFFICE}/{what}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    vec![
        ("[Content_Types].xml", types.into_bytes()),
        (
            "_rels/.rels",
            relation("rId1", "officeDocument", "xl/workbook.xml").into_bytes(),
        ),
        ("xl/workbook.xml", book.into_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            relation("rId1", "worksheet", "worksheets/sheet1.xml").into_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.into_bytes()),
    ]
}

/// A table of a kind in the format of the name, spoilt. Of a workbook, one of its parts is.
pub(crate) fn spoilt_table(kind: &str, name: &str, edits: &[(Index, Spoil)]) -> Vec<u8> {
    let rows = rows(kind);
    let whole = |bytes| edits.iter().fold(bytes, |bytes, (_, how)| spoilt(bytes, how));
    if name == NAMES[0] {
        return whole(csv(&rows));
    }
    if name == NAMES[1] {
        return whole(json(&rows));
    }
    let mut parts = parts(&rows);
    for (which, how) in edits {
        // Most of what a reader does is about the cells.
        let part = which.index(parts.len() * 2).min(parts.len() - 1);
        parts[part].1 = spoilt(std::mem::take(&mut parts[part].1), how);
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
