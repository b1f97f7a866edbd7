SELECT m.id, m.article_id AS article, m."by", m."to", try_cast(m.due.start AS DATE) AS due_start,
       try_cast(m.due."end" AS DATE) AS due_end, m.due.text AS due_text, m.quote, m.text, m.field, m.start, m."end"
FROM all_commitments AS m
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = m.article_id AND c.revision = m.revision
WHERE m.article_id BETWEEN $first AND $last
ORDER BY m.article_id, m.ordinal
