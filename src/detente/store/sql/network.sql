-- Who deals with whom: countries, and organisations known by an id of their own, with the number of real events between every
-- two and how many of them are cooperation and conflict. joined_*: as in events.sql.
WITH joined AS (
    SELECT unnest(CAST($joined_articles AS VARCHAR[])) AS article_id, unnest(CAST($joined_events AS VARCHAR[])) AS event_id,
           unnest(CAST($joined_numbers AS BIGINT[])) AS number, unnest(CAST($joined_places AS BIGINT[])) AS place,
           unnest(CAST($joined_aside AS BOOLEAN[])) AS aside
),
done AS (
    SELECT e.type, e.intensity,
           CASE WHEN len(e.source_countries) > 0 THEN e.source_countries
                ELSE list_filter(e.sources, lambda id: NOT regexp_full_match(id, $local)) END AS doers,
           CASE WHEN len(e.target_countries) > 0 THEN e.target_countries
                ELSE list_filter(e.targets, lambda id: NOT regexp_full_match(id, $local)) END AS others
    FROM all_events AS e
    JOIN current_articles(CAST(NULL AS DATE)) AS a ON a.article_id = e.article_id AND a.revision = e.revision
    LEFT JOIN joined AS j ON j.article_id = e.article_id AND j.event_id = e.id
    WHERE e.status IN ('occurred', 'ongoing') AND NOT coalesce(e.past, false) AND (j.aside IS NULL OR NOT j.aside)
      AND ($since IS NULL OR coalesce(try_cast(e.date.end AS DATE), a.day) >= CAST($since AS DATE))
      AND ($until IS NULL OR coalesce(try_cast(e.date.start AS DATE), a.day) <= CAST($until AS DATE))
    QUALIFY j.number IS NULL OR row_number() OVER (PARTITION BY j.number ORDER BY j.place) = 1
),
sided AS (
    SELECT d.type, d.intensity, s.one AS doer, t.other
    FROM done AS d, (SELECT unnest(d.doers) AS one) AS s, (SELECT unnest(d.others) AS other) AS t
    WHERE s.one <> t.other
)
SELECT least(s.doer, s.other) AS a, greatest(s.doer, s.other) AS b, count(*) AS events,
       count(*) FILTER (list_contains(CAST($cooperation AS VARCHAR[]), s.type)) AS cooperation,
       count(*) FILTER (list_contains(CAST($conflict AS VARCHAR[]), s.type)) AS conflict
FROM sided AS s
GROUP BY ALL
ORDER BY events DESC, a, b
LIMIT $limit
