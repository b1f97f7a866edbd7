SELECT a.article_id, a.day, a.source, a.published, a.title, a.sketch
FROM current_articles(CAST($as_of AS DATE)) AS a
ORDER BY a.article_id
