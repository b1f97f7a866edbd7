SELECT a.*
FROM current_articles(CAST($as_of AS DATE)) AS a
WHERE list_contains(CAST($articles AS VARCHAR[]), a.article_id)
ORDER BY a.article_id
