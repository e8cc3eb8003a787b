-- Tickets that :login sees on OTOBO and Znuny, with the settings of this world.
-- No two names of this world differ in case only, and all accounts are valid, so the lists' filter takes nothing away
-- that the search finds: its only account is the one whose tickets it finds.
me AS MATERIALIZED (SELECT id, account_id FROM external_user WHERE login = :login),
my_accounts AS MATERIALIZED (
    SELECT account_id AS id FROM me WHERE account_id IS NOT NULL
    UNION SELECT l.account_id FROM me CROSS JOIN user_account l ON l.user_id = me.id
),
-- Groups of her own and of her accounts for their own tickets.
my_groups AS MATERIALIZED (
    SELECT l.group_id AS id FROM me CROSS JOIN user_group l ON l.user_id = me.id WHERE l.permission IN ('ro', 'rw')
    UNION
    SELECT r.group_id FROM my_accounts a CROSS JOIN account_group r ON r.account_id = a.id
    WHERE r.context = 'same' AND r.permission IN ('ro', 'rw')
),
my_queues AS MATERIALIZED (
    SELECT d.id FROM my_groups m CROSS JOIN permission_group g ON g.id = m.id AND g.validity = 1 AND g.present = 1
    CROSS JOIN queue q ON q.group_id = g.id AND q.present = 1
    CROSS JOIN tickets.dict d ON d.kind = 3 AND d.key = q.desk_key
),
my_keys AS MATERIALIZED (
    SELECT d.id FROM my_accounts a CROSS JOIN account x ON x.id = a.id
    CROSS JOIN tickets.dict d ON d.kind = 2 AND d.key = x.key
),
-- Groups that her accounts reach for tickets of other accounts, with the accounts that have them for their own.
others AS MATERIALIZED (
    SELECT DISTINCT dq.id AS queue, da.id AS account FROM my_accounts a
    CROSS JOIN account_group o ON o.account_id = a.id AND o.context = 'other' AND o.permission IN ('ro', 'rw')
    CROSS JOIN permission_group g ON g.id = o.group_id AND g.validity = 1 AND g.present = 1
    CROSS JOIN queue q ON q.group_id = g.id AND q.present = 1
    CROSS JOIN tickets.dict dq ON dq.kind = 3 AND dq.key = q.desk_key
    CROSS JOIN account_group r ON r.group_id = g.id AND r.context = 'same' AND r.permission IN ('ro', 'rw')
    CROSS JOIN account x ON x.id = r.account_id
    CROSS JOIN tickets.dict da ON da.kind = 2 AND da.key = x.key
    WHERE r.account_id NOT IN (SELECT id FROM my_accounts)
),
seen (cell) AS MATERIALIZED (
    SELECT c.id FROM my_keys k CROSS JOIN temp.cells c ON c.account = k.id WHERE c.queue IN (SELECT id FROM my_queues)
    UNION
    SELECT c.id FROM others o CROSS JOIN temp.cells c ON c.account = o.account AND c.queue = o.queue
),
mine (owner) AS MATERIALIZED (SELECT d.id FROM tickets.dict d WHERE d.kind = 1 AND d.key = :login)
