-- How each row that was read stands: refused, the same as one that is stored or came before it, or fresh.
CREATE TABLE standing AS
WITH hashed AS (
    SELECT m.*, md5(CAST(m.cells AS VARCHAR)) AS hash FROM mapped AS m
),
before AS (
    SELECT h.*,
           first_value(h.hash) OVER same_id AS first_hash,
           first_value(h.row) OVER same_id AS first_row
    FROM hashed AS h
    WHERE h.refusal IS NULL
    WINDOW same_id AS (PARTITION BY h.origin, h.id ORDER BY h.row)
),
known AS (
    SELECT s.origin, s.id, any_value(s.hash) AS hash FROM stored AS s GROUP BY s.origin, s.id
)
SELECT b.* EXCLUDE (hash, first_hash, first_row, refusal),
       CASE WHEN b.hash = k.hash THEN 'same'
            WHEN k.hash IS NOT NULL THEN 'other'
            WHEN b.row = b.first_row THEN 'fresh'
            WHEN b.hash = b.first_hash THEN 'same'
            ELSE 'other' END AS standing
FROM before AS b
LEFT JOIN known AS k ON k.origin = b.origin AND k.id = b.id;

CREATE VIEW fresh AS SELECT * FROM standing WHERE standing = 'fresh';

CREATE VIEW refused AS
SELECT m.row, m.refusal, m.cells FROM mapped AS m WHERE m.refusal IS NOT NULL
UNION ALL
SELECT s.row, 'expected one event with the id ' || s.id || ', found another one that says otherwise', s.cells
FROM standing AS s WHERE s.standing = 'other';
