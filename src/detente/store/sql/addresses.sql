SELECT a.article_id, a.url
FROM current_articles(CAST($as_of AS DATE)) AS a
WHERE a.url IS NOT NULL AND a.article_id IN (SELECT unnest(CAST($articles AS VARCHAR[])))
