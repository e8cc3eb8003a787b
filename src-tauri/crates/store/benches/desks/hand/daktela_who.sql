-- Who sees a ticket on Daktela: whoever is paired with its contact, or by her flag with a contact of the same account.
seers (id) AS MATERIALIZED (
    SELECT u.id FROM contact k CROSS JOIN user_contact l ON l.contact_id = k.id
    CROSS JOIN external_user u ON u.id = l.user_id AND u.present = 1
    WHERE k.desk_key = :owner
    UNION
    SELECT u.id FROM contact k CROSS JOIN contact o ON o.account_id = k.account_id
    CROSS JOIN user_contact l ON l.contact_id = o.id
    CROSS JOIN external_user u ON u.id = l.user_id AND u.present = 1 AND u.account_tickets <> 0
    WHERE k.desk_key = :owner
)
