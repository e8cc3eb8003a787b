//! What columns of tables of tickets are called, in English and German, and by the desks' own lists.
//!
//! Assumed like all headings; what stands before or behind as "ticket" (`Ticket Status`, `Created Time (Ticket)`) is left
//! out before they are compared.

/// What a field is called, beside its own name; folded as [`super::super::guess::plain`] does it.
pub(crate) const WORDS: &[(&str, &[&str])] = &[
    (
        "number",
        &[
            "ticket",
            "nummer",
            "nr",
            "no",
            "tn",
            "id",
            "vorgangsnummer",
            "vorgang",
            "index",
            "caseid",
            "casenumber",
        ],
    ),
    (
        "title",
        &[
            "titel",
            "subject",
            "betreff",
            "thema",
            "summary",
            "zusammenfassung",
            "kurzbeschreibung",
            "bezeichnung",
            "name",
        ],
    ),
    (
        "person",
        &[
            "customeruser",
            "customeruserid",
            "customeruserlogin",
            "customerlogin",
            "kundenbenutzer",
            "kundenlogin",
            "externaluser",
            "externerbenutzer",
            "contact",
            "contactid",
            "contactname",
            "kontakt",
            "requester",
            "reporter",
            "reportedby",
            "anforderer",
            "melder",
            "gemeldetvon",
            "createdby",
            "erstelltvon",
            "login",
            "user",
            "benutzer",
            "benutzername",
            "username",
        ],
    ),
    (
        "contact",
        &[
            "contactid",
            "contactname",
            "contactperson",
            "kontakt",
            "kontaktname",
            "ansprechpartner",
            "person",
            "requester",
            "reporter",
            "melder",
            "gemeldetvon",
            "user",
            "customeruser",
        ],
    ),
    (
        "account",
        &[
            "accountid",
            "accountname",
            "accountkey",
            "customer",
            "customerid",
            "customernumber",
            "company",
            "firma",
            "kunde",
            "kundennummer",
            "kundennr",
            "kundenid",
            "konto",
            "organisation",
            "organization",
            "unternehmen",
        ],
    ),
    (
        "address",
        &[
            "addressnumber",
            "adresse",
            "adressnummer",
            "site",
            "standort",
            "einsatzort",
            "einsatzadresse",
            "serviceaddress",
        ],
    ),
    (
        "object",
        &[
            "objekt",
            "folder",
            "ordner",
            "directory",
            "verzeichnis",
            "path",
            "pfad",
            "liesin",
            "liegtin",
        ],
    ),
    (
        "queue",
        &[
            "queuename",
            "department",
            "departmentid",
            "departmentname",
            "abteilung",
            "category",
            "categoryname",
            "kategorie",
            "warteschlange",
            "bereich",
        ],
    ),
    ("state", &["status", "statename", "zustand", "stage", "phase"]),
    (
        "state_kind",
        &[
            "statetype",
            "statustype",
            "statustyp",
            "zustandstyp",
            "typdesstatus",
            "artdesstatus",
            "statekind",
        ],
    ),
    (
        "ticket_type",
        &[
            "type",
            "typ",
            "art",
            "tickettyp",
            "ticketart",
            "typeofticket",
            "typename",
        ],
    ),
    (
        "priority",
        &["prioritaet", "prio", "priorityname", "dringlichkeit", "urgency"],
    ),
    ("service", &["dienst", "dienstleistung", "servicename"]),
    (
        "created",
        &[
            "createtime",
            "createdtime",
            "createdat",
            "createdon",
            "createddate",
            "creationdate",
            "creationtime",
            "datecreated",
            "opened",
            "openedat",
            "erstellt",
            "erstelltam",
            "erstellungsdatum",
            "erstellzeit",
            "erstelldatum",
            "angelegt",
            "angelegtam",
            "eroeffnet",
            "eroeffnetam",
            "eingang",
            "eingangsdatum",
            "date",
            "datum",
        ],
    ),
    (
        "changed",
        &[
            "changetime",
            "changedat",
            "changedon",
            "lastchanged",
            "modified",
            "modifiedtime",
            "modifiedat",
            "modifiedon",
            "lastmodified",
            "updated",
            "updatedat",
            "updatedon",
            "lastupdated",
            "edited",
            "lastactivity",
            "geaendert",
            "geaendertam",
            "letzteaenderung",
            "aktualisiert",
            "aktualisiertam",
            "letzteaktivitaet",
        ],
    ),
    (
        "archived",
        &[
            "archive",
            "archiveflag",
            "isarchived",
            "archiviert",
            "archiv",
            "imarchiv",
        ],
    ),
];

/// Parts of names of states that say their kind, in English and German; the first that fits counts.
const STATES: &[(&str, &[&str])] = &[
    ("merged", &["merged", "zusammengef", "zusammengefuehrt"]),
    ("removed", &["removed", "entfernt", "geloescht", "deleted", "trash"]),
    (
        "pending reminder",
        &[
            "pending",
            "waiting",
            "onhold",
            "wait",
            "wartend",
            "wartet",
            "warten",
            "erinnerung",
            "zurueckgestellt",
        ],
    ),
    (
        "closed",
        &[
            "closed",
            "resolved",
            "solved",
            "done",
            "finished",
            "geschlossen",
            "erledigt",
            "geloest",
            "abgeschlossen",
            "beendet",
            "archive",
        ],
    ),
    ("new", &["new", "neu"]),
];

/// The kind of a state as far as its name tells; `text` is folded. Not told is `open`.
pub(super) fn kind_of_state(text: &str) -> &'static str {
    // `new` and `neu` stand in many words.
    let fits = |word: &&str| {
        if word.len() > 3 {
            text.contains(*word)
        } else {
            text == *word
        }
    };
    STATES
        .iter()
        .find(|(_, words)| words.iter().any(fits))
        .map_or("open", |(kind, _)| kind)
}

/// A folded heading without "ticket" before and behind, the fuller first.
pub(crate) fn bare(text: &str) -> [&str; 3] {
    let behind = text.strip_suffix("tickets").or_else(|| text.strip_suffix("ticket"));
    let before = text.strip_prefix("ticket");
    let or = |cut: Option<&'_ str>| cut.filter(|rest| !rest.is_empty()).map_or(text.len(), str::len);
    let (behind, before) = (or(behind), or(before));
    [text, &text[..behind], &text[text.len() - before..]]
}

#[cfg(test)]
mod tests {
    use super::super::super::guess::plain;
    use super::{STATES, WORDS, bare, kind_of_state};

    #[test]
    fn words_are_folded_as_headings_are() {
        for word in WORDS.iter().chain(STATES).flat_map(|(_, words)| *words) {
            assert_eq!(plain(word), *word);
        }
        assert_eq!(
            bare("createdtimeticket"),
            ["createdtimeticket", "createdtime", "createdtimeticket"]
        );
        assert_eq!(bare("ticketstatus"), ["ticketstatus", "ticketstatus", "status"]);
        assert_eq!(bare("ticket"), ["ticket"; 3]);
    }

    #[test]
    fn a_states_name_tells_its_kind() {
        for (name, kind) in [
            ("closed successful", "closed"),
            ("Erledigt", "closed"),
            ("pending auto close+", "pending reminder"),
            ("On Hold", "pending reminder"),
            ("new", "new"),
            ("renewal", "open"),
            ("In Bearbeitung", "open"),
        ] {
            assert_eq!(kind_of_state(&plain(name)), kind, "{name}");
        }
    }
}
