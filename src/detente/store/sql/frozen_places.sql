SELECT p.article_id AS article, p.ordinal AS number, p.text, p.name, p.kind, p.precision, p.country, p.latitude,
       p.longitude, p.geonames_id, p.rule, p.field, p.start, p."end"
FROM all_places AS p
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = p.article_id AND c.revision = p.revision
WHERE p.article_id BETWEEN $first AND $last
ORDER BY p.article_id, p.ordinal
