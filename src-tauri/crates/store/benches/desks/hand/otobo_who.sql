-- Who finds or opens a ticket on OTOBO and Znuny: its owner, people of its account and people whose account reaches its
-- group for tickets of others, where they are in the group; and, where its account has the group for its own tickets,
-- people of other accounts that reach it, in the group or not.
the_group AS MATERIALIZED (
    SELECT g.id FROM queue q CROSS JOIN permission_group g ON g.id = q.group_id AND g.validity = 1 AND g.present = 1
    WHERE q.desk_key = :queue AND q.present = 1
),
the_account AS MATERIALIZED (SELECT id FROM account WHERE key = :account AND key <> ''),
held (id) AS MATERIALIZED (
    SELECT u.id FROM the_account a CROSS JOIN external_user u ON u.account_id = a.id
    UNION SELECT l.user_id FROM the_account a CROSS JOIN user_account l ON l.account_id = a.id
),
reaching AS MATERIALIZED (
    SELECT r.account_id AS id FROM the_group g CROSS JOIN account_group r ON r.group_id = g.id
    WHERE r.context = 'other' AND r.permission IN ('ro', 'rw')
),
other (id) AS MATERIALIZED (
    SELECT u.id FROM reaching a CROSS JOIN external_user u ON u.account_id = a.id
    UNION SELECT l.user_id FROM reaching a CROSS JOIN user_account l ON l.account_id = a.id
),
seers (id) AS MATERIALIZED (
    SELECT p.id FROM (
        SELECT id FROM held UNION SELECT id FROM other UNION SELECT id FROM external_user WHERE login = :owner
    ) p
    CROSS JOIN external_user u ON u.id = p.id AND u.present = 1
    WHERE EXISTS (
        SELECT 1 FROM the_group g CROSS JOIN user_group l ON l.user_id = u.id AND l.group_id = g.id
        WHERE l.permission IN ('ro', 'rw')
    ) OR EXISTS (
        SELECT 1 FROM the_group g CROSS JOIN account_group r ON r.account_id = u.account_id AND r.group_id = g.id
        WHERE r.context = 'same' AND r.permission IN ('ro', 'rw')
    ) OR EXISTS (
        SELECT 1 FROM user_account l CROSS JOIN the_group g
        CROSS JOIN account_group r ON r.account_id = l.account_id AND r.group_id = g.id
        WHERE l.user_id = u.id AND r.context = 'same' AND r.permission IN ('ro', 'rw')
    )
    UNION
    SELECT o.id FROM other o CROSS JOIN external_user u ON u.id = o.id AND u.present = 1
    WHERE o.id NOT IN (SELECT id FROM held) AND EXISTS (
        SELECT 1 FROM the_account a CROSS JOIN the_group g
        CROSS JOIN account_group r ON r.account_id = a.id AND r.group_id = g.id
        WHERE r.context = 'same' AND r.permission IN ('ro', 'rw')
    )
)
