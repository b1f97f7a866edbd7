SELECT a.*
FROM current_articles(CAST($as_of AS DATE)) AS a
WHERE ($source IS NULL OR a.source = $source)
  AND ($since IS NULL OR a.day >= CAST($since AS DATE))
  AND ($until IS NULL OR a.day <= CAST($until AS DATE))
ORDER BY a.day NULLS LAST, a.article_id
LIMIT $limit
