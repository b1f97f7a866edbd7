-- The words of every event of these articles, once each. A clause comes before the trigger within it.
WITH asked AS (
    SELECT e.*
    FROM all_events AS e
    JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = e.article_id AND c.revision = e.revision
    WHERE list_contains(CAST($articles AS VARCHAR[]), e.article_id)
),
words AS (
    SELECT article_id, id, 'telling' AS part, unnest(evidence) AS word FROM asked
    UNION ALL
    SELECT article_id, id, 'telling', span FROM asked
    UNION ALL
    SELECT article_id, id, 'trigger', trigger FROM asked
)
SELECT DISTINCT w.article_id, w.id, w.part, w.word.field AS field, w.word.start AS start, w.word."end" AS "end",
                w.word.text AS text
FROM words AS w
ORDER BY w.article_id, w.id, field DESC, start, "end", w.part
