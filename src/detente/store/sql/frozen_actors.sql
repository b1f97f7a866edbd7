SELECT s.article_id AS article, s.id, s.name, s.kind, s.country, s.sectors, s.role, s.affiliation, s.role_basis, s.mentions
FROM all_actors AS s
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = s.article_id AND c.revision = s.revision
WHERE s.article_id BETWEEN $first AND $last
ORDER BY s.article_id, s.ordinal
