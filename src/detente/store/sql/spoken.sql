-- Quotations of those who speak for one of the countries or organisations (of all whose country is known where none is
-- given), with the other countries that their words name, the events that they tell or that tell them (spans that overlap by
-- half of the shorter one), and the text around them.
WITH told AS (
    SELECT q.*, s AS speaker_record, coalesce(s.country, s.id) AS home, a.source AS outlet, a.published, a.title, a.dateline, a.day,
           CASE WHEN q.field = 'title' THEN a.title ELSE a.text END AS body
    FROM all_quotes AS q
    JOIN current_articles(CAST($as_of AS DATE)) AS a ON a.article_id = q.article_id AND a.revision = q.revision
    JOIN all_actors AS s ON s.article_id = q.article_id AND s.revision = q.revision AND s.id = q.speaker
    WHERE ($countries IS NULL AND s.country IS NOT NULL)
       OR list_contains(CAST($countries AS VARCHAR[]), coalesce(s.country, s.id))
)
SELECT t.* EXCLUDE (body), greatest(0, t.start - $around) AS before,
       substring(t.body, greatest(0, t.start - $around) + 1, t.end - greatest(0, t.start - $around) + $around) AS body,
       ARRAY(SELECT DISTINCT s.country FROM all_actors AS s
             WHERE s.article_id = t.article_id AND s.revision = t.revision AND s.country <> t.home
               AND len(list_filter(s.mentions, lambda m: m.field = t.field AND m.start < t.end AND m.end > t.start)) > 0
             ORDER BY 1) AS named,
       ARRAY(SELECT e FROM all_events AS e
             WHERE e.article_id = t.article_id AND e.revision = t.revision
               AND len(list_filter(e.evidence, lambda m: m.field = t.field
                   AND 2 * (least(m.end, t.end) - greatest(m.start, t.start)) >= least(m.end - m.start, t.end - t.start))) > 0
             ORDER BY e.ordinal) AS deeds
FROM told AS t
ORDER BY t.day NULLS LAST, t.article_id, t.ordinal
