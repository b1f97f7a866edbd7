SELECT i.day, count(*) AS events
FROM all_imported AS i
WHERE i.origin = $origin AND ($as_of IS NULL OR i.day <= CAST($as_of AS DATE))
GROUP BY i.day
ORDER BY i.day
