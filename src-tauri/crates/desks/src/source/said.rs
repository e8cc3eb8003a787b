//! What is said of files of any kind, and of records in them.

use crate::said::sentences;

sentences! {
    "file":
    long_record(most): "a record is longer than {most} MB; is this the right file?";
    packed(): "is packed in a way that Portico cannot unpack; unpack it yourself and give the folder";
    damaged(): "cannot be unpacked; the archive is damaged: make or download it again";
    cut(): "ends too early; it was cut: read it again";
    not_utf8(): "is not UTF-8 here (Windows-1252, perhaps); save it as UTF-8, or read the list again";
    no_records(error): "is not a list of records here: {error}";
    no_json(error): "is not JSON here: {error}";
    no_list(): "holds no list of records that Portico knows; leave it out, or read the list again";
    no_lists(): "holds no .json file with a list";
    twice(): "stands twice in one record; which of the two is meant cannot be told";
    no_text(): "is a list or an object where a text belongs";
    missing(): "is missing";
    empty(): "is empty, or a list or an object";
    no_flag(value): "{value} is neither true nor false";
    no_number(value): "{value} is no positive number";
    no_time(value): "{value} is no time between 1970 and 2200";
    again(what, key): "the {what} {key} came before already; the list changed while it was read: read it again";
    no_member(label, name, names): "no member of the record is {label:?}, which decides what is seen; name it {name} (there are: {names})";
    members(members, one): "assumed, for no documentation names these members: {members}; compare {one} with the desk";
    pages(total, came, how): "the desk says that there are {total} records, and {came} came; read the further pages too ({how})";
    more_rows(more): "{more} more rows of the kind just named";
    same_key(column, line): "the same {column} stands on line {line} already; the desk allows it once, so the dump is damaged or was put together from two: make it again";
    long_settings(): "is too long for a file of settings";
    settings_utf8(): "is not UTF-8; save it as UTF-8";
    no_setting(): "is no setting of this desk";
    no_settings(): "is not an object of setting names and values";
    settings_json(error): "is not JSON: {error}";
}
