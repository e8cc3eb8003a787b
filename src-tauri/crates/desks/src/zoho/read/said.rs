//! What the reader of the desk's lists says.

use crate::said::sentences;

sentences! {
    "zoho":
    public(): "is not given; the department is taken as public";
    no_mapping(): "is not given, and the list is read for nothing else; read it with the mapping's information";
    no_ends(): "does not say which contact and account it joins";
    other_primary(account, contact): "account {account} is said to be the primary one of contact {contact}, whose own record names another; the record counts";
    unmapped(contacts): "whether {contacts} contacts with an account see all its tickets is not in the source; read /accounts/ID/contacts of each account, or confirm the setting of the switches";
    no_group(): "the path of the page does not give the number of the group";
    no_member(who, groups): "{who} is a member of {groups} groups, and no contact has that user id or address; read /contacts/ID/helpCenters";
    answer(value): "the desk answered with an error ({value}) and not with a list; read it again";
    no_contact(): "the path of the page does not give the number of the contact";
    no_end_user(): "is not given, so nobody can tell whether the contact may use the portal";
    trashed(contacts): "{contacts} contacts lie in the recycle bin; they are left out";
    spam(contacts): "{contacts} contacts are marked as spam";
    no_email(contacts): "{contacts} contacts have no e-mail address; they cannot be invited, and their number stands in place of a login";
    shared_email(email, contacts): "{email} is the address of {contacts} contacts; the further ones show their number in place of a login";
    no_account(tickets): "{tickets} tickets do not say their account, which decides who sees them; read them with include=contacts";
    trashed_tickets(tickets): "{tickets} tickets are spam or lie in the recycle bin; they are left out";
    stranger(tickets, contact): "{tickets} tickets belong to contact {contact}, of whom there is no record";
    no_number(): "the path of the page does not give the number of the ticket";
    no_ticket(entries, ticket): "{entries} entries belong to ticket {ticket}, of which there is no record; they are left out";
    no_activities(): "conversations are not in the source; tickets are shown without them";
    no_details(): "the list of contacts holds no title, address, language, description and custom fields; those of the workspace stay. ?also=details behind the address reads them too, with a request for each contact";
    no_archive(): "archived tickets are left out: nobody is shown any of them";
    no_settings(): "no call gives the access settings of the help center; those of the workspace stay. Give them with settings.json";
}
