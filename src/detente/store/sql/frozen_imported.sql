SELECT i.* EXCLUDE (article_id, revision, ordinal)
FROM all_imported AS i
WHERE $as_of IS NULL OR i.day <= CAST($as_of AS DATE)
ORDER BY i.origin, i.day, i.id
