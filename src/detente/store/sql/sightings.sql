WITH done AS (
    SELECT article_id, revision, unnest(list_distinct(sources)) AS id, 1 AS source, 0 AS target, 0 AS quote FROM all_events
    UNION ALL
    SELECT article_id, revision, unnest(list_distinct(targets)), 0, 1, 0 FROM all_events
    UNION ALL
    SELECT article_id, revision, speaker, 0, 0, 1 FROM all_quotes WHERE speaker IS NOT NULL
),
sums AS (
    SELECT article_id, revision, id, sum(source) AS sources, sum(target) AS targets, sum(quote) AS quotes
    FROM done
    GROUP BY article_id, revision, id
)
SELECT s.* EXCLUDE (mentions),
       CASE WHEN s.role_basis = 'stated' THEN s.mentions ELSE [] END AS mentions,
       CAST(a.day AS VARCHAR) AS day,
       CAST(coalesce(u.sources, 0) AS BIGINT) AS as_source,
       CAST(coalesce(u.targets, 0) AS BIGINT) AS as_target,
       CAST(coalesce(u.quotes, 0) AS BIGINT) AS quoted
FROM all_actors AS s
JOIN current_articles(CAST(NULL AS DATE)) AS a ON a.article_id = s.article_id AND a.revision = s.revision
LEFT JOIN sums AS u ON u.article_id = s.article_id AND u.revision = s.revision AND u.id = s.id
WHERE $kind IS NULL OR s.kind = $kind
ORDER BY a.day NULLS LAST, s.article_id, s.ordinal
