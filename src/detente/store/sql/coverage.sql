-- Articles by outlet, language and what they were read with; from `since` on, those without a day only where none is given.
SELECT a.source, a.language, a.coder, a.knowledge, count(*) AS articles, count(*) FILTER (WHERE a.day IS NULL) AS undated,
       min(a.day) AS first, max(a.day) AS last
FROM current_articles(CAST($as_of AS DATE)) AS a
WHERE $since IS NULL OR a.day >= CAST($since AS DATE)
GROUP BY ALL
ORDER BY ALL
