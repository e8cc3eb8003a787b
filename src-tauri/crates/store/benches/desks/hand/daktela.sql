-- Tickets that :login sees on Daktela: those of her contacts and, by her flag, of all contacts of their accounts.
me AS MATERIALIZED (SELECT id, account_tickets FROM external_user WHERE login = :login),
seen (cell) AS (SELECT 0 WHERE 0),
mine (owner) AS MATERIALIZED (
    SELECT d.id FROM (
        SELECT l.contact_id AS id FROM me CROSS JOIN user_contact l ON l.user_id = me.id
        UNION
        SELECT x.id FROM (
            SELECT DISTINCT o.account_id AS id FROM me CROSS JOIN user_contact l ON l.user_id = me.id
            CROSS JOIN contact o ON o.id = l.contact_id WHERE me.account_tickets <> 0
        ) a CROSS JOIN contact x ON x.account_id = a.id
    ) k CROSS JOIN contact c ON c.id = k.id
    CROSS JOIN tickets.dict d ON d.kind = 1 AND d.key = c.desk_key
)
