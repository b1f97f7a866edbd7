-- joined_*: events that several places tell, side by side: article, event, number of the real event, place among its
-- tellings, set aside or not. Of the tellings that are asked for, the first is given. after_*: see articles.sql.
WITH joined AS (
    SELECT unnest(CAST($joined_articles AS VARCHAR[])) AS article_id, unnest(CAST($joined_events AS VARCHAR[])) AS event_id,
           unnest(CAST($joined_numbers AS BIGINT[])) AS number, unnest(CAST($joined_places AS BIGINT[])) AS place,
           unnest(CAST($joined_aside AS BOOLEAN[])) AS aside
),
found AS (
    SELECT e.*, a.source AS outlet, a.published AS published, a.title AS title, a.content AS origin,
           coalesce(try_cast(e.date.start AS DATE), a.day, DATE '9999-12-31') AS listed
    FROM all_events AS e
    JOIN current_articles(CAST($as_of AS DATE)) AS a ON a.article_id = e.article_id AND a.revision = e.revision
    LEFT JOIN joined AS j ON j.article_id = e.article_id AND j.event_id = e.id
    WHERE ($source IS NULL OR list_contains(e.source_countries, $source) OR list_contains(e.sources, $source))
      AND ($target IS NULL OR list_contains(e.target_countries, $target) OR list_contains(e.targets, $target))
      AND ($one IS NULL OR (
            (list_contains(e.source_countries || e.sources, $one) AND list_contains(e.target_countries || e.targets, $two))
         OR (list_contains(e.source_countries || e.sources, $two) AND list_contains(e.target_countries || e.targets, $one))))
      AND ($type IS NULL OR e.type = $type)
      AND ($status IS NULL OR e.status = $status)
      AND ($event IS NULL OR starts_with(e.id, $event))
      AND ($article IS NULL OR e.article_id = $article)
      AND ($since IS NULL OR coalesce(try_cast(e.date.end AS DATE), a.day) >= CAST($since AS DATE))
      AND ($until IS NULL OR coalesce(try_cast(e.date.start AS DATE), a.day) <= CAST($until AS DATE))
      AND (j.aside IS NULL OR NOT j.aside OR $article IS NOT NULL OR $set_aside)
    QUALIFY j.number IS NULL OR row_number() OVER (PARTITION BY j.number ORDER BY j.place) = 1
)
SELECT f.* EXCLUDE (listed)
FROM found AS f
WHERE $after_article IS NULL OR (f.listed, f.article_id, f.ordinal) > (
    coalesce(CAST($after_day AS DATE), DATE '9999-12-31'), $after_article,
    coalesce((SELECT min(b.ordinal) FROM all_events AS b WHERE b.article_id = $after_article AND b.id = $after_id), -1))
ORDER BY f.listed, f.article_id, f.ordinal
LIMIT $limit
