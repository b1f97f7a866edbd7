SELECT a.article_id, a.id, a.name, a.country, a.sectors
FROM all_actors AS a
JOIN current_revisions(CAST(NULL AS DATE)) AS c ON c.article_id = a.article_id AND c.revision = a.revision
WHERE a.article_id IN (SELECT unnest(CAST($articles AS VARCHAR[])))
ORDER BY a.article_id, a.ordinal
