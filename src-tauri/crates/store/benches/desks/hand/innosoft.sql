-- Tickets that :login sees on Innosoft: her own, those of her address, and, with the basic right, those of addresses
-- that she was granted.
me AS MATERIALIZED (SELECT id, address_id, right_addresses FROM external_user WHERE login = :login),
places AS MATERIALIZED (
    SELECT d.id FROM (
        SELECT address_id AS id FROM me WHERE address_id IS NOT NULL
        UNION
        SELECT l.address_id FROM me CROSS JOIN user_address l ON l.user_id = me.id
        WHERE me.right_addresses <> 0 AND l.permission IN ('read', 'write')
    ) k CROSS JOIN address a ON a.id = k.id
    CROSS JOIN tickets.dict d ON d.kind = 2 AND d.key = a.desk_key
),
seen (cell) AS MATERIALIZED (SELECT c.id FROM places p CROSS JOIN temp.cells c ON c.account = p.id),
mine (owner) AS MATERIALIZED (SELECT d.id FROM tickets.dict d WHERE d.kind = 1 AND d.key = :login)
