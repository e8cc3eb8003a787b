//! What the reader of the desk's lists says.

use crate::said::sentences;

sentences! {
    "daktela":
    no_comments(): "is not given, so nobody can tell whether comments are seen; read the list with all its fields";
    answer(value): "the desk answered with an error ({value}) and not with a list; read it again";
    no_reference(): "is no reference: neither a name nor a record with one";
    no_account(): "is not given, and decides who sees the contact's tickets; read the list with all its fields";
    no_contact(users, contact): "{users} external users are paired with contact {contact}, of whom there is no record";
    unpaired(user): "{user} is paired with no contact, and sees no ticket";
    no_contacts(): "contacts are not in the source; those of the workspace stay";
    no_pair(): "holds what is neither the name of a contact nor its record";
    no_owner(): "is not given, and decides who sees the ticket; read the list with all its fields";
    stranger(tickets, contact): "{tickets} tickets belong to contact {contact}, of whom there is no record";
    no_ticket(activities, ticket): "{activities} activities belong to ticket {ticket}, of which there is no record; they are left out";
    unmarked(comments): "assumed: {comments} comments do not say whether they are external, and are taken as internal";
    late(activities): "{activities} activities stand behind later ones of their ticket; read the list in the order of time (sort[0][field]=time)";
    no_activities(): "activities are not in the source; tickets are shown without them";
    stage(stage): "{stage:?} is none of OPEN, WAIT, CLOSE, ARCHIVE";
    no_externals(): "assumed: no public source says which list holds the external users, and this desk has none of that name; those of the workspace stay. Bring them as a file: a list externalsUsers.json in a folder, and ?beside=FOLDER behind the address";
}
