-- As dyads.sql, for one origin of imported events. A deed coded from either side of one sentence, or of one row, counts once.
WITH named AS (
    SELECT i.*, CASE WHEN contains(i.id, '/') THEN regexp_replace(i.id, '/[A-Z]{0,3}-[A-Z]{0,3}$', '') ELSE i.id END AS deed
    FROM all_imported AS i
),
paired AS (
    SELECT i.*, CAST(date_trunc($by, i.day) AS DATE) AS period, coalesce(i.story, i.deed) AS told_in,
           CASE WHEN $directed THEN i.source_country ELSE least(i.source_country, i.target_country) END AS a,
           CASE WHEN $directed THEN i.target_country ELSE greatest(i.source_country, i.target_country) END AS b
    FROM named AS i
    WHERE i.origin = $origin AND i.intensity IS NOT NULL AND i.source_country <> i.target_country
      AND ($since IS NULL OR i.day >= CAST($since AS DATE)) AND ($as_of IS NULL OR i.day <= CAST($as_of AS DATE))
),
deeds AS (
    SELECT p.a, p.b, p.period, p.told_in, p.type, arg_min(p.intensity, (p.day, p.id)) AS intensity
    FROM paired AS p
    GROUP BY p.a, p.b, p.period, p.told_in, p.type, coalesce(CAST(p.sentence AS VARCHAR), p.deed)
)
SELECT d.a, d.b, d.period,
       count(*) AS events,
       CAST(sum(CAST(d.intensity AS DECIMAL(9, 4))) AS DOUBLE) AS total,
       CAST(sum(CAST(d.intensity * d.intensity AS DECIMAL(12, 4))) AS DOUBLE) AS squares,
       count(*) FILTER (list_contains(CAST($conflict AS VARCHAR[]), d.type)) AS conflict,
       count(*) FILTER (list_contains(CAST($cooperation AS VARCHAR[]), d.type)) AS cooperation,
       count(DISTINCT d.told_in) AS origins
FROM deeds AS d
GROUP BY d.a, d.b, d.period
ORDER BY d.a, d.b, d.period
