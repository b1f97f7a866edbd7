-- after_*: day, article and record after which the list goes on; NULL for its beginning.
SELECT a.*
FROM current_articles(CAST($as_of AS DATE)) AS a
WHERE ($source IS NULL OR a.source = $source)
  AND ($since IS NULL OR a.day >= CAST($since AS DATE))
  AND ($until IS NULL OR a.day <= CAST($until AS DATE))
  AND ($after_article IS NULL OR (coalesce(a.day, DATE '9999-12-31'), a.article_id)
                               > (coalesce(CAST($after_day AS DATE), DATE '9999-12-31'), $after_article))
ORDER BY a.day NULLS LAST, a.article_id
LIMIT $limit
