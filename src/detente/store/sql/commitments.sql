-- Promises with who gives them and to whom, the countries that their words name, the deeds told in them, and the text around them.
WITH told AS (
    SELECT c.*, a.source AS outlet, a.published, a.title, a.dateline, a.day, a.content AS origin,
           CASE WHEN c.field = 'title' THEN a.title ELSE a.text END AS body
    FROM all_commitments AS c
    JOIN current_articles(CAST($as_of AS DATE)) AS a ON a.article_id = c.article_id AND a.revision = c.revision
)
SELECT t.* EXCLUDE (body), greatest(0, t.start - $around) AS before,
       substring(t.body, greatest(0, t.start - $around) + 1, t.end - greatest(0, t.start - $around) + $around) AS body,
       (SELECT any_value(s) FROM all_actors AS s
        WHERE s.article_id = t.article_id AND s.revision = t.revision AND s.id = t.by) AS by_record,
       ARRAY(SELECT s FROM all_actors AS s
             WHERE s.article_id = t.article_id AND s.revision = t.revision AND list_contains(t.to, s.id)
             ORDER BY s.ordinal) AS to_records,
       ARRAY(SELECT DISTINCT s.country FROM all_actors AS s
             WHERE s.article_id = t.article_id AND s.revision = t.revision AND s.country IS NOT NULL
               AND len(list_filter(s.mentions, lambda m: m.field = t.field AND m.start < t.end AND m.end > t.start)) > 0
             ORDER BY 1) AS named,
       ARRAY(SELECT e FROM all_events AS e
             WHERE e.article_id = t.article_id AND e.revision = t.revision AND e.trigger.field = t.field
               AND e.trigger.start >= t.start AND e.trigger.end <= t.end
             ORDER BY e.ordinal) AS deeds
FROM told AS t
ORDER BY t.day NULLS LAST, t.article_id, t.ordinal
