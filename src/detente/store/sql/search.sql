-- What holds every one of the words (small letters), of each kind the newest first. place: where the first word begins.
WITH said AS (
    SELECT 'article' AS kind, a.article_id AS id, a.article_id AS article, coalesce(a.title || '. ', '') || a.text AS text,
           a.source, a.published, a.title, a.day, 0 AS ordinal
    FROM current_articles(CAST(NULL AS DATE)) AS a
    UNION ALL
    SELECT 'event', e.id, e.article_id, e.sentence, a.source, a.published, a.title, a.day, e.ordinal
    FROM all_events AS e
    JOIN current_articles(CAST(NULL AS DATE)) AS a ON a.article_id = e.article_id AND a.revision = e.revision
    UNION ALL
    SELECT 'quote', q.id, q.article_id, q.text, a.source, a.published, a.title, a.day, q.ordinal
    FROM all_quotes AS q
    JOIN current_articles(CAST(NULL AS DATE)) AS a ON a.article_id = q.article_id AND a.revision = q.revision
),
found AS (
    SELECT s.*, greatest(position($words[1] IN lower(s.text)), 1) AS place
    FROM said AS s
    WHERE list_bool_and(list_transform(CAST($words AS VARCHAR[]), lambda word: contains(lower(s.text), word)))
    QUALIFY row_number() OVER (PARTITION BY s.kind ORDER BY s.day DESC NULLS LAST, s.article, s.ordinal) <= $limit
)
SELECT f.kind, f.id, f.article, f.source, f.published, f.title,
       CASE WHEN f.place > $before + 1 THEN '…' ELSE '' END
       || substring(f.text, greatest(f.place - $before, 1), $length)
       || CASE WHEN length(f.text) >= greatest(f.place - $before, 1) + $length THEN '…' ELSE '' END AS text
FROM found AS f
ORDER BY array_position(['article', 'event', 'quote'], f.kind), f.day DESC NULLS LAST, f.article, f.ordinal
