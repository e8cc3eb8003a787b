-- Who sees an item on ELMA365: who has a right on what it lies in, or on anything above from which rights are handed
-- down: of her own, through a group, or as the author.
above (id, parent, inherits) AS MATERIALIZED (
    SELECT id, parent_id, inherits FROM portal_object WHERE desk_key = :account AND present = 1
    UNION
    SELECT o.id, o.parent_id, o.inherits FROM above a CROSS JOIN portal_object o ON o.id = a.parent WHERE a.inherits = 1
),
seers (id) AS MATERIALIZED (
    SELECT u.id FROM (
        SELECT l.user_id AS id FROM above a CROSS JOIN user_object l ON l.object_id = a.id
        UNION
        SELECT m.user_id FROM above a CROSS JOIN group_object o ON o.object_id = a.id
        CROSS JOIN user_group m ON m.group_id = o.group_id
        UNION
        SELECT o.author_id FROM above a CROSS JOIN portal_object o ON o.id = a.id
        WHERE o.author_level <> '' AND o.author_id IS NOT NULL
    ) k CROSS JOIN external_user u ON u.id = k.id AND u.present = 1
)
