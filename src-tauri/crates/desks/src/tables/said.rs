//! What the readers of tables say.

use crate::said::sentences;

sentences! {
    "table":
    several_files(): "holds several files; choose the one that the mapping is for";
    several_tables(count): "holds {count} tables; choose one";
    no_table(): "holds no table (.csv, .xlsx, .json)";
    no_kind(kind, kinds): "{kind:?} is no kind of record; there are {kinds}";
    unnamed(kinds): "its name does not say what it holds; call it after one of {kinds}";
    not_here(kind): "the desk has no {kind}";
    same_kind(kind, file): "holds {kind} as {file} does; give them one after the other";
    guessed(field): "was taken for {field} (assumed from the heading)";
    not_read(): "is not read: no field was found or chosen for it";
    no_column(): "there is no such column";
    no_field(field, fields): "{field:?} is no field that a column can be; there are {fields}";
    same_field(field, other): "is {field} as {other} is; one column must be another field, or none";
    no_key(fields): "no column says which record a row is: one must be {fields}";
    needed(field): "no column is {field}, without which nothing can be read; one must be";
    half(): "read_addresses and write_addresses can only be read together; add a column for the other, which may be empty, or read neither";
    no_heading(): "has no heading";
    heading_twice(name): "the heading stands twice; this one is called {name}";
    many_columns(count, most): "has {count} columns; no table of people has more than {most}";
    ragged(cells, headings): "has {cells} cells, and there are {headings} headings";
    no_headings(): "holds no headings";
    no_format(): "is none of the tables that Portico reads; save it as .xlsx or .csv";
    no_text(): "is no text; is this the right file? Portico reads .csv, .xlsx and .json";
    windows(): "is not UTF-8, and was read as Windows-1252; look whether letters like ä and é came right";
    not_utf8(): "is not UTF-8 here; save it as UTF-8";
    long_row(): "a row is longer than 16 MB; a quotation mark is open, perhaps";
    large(): "is larger than 256 MB; save it as .csv";
    unpacked(): "claims more than 2 GB of content; save it as .csv";
    incomplete(): "is no complete workbook (.xlsx), or one with a password; save it again";
    no_workbook(error): "is no workbook that can be read: {error}";
    no_such_sheet(sheet, sheets): "has no sheet {sheet:?}; there are {sheets}";
    no_sheet(): "has no sheet";
    bad_sheet(error): "cannot be read: {error}";
    cell_error(column, error): "the cell in column {column} holds an error ({error})";
    several_lists(lists): "holds several lists ({lists}); give each as a file of its own";
    no_records(): "holds no records";
    many_names(most): "there are more than {most} names";
    choice(cell, choices): "{cell:?} is none of {choices}";
    flag(cell): "{cell:?} is neither yes nor no";
    status(cell, choices): "{cell:?} is no status of the desk; there are {choices}";
    pending(noun, cell): "the {noun} {cell:?} was made here and is not in the desk yet";
    several(noun, cell): "several are called {cell:?}; write the number or key of the {noun}";
    several_ticket(noun, cell): "several are called {cell:?}; write the login, number or key of the {noun}";
    nobody(noun, cell): "no {noun} is called {cell:?}; import those first, or do not read this column";
    permission(entry, name, choices): "{entry:?} does not say which permission; write {name}:KEY, with one of {choices}";
    no_key_here(): "is empty, and says which record the row is";
    twice(cell, line): "{cell:?} stands on line {line} already";
    ambiguous(cell): "several are called {cell:?}; which of them is meant cannot be told";
    key_of_another(cell): "{cell:?} is the desk's key of another record";
    new_needs(key, field): "the record {key:?} is new, and a new one needs a {field}";
    no_number(): "is empty, and says which ticket the row is";
    no_created(): "is empty, and lists of tickets are in the order of this";
    no_time(cell): "{cell:?} is no time; write it like 2026-11-27 14:30 or 27.11.2026 14:30";
    far_time(cell): "{cell:?} is before 1970 or after 2200";
    two_days(cell, one, other): "{cell:?} may be {one} or {other}; write it like one of these";
    stranger(noun, cell, tickets): "no {noun} is called {cell:?}: {tickets} tickets; the name was taken as it stands there";
    no_state(tickets, kind): "{tickets} tickets without a state were taken for {kind} (assumed)";
    state_by_name(state, tickets, kind): "{tickets} tickets of the state {state:?}, of which there is no record, were taken for {kind} (assumed from its name)";
    no_zone(): "has times without a zone, which were read as UTC (assumed)";
    no_owner(field): "no column says the {field}, by which the desk's rules show tickets: those that are new have none";
    no_states(): "no column says the state: tickets that are new were taken for open (assumed)";
}
