-- Where the events of some articles took place, as far as the text names a town or a point.
SELECT e.article_id, e.id AS event,
       coalesce(CAST(p.geonames_id AS VARCHAR), concat_ws(', ', p.name, p.country)) AS town, p.country
FROM all_events AS e
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = e.article_id AND c.revision = e.revision
JOIN all_places AS p ON p.article_id = e.article_id AND p.revision = e.revision AND p.ordinal = e.place
WHERE e.article_id IN (SELECT unnest(CAST($articles AS VARCHAR[]))) AND p.precision IN ('point', 'city')
ORDER BY e.article_id, e.ordinal
