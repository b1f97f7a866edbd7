-- How many inputs were not read whole. Inputs that gave no article have no day: they count only where none is asked for.
SELECT count(DISTINCT f.article_id) AS number
FROM all_failures AS f
LEFT JOIN current_articles(CAST($as_of AS DATE)) AS a ON a.article_id = f.article_id AND a.revision = f.revision
LEFT JOIN all_articles AS o ON o.article_id = f.article_id AND o.revision = f.revision
WHERE f.stage <> 'import'
  AND CASE WHEN o.article_id IS NULL THEN $as_of IS NULL AND $since IS NULL
           ELSE a.article_id IS NOT NULL AND ($since IS NULL OR a.day >= CAST($since AS DATE)) END
