SELECT a.article_id, a.url, a.language, a.day, a.text
FROM current_articles(CAST(NULL AS DATE)) AS a
WHERE a.article_id IN (SELECT unnest(CAST($articles AS VARCHAR[])))
