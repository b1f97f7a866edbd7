-- What was read of each outlet.
WITH told AS (
    SELECT article_id, revision, count(*) AS events, 0 AS quotes FROM all_events GROUP BY ALL
    UNION ALL
    SELECT article_id, revision, 0, count(*) FROM all_quotes GROUP BY ALL
),
sums AS (
    SELECT article_id, revision, sum(events) AS events, sum(quotes) AS quotes FROM told GROUP BY ALL
)
SELECT a.source, count(*) AS articles, CAST(coalesce(sum(s.events), 0) AS BIGINT) AS events,
       CAST(coalesce(sum(s.quotes), 0) AS BIGINT) AS quotes,
       CAST(min(a.day) AS VARCHAR) AS first, CAST(max(a.day) AS VARCHAR) AS last
FROM current_articles(CAST(NULL AS DATE)) AS a
LEFT JOIN sums AS s ON s.article_id = a.article_id AND s.revision = a.revision
GROUP BY a.source
ORDER BY articles DESC, a.source
