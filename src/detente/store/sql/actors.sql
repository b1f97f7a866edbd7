SELECT s.*, a.source AS outlet, a.published AS published, a.title AS title
FROM all_actors AS s
JOIN current_articles(CAST($as_of AS DATE)) AS a ON a.article_id = s.article_id AND a.revision = s.revision
WHERE ($name IS NULL OR contains(lower(s.name), lower($name)))
  AND ($kind IS NULL OR s.kind = $kind)
  AND ($country IS NULL OR s.country = $country)
ORDER BY a.day NULLS LAST, s.article_id, s.ordinal
LIMIT $limit
