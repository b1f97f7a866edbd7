-- What was done between every two countries in every period: numbers and sums, of each deed once. The rules are those of
-- relations/dating.py (which period) and relations/deeds.py (which deeds are one). joined_*: as in events.sql.
-- Sums are of decimals, so that they do not hang on the order of the rows. stories: of each article its story, by article; an article
-- without one is a story of its own. until: the last day used, where that is not as_of.
WITH joined AS (
    SELECT unnest(CAST($joined_articles AS VARCHAR[])) AS article_id, unnest(CAST($joined_events AS VARCHAR[])) AS event_id,
           unnest(CAST($joined_numbers AS BIGINT[])) AS number, unnest(CAST($joined_places AS BIGINT[])) AS place,
           unnest(CAST($joined_aside AS BOOLEAN[])) AS aside
),
story AS (
    SELECT unnest(CAST($story_articles AS VARCHAR[])) AS article_id, unnest(CAST($stories AS VARCHAR[])) AS story
),
placed AS (
    SELECT e.*, coalesce(s.story, e.article_id) AS told_in, j.number, j.place AS telling, a.day AS published,
           try_cast(e.date.start AS DATE) AS first, try_cast(e.date.end AS DATE) AS last
    FROM all_events AS e
    JOIN current_articles(CAST($as_of AS DATE)) AS a ON a.article_id = e.article_id AND a.revision = e.revision
    LEFT JOIN story AS s ON s.article_id = e.article_id
    LEFT JOIN joined AS j ON j.article_id = e.article_id AND j.event_id = e.id
    WHERE j.aside IS NULL OR NOT j.aside
),
sided AS (  -- of several tellings the first that names the two countries
    SELECT p.*,
           CASE WHEN $directed THEN s.one ELSE least(s.one, t.other) END AS a,
           CASE WHEN $directed THEN t.other ELSE greatest(s.one, t.other) END AS b
    FROM placed AS p, (SELECT unnest(p.source_countries) AS one) AS s, (SELECT unnest(p.target_countries) AS other) AS t
    WHERE s.one <> t.other
    QUALIFY p.number IS NULL OR row_number() OVER (PARTITION BY p.number, a, b ORDER BY p.telling) = 1
),
dated AS (
    SELECT s.*,
           CASE WHEN s.first IS NULL OR s.last IS NULL OR s.first > s.last THEN s.published
                WHEN s.status = 'ongoing' AND s.published IS NOT NULL THEN s.published
                WHEN date_trunc($by, s.first) = date_trunc($by, s.last) THEN s.first
                WHEN s.published BETWEEN s.first AND s.last THEN s.published END AS day
    FROM sided AS s
    WHERE s.status IN ('occurred', 'ongoing') AND NOT coalesce(s.past, false)
),
paired AS (
    SELECT d.*, CAST(date_trunc($by, d.day) AS DATE) AS period, d.trigger.field = 'title' AS headline
    FROM dated AS d
    WHERE d.day IS NOT NULL
      AND ($since IS NULL OR d.day >= CAST($since AS DATE)) AND ($as_of IS NULL OR d.day <= CAST($as_of AS DATE))
      AND ($until IS NULL OR d.day <= CAST($until AS DATE))
),
told AS (
    SELECT p.*, bool_or(NOT p.headline) OVER (PARTITION BY p.a, p.b, p.article_id, p.type) AS in_text
    FROM paired AS p
),
deeds AS (
    SELECT t.*
    FROM told AS t
    WHERE NOT (t.headline AND t.in_text)
    QUALIFY row_number() OVER (
        PARTITION BY t.a, t.b, t.type, t.status = 'ongoing',
            CASE WHEN t.status = 'ongoing'
                 THEN concat_ws('|', CAST(t.period AS VARCHAR), t.mode,
                                CAST(least(t.source_countries, t.target_countries) AS VARCHAR),
                                CAST(greatest(t.source_countries, t.target_countries) AS VARCHAR))
                 ELSE concat_ws('|', t.told_in, t.trigger.field, CAST(t.trigger.start AS VARCHAR)) END
        ORDER BY t.day, t.article_id, t.id) = 1
)
SELECT d.a, d.b, d.period,
       count(*) AS events,
       CAST(sum(CAST(d.intensity AS DECIMAL(9, 4))) AS DOUBLE) AS total,
       CAST(sum(CAST(d.intensity * d.intensity AS DECIMAL(12, 4))) AS DOUBLE) AS squares,
       count(*) FILTER (list_contains(CAST($conflict AS VARCHAR[]), d.type)) AS conflict,
       count(*) FILTER (list_contains(CAST($cooperation AS VARCHAR[]), d.type)) AS cooperation,
       count(DISTINCT d.told_in) AS origins
FROM deeds AS d
GROUP BY d.a, d.b, d.period
ORDER BY d.a, d.b, d.period
