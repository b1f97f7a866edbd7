SELECT q.id, q.article_id AS article, q.kind, q.manner, q.speaker, s.name AS speaker_name, s.role AS speaker_role,
       s.country AS speaker_country, q.inferred, q.addressee, q.cue.text AS cue, q.text, q.field, q.start, q."end", q.spans
FROM all_quotes AS q
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = q.article_id AND c.revision = q.revision
LEFT JOIN all_actors AS s ON s.article_id = q.article_id AND s.revision = q.revision AND s.id = q.speaker
WHERE q.article_id BETWEEN $first AND $last
ORDER BY q.article_id, q.ordinal
