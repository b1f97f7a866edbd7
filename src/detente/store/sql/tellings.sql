-- Events that may be told elsewhere, too: by the articles named, by a title, or on a day and in a town that the text names.
-- Ids of actors that hold in one article only say nothing in another.
SELECT e.article_id, e.id, e.type, e.status, e.past, e.mode,
       e.asked.type AS asked_type, e.asked.mode AS asked_mode,
       CASE WHEN len(e.source_countries) > 0 THEN e.source_countries
            ELSE list_filter(e.sources, lambda id: NOT regexp_full_match(id, 'a[0-9a-f]{16}')) END AS doers,
       CASE WHEN len(e.target_countries) > 0 THEN e.target_countries
            ELSE list_filter(e.targets, lambda id: NOT regexp_full_match(id, 'a[0-9a-f]{16}')) END AS others,
       try_cast(e.date.start AS DATE) AS first, try_cast(e.date.end AS DATE) AS last,
       CASE WHEN p.precision IN ('point', 'city')
            THEN coalesce(CAST(p.geonames_id AS VARCHAR), concat_ws(', ', p.name, p.country)) END AS place,
       len(list_filter(e.evidence, lambda telling: telling.field <> 'title')) = 0 AS headline,
       list_transform(e.evidence, lambda telling: telling.text) AS words
FROM all_events AS e
JOIN current_revisions(CAST($as_of AS DATE)) AS c ON c.article_id = e.article_id AND c.revision = e.revision
LEFT JOIN all_places AS p ON p.article_id = e.article_id AND p.revision = e.revision AND p.ordinal = e.place
WHERE list_contains(CAST($articles AS VARCHAR[]), e.article_id)
   OR (e.date IS NOT NULL AND p.precision IN ('point', 'city'))
   OR e.article_id IN (SELECT t.article_id FROM all_events AS t WHERE t.trigger.field = 'title')
ORDER BY e.article_id, e.ordinal
