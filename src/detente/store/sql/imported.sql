-- after_*: see articles.sql.
SELECT i.*
FROM all_imported AS i
WHERE i.origin = $origin
  AND ($source IS NULL OR i.source_country = $source)
  AND ($target IS NULL OR i.target_country = $target)
  AND ($one IS NULL OR (i.source_country = $one AND i.target_country = $two)
                    OR (i.source_country = $two AND i.target_country = $one))
  AND ($type IS NULL OR i.type = $type)
  AND ($since IS NULL OR i.day >= CAST($since AS DATE))
  AND ($until IS NULL OR i.day <= CAST($until AS DATE))
  AND (NOT $counted OR i.intensity IS NOT NULL)
  AND ($after_day IS NULL OR (i.day, i.id) > (CAST($after_day AS DATE), $after_id))
ORDER BY i.day, i.id
LIMIT $limit
