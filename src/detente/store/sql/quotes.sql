-- after_*: see articles.sql.
SELECT q.*, a.source AS outlet, a.published AS published, a.title AS title,
       CASE WHEN s.id IS NOT NULL THEN s END AS speaker_record
FROM all_quotes AS q
JOIN current_articles(CAST($as_of AS DATE)) AS a ON a.article_id = q.article_id AND a.revision = q.revision
LEFT JOIN all_actors AS s ON s.article_id = q.article_id AND s.revision = q.revision AND s.id = q.speaker
WHERE (($speaker IS NULL AND $country IS NULL) OR contains(lower(s.name), lower($speaker)) OR s.id = $speaker OR s.country = $country)
  AND ($about IS NULL OR contains(lower(q.text), lower($about)))
  AND ($since IS NULL OR a.day >= CAST($since AS DATE))
  AND ($until IS NULL OR a.day <= CAST($until AS DATE))
  AND ($after_article IS NULL OR (coalesce(a.day, DATE '9999-12-31'), q.article_id, q.ordinal) > (
       coalesce(CAST($after_day AS DATE), DATE '9999-12-31'), $after_article,
       coalesce((SELECT min(b.ordinal) FROM all_quotes AS b WHERE b.article_id = $after_article AND b.id = $after_id), -1)))
ORDER BY a.day NULLS LAST, q.article_id, q.ordinal
LIMIT $limit
