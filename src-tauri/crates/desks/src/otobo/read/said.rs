//! What the reader of dumps and databases says.

use crate::said::sentences;

sentences! {
    "otobo":
    both_groups(): "both groups_table (OTOBO) and permission_groups (Znuny) are there; keep the one of this desk";
    no_table(table): "the table {table} is missing; dump it too (porticoctl dump-script prints how)";
    no_groups(table): "the table {table} (Znuny: permission_groups) is missing; dump it too (porticoctl dump-script prints how)";
    no_such(id, table): "{id} is no row of {table}; the database itself would refuse that, so the tables of a dump are not of one moment or cut: make it again, all together";
    own_validity(number): "validity {number} is this desk's own; it counts as invalid";
    shared_email(email, people): "the e-mail address {email} belongs to {people} people; the desk's own forms allow it once";
    no_customer(key, rows): "the customer {key} ({rows} rows) has no record in customer_company";
    customer_case(key, rows, line): "the customer {key} ({rows} rows) has no record; one on line {line} of customer_company differs only in case";
    no_login(login, rows): "nobody has the login {login} ({rows} rows)";
    login_case(login, rows, line): "nobody has the login {login} ({rows} rows); the one on line {line} of customer_user differs only in case";
    link_of_nobody(): "the link is of nobody (an empty login); it is ignored";
    long_login(login, rows, most): "{login} ({rows} rows): a login over {most} characters is cut in this table, so its links may lead to nobody";
    ignored_value(rows, value): "{rows} rows have the value {value}; only 1 counts, they are ignored";
    doubled(what, times): "{what} stands {times} times; it counts once";
    context(name, rows): "the context {name} ({rows} rows) is not known to Portico; its rows are ignored";
    ro_and_rw(who, group): "{who} has both ro and rw on group {group}; rw alone says the same";
    only_case(key, line): "{key} differs only in case from the one on line {line}; PostgreSQL keeps them apart in links, MySQL does not";
    no_flag(value): "{value:?} is neither true nor false";
    not_utf8(): "is not valid UTF-8; dump with the client encoding UTF8 (utf8mb4)";
    empty(column): "{column} is empty; the desk itself would refuse that, so a dump is damaged: make it again";
    empty_id(column): "{column} is empty; a dump of this table is to be made again";
    no_id(value): "{value:?} is no number of a row";
    no_number(value): "{value:?} is no number";
    no_time(value): "{value:?} is no time (2026-11-22 16:50:29)";
    not_given(name): "{name} is not given; who sees what is unknown until it is given or confirmed";
    not_given_default(name, default): "{name} is not given (the default is {default}, but a configuration file may say otherwise); who sees what is unknown until it is given or confirmed";
    no_yaml(name, error): "the value of {name} is not readable YAML: {error}";
    no_list(name, value): "{name} has a value that is not a list of group names: {value}";
    no_attributes(name, value): "{name} has a value that is not a list of attributes, each 0 or 1: {value}";
    no_switch(name, value): "{name} has a value that is not 0 or 1: {value}";
    no_confirmation(name, value): "{name} is neither true nor false: {value}";
    archive(tickets): "the archive is on (Ticket::ArchiveSystem; {tickets} tickets are archived); Portico does not model that, so who sees what stays unknown";
    acls(rows, table): "access control lists are in use ({rows} rows of {table}); Portico does not model that, so who sees what stays unknown";
    processes(rows, table): "process tickets are in use ({rows} rows of {table}); Portico does not model that, so who sees what stays unknown";
    further_back_end(name): "there is a further back end of customers ({name}); Portico does not model that, so who sees what stays unknown";
    other_back_end(module): "customers are read by another back end ({module}); Portico does not model that, so who sees what stays unknown";
    modules(modules): "the permission modules are not the usual four but {modules}; Portico does not model that, so who sees what stays unknown";
    odd_modules(): "CustomerTicket::Permission is of an unusual shape; Portico does not model that, so who sees what stays unknown";
    no_same_context(): "CustomerGroupPermissionContext lacks 001-CustomerID-same; Portico does not model that, so who sees what stays unknown";
    further_context(name): "CustomerGroupPermissionContext has a further context ({name}); Portico does not model that, so who sees what stays unknown";
    silent_archive(setting): "nothing says whether the archive is on (Ticket::ArchiveSystem); look it up and confirm {setting}";
    silent_acls(table, setting): "nothing says whether access control lists are in use (the table {table}); look it up and confirm {setting}";
    silent_processes(table, setting): "nothing says whether process tickets are in use (the table {table}); look it up and confirm {setting}";
    silent_back_end(setting): "nothing says whether customers lie in the database (CustomerUser###Module); look it up and confirm {setting}";
    silent_back_ends(setting): "nothing says whether there are further back ends of customers (CustomerUser1 to CustomerUser10, null where there is none); look it up and confirm {setting}";
    silent_modules(setting): "nothing says which permission modules there are (CustomerTicket::Permission); look it up and confirm {setting}";
    endless(): "the row does not end (a quote that is never closed?); make the dump of this table again";
    several_files(table): "{table} is there in several files; keep one";
    values(found, columns): "{found} values where the header names {columns} columns; make the dump of this table again";
    utf16(): "is UTF-16; save it as UTF-8 (a redirection in PowerShell does this: run the script in a Unix shell)";
    no_header(): "is empty, without even a line of column names; make the dump of this table again";
    no_column(table, column): "{table} has no column {column}; dump the table with it (porticoctl dump-script prints how)";
    same_id(id, line): "the id {id} stands on line {line} already; a dump is damaged or was put together from two: make it again";
    same_article(article): "the article {article} stands twice; a dump is damaged or was put together from two: make it again";
    no_names(): "the table is not there; its names are shown by number";
    many_names(): "more kinds of senders or channels than any desk has; the columns of a dump may be mixed up: make it again";
    several_texts(articles): "{articles} articles have more than one text; the first is taken";
    no_texts(): "the column is not there; activities are shown without text";
}
