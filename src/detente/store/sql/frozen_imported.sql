SELECT i.* EXCLUDE (article_id, revision, ordinal)
FROM all_imported AS i
WHERE i.origin = $origin
  AND ($as_of IS NULL OR i.day <= CAST($as_of AS DATE))
  AND ($after_day IS NULL OR (i.day, i.id) > (CAST($after_day AS DATE), $after_id))
ORDER BY i.day, i.id
LIMIT $limit
