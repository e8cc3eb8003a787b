//! What the reader of the desk's lists says.

use crate::said::sentences;

sentences! {
    "elma365":
    no_objects(): "the objects of the portal are not in the source, and decide who sees an item; add objects.json";
    stray_items(items, place): "{items} items lie in {place}, of which there is no record among the objects; nobody is shown them";
    open(): "assumed: statuses do not say whether they end an item; all are taken as open";
    answer(value): "the desk answered with an error and not with a list; read it again ({value})";
    choice(value, choices): "{value:?} is none of {choices}";
    stray_objects(objects, parent): "{objects} objects lie in {parent}, of which there is no record; nothing is handed down to them";
    circle(object): "{object} lies in itself, by way of what it lies in";
    no_name(): "is empty, and so is the login; nobody can tell who this is";
    companies(login, count): "{login} belongs to {count} companies; the first is taken";
    no_level(): "is empty, and decides what may be done";
    no_holder(): "says not whose right it is: name one user, or one group";
    no_group(rights, group): "{rights} members and rights are of group {group}, of which there is no record";
    no_object(rights, object): "{rights} rights are on object {object}, of which there is no record";
    inside(rights): "{rights} rights are of users or of elements of the org chart that are no external users; they are left out";
    no_people(): "names a person, and no list says who is an external user; add app/_system_catalogs/_user_profiles/list";
    status(value): "{value:?} is none of Not registered, Active, Locked";
    level(value, levels): "{value:?} is none of {levels}, export, assign";
    empty(): "is empty";
    no_reference(): "is no reference: neither a key nor a record with one";
    no_companies(): "this desk has no app of companies; those of the workspace stay";
    no_files(): "no call of the interface gives groups, members, objects of the portal and rights; those of the workspace stay. Bring them as files (groups.json, members.json, objects.json, rights.json in a folder): ?beside=FOLDER behind the address";
    no_apps(): "no call of the interface says which apps there are, so no items are read: name each with ?app=SECTION/APP behind the address";
}
