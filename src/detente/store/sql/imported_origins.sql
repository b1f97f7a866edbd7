SELECT i.origin AS name, count(*) AS events, count(i.intensity) AS counted, min(i.day) AS first, max(i.day) AS last
FROM all_imported AS i
GROUP BY i.origin
ORDER BY i.origin
