SELECT a.day AS day, count(*) AS articles
FROM current_articles(CAST($as_of AS DATE)) AS a
WHERE a.day IS NOT NULL
GROUP BY a.day
ORDER BY a.day
