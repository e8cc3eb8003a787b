-- Items that :login sees on ELMA365: those in objects that are granted to her, to a group of hers or to her as the
-- author, and in what lies in these as long as rights are handed down. Every level shows.
me AS MATERIALIZED (SELECT id FROM external_user WHERE login = :login),
granted (id) AS MATERIALIZED (
    SELECT l.object_id FROM me CROSS JOIN user_object l ON l.user_id = me.id
    UNION
    SELECT o.object_id FROM me CROSS JOIN user_group m ON m.user_id = me.id
    CROSS JOIN group_object o ON o.group_id = m.group_id
    UNION
    SELECT o.id FROM me CROSS JOIN portal_object o ON o.author_id = me.id WHERE o.author_level <> ''
    UNION
    SELECT o.id FROM granted g CROSS JOIN portal_object o ON o.parent_id = g.id WHERE o.inherits = 1
),
-- A list shows them to whoever has a right on an app in which they lie.
listing (id) AS MATERIALIZED (
    SELECT g.id FROM granted g CROSS JOIN portal_object o ON o.id = g.id AND o.present = 1 AND o.kind = 'app'
    UNION
    SELECT o.id FROM listing a CROSS JOIN portal_object o ON o.parent_id = a.id
),
seen (cell) AS MATERIALIZED (
    SELECT c.id FROM granted g CROSS JOIN listing a ON a.id = g.id
    CROSS JOIN portal_object o ON o.id = g.id AND o.present = 1
    CROSS JOIN tickets.dict d ON d.kind = 2 AND d.key = o.desk_key
    CROSS JOIN temp.cells c ON c.account = d.id
),
mine (owner) AS (SELECT 0 WHERE 0)
