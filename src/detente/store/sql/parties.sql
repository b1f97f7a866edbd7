SELECT s.* EXCLUDE (mentions)
FROM all_actors AS s
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = s.article_id AND c.revision = s.revision
WHERE list_contains(CAST($articles AS VARCHAR[]), s.article_id)
ORDER BY s.article_id, s.ordinal
