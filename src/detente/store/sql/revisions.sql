SELECT DISTINCT a.article_id, a.revision FROM all_articles AS a
UNION
SELECT DISTINCT f.article_id, f.revision FROM all_failures AS f
