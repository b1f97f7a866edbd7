SELECT t.article_id AS article, t.text, t.type, t.value, try_cast(t."begin" AS DATE) AS "begin",
       try_cast(t.finish AS DATE) AS finish, try_cast(t.anchor AS DATE) AS anchor, t.rule, t.field, t.start, t."end"
FROM all_times AS t
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = t.article_id AND c.revision = t.revision
WHERE t.article_id BETWEEN $first AND $last
ORDER BY t.article_id, t.ordinal
