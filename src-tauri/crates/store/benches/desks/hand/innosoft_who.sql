-- Who sees a ticket on Innosoft: the person whose it is, people of its address, and those to whom it was granted.
seers (id) AS MATERIALIZED (
    SELECT id FROM external_user WHERE login = :owner AND present = 1
    UNION
    SELECT u.id FROM address a CROSS JOIN external_user u ON u.address_id = a.id AND u.present = 1
    WHERE a.desk_key = :account
    UNION
    SELECT u.id FROM address a CROSS JOIN user_address l ON l.address_id = a.id
    CROSS JOIN external_user u ON u.id = l.user_id AND u.present = 1 AND u.right_addresses <> 0
    WHERE a.desk_key = :account AND l.permission IN ('read', 'write')
)
