-- Who sees a ticket on Zoho Desk: the contact whose it is, and whoever has its account with the switch on.
seers (id) AS MATERIALIZED (
    SELECT id FROM external_user WHERE desk_key = :owner AND present = 1
    UNION
    SELECT u.id FROM account a CROSS JOIN user_account_view v ON v.account_id = a.id
    CROSS JOIN external_user u ON u.id = v.user_id AND u.present = 1
    WHERE a.key = :account AND a.key <> '' AND (u.account_id = a.id OR EXISTS (
        SELECT 1 FROM user_account l WHERE l.user_id = u.id AND l.account_id = a.id
    ))
)
