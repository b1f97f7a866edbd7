SELECT p.article_id, p.name, p.kind, p.country, p.latitude, p.longitude, p.geonames_id
FROM all_places AS p
JOIN current_revisions(CAST(NULL AS DATE)) AS c ON c.article_id = p.article_id AND c.revision = p.revision
WHERE p.article_id IN (SELECT unnest(CAST($articles AS VARCHAR[])))
ORDER BY p.article_id, p.ordinal
