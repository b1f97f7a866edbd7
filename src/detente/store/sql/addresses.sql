SELECT a.article_id, a.url
FROM current_articles(CAST($as_of AS DATE)) AS a
WHERE a.url IS NOT NULL AND list_contains(CAST($articles AS VARCHAR[]), a.article_id)
