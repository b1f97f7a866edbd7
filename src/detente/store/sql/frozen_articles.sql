-- gaps: stages at which something of the article could not be read.
WITH gaps AS (
    SELECT f.article_id, f.revision, list_sort(list_distinct(list(f.stage))) AS stages
    FROM all_failures AS f
    GROUP BY f.article_id, f.revision
)
SELECT a.article_id AS id, a.title, a.source AS outlet, a.published, a.day, a.url, a.language, a.dateline,
       length(a.text) AS characters, a.content, coalesce(g.stages, []) AS gaps, a.coder, a.knowledge,
       CASE WHEN $texts THEN a.text END AS text
FROM current_articles(CAST($as_of AS DATE)) AS a
LEFT JOIN gaps AS g ON g.article_id = a.article_id AND g.revision = a.revision
ORDER BY a.day NULLS LAST, a.article_id
