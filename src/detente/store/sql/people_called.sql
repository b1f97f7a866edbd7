SELECT DISTINCT m.text AS text
FROM (
    SELECT unnest(s.mentions) AS m
    FROM all_actors AS s
    SEMI JOIN current_revisions(CAST(NULL AS DATE)) AS c ON c.article_id = s.article_id AND c.revision = s.revision
    WHERE s.kind = 'person'
)
WHERE length(m.text) < 100
