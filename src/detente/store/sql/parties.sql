SELECT s.* EXCLUDE (mentions)
FROM all_actors AS s
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = s.article_id AND c.revision = s.revision
WHERE s.article_id IN (SELECT unnest(CAST($articles AS VARCHAR[])))
  AND s.id IN (SELECT unnest(CAST($actors AS VARCHAR[])))
ORDER BY s.article_id, s.ordinal
