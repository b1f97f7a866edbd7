-- Places by name and point: how many articles name them, and which events happened there, each real event once. joined_*: as in events.sql.
WITH joined AS (
    SELECT unnest(CAST($joined_articles AS VARCHAR[])) AS article_id, unnest(CAST($joined_events AS VARCHAR[])) AS event_id,
           unnest(CAST($joined_numbers AS BIGINT[])) AS number, unnest(CAST($joined_places AS BIGINT[])) AS place,
           unnest(CAST($joined_aside AS BOOLEAN[])) AS aside
),
named AS (
    SELECT p.*
    FROM all_places AS p
    JOIN current_articles(CAST(NULL AS DATE)) AS a ON a.article_id = p.article_id AND a.revision = p.revision
    WHERE p.latitude IS NOT NULL AND p.kind <> 'demonym'
      AND ($country IS NULL OR p.country = $country)
      AND ($since IS NULL OR a.day >= CAST($since AS DATE)) AND ($until IS NULL OR a.day <= CAST($until AS DATE))
),
happened AS (
    SELECT e.article_id, e.revision, e.place, e.id
    FROM all_events AS e
    LEFT JOIN joined AS j ON j.article_id = e.article_id AND j.event_id = e.id
    WHERE e.place IS NOT NULL AND (j.aside IS NULL OR NOT j.aside)
    QUALIFY j.number IS NULL OR row_number() OVER (PARTITION BY j.number ORDER BY j.place) = 1
)
SELECT arg_min(n.name, (n.article_id, n.ordinal)) AS name, n.country, n.latitude, n.longitude, n.geonames_id,
       arg_min(n.kind, (n.article_id, n.ordinal)) AS kind, arg_min(n.precision, (n.article_id, n.ordinal)) AS precision,
       count(DISTINCT n.article_id) AS articles, count(DISTINCT (h.article_id, h.id)) FILTER (h.id IS NOT NULL) AS events
FROM named AS n
LEFT JOIN happened AS h ON h.article_id = n.article_id AND h.revision = n.revision AND h.place = n.ordinal
GROUP BY n.country, n.latitude, n.longitude, n.geonames_id
ORDER BY events DESC, articles DESC, name, n.latitude, n.longitude
LIMIT $limit
