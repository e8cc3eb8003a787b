-- Tickets that :login sees on Zoho Desk: her own, and those of her accounts whose switch is on.
me AS MATERIALIZED (SELECT id, desk_key, account_id FROM external_user WHERE login = :login),
places AS MATERIALIZED (
    SELECT d.id FROM me CROSS JOIN user_account_view v ON v.user_id = me.id
    CROSS JOIN account a ON a.id = v.account_id
    CROSS JOIN tickets.dict d ON d.kind = 2 AND d.key = a.key
    WHERE v.account_id = me.account_id OR EXISTS (
        SELECT 1 FROM user_account l WHERE l.user_id = me.id AND l.account_id = v.account_id
    )
),
seen (cell) AS MATERIALIZED (SELECT c.id FROM places p CROSS JOIN temp.cells c ON c.account = p.id),
mine (owner) AS MATERIALIZED (SELECT d.id FROM me CROSS JOIN tickets.dict d ON d.kind = 1 AND d.key = me.desk_key)
