-- Accents and the letters that have no accent to lose (knowledge/spelling.py) are compared as plain ones.
WITH wanted AS (
    SELECT a.*
    FROM all_articles AS a
    WHERE $superseded OR (a.article_id, a.revision) IN (
        SELECT (c.article_id, c.revision) FROM current_revisions(CAST(NULL AS DATE)) AS c)
),
plain AS (
    SELECT w.*,
           replace(replace(replace(replace(
               translate(strip_accents(lower(concat_ws(' ', w.title, w.text))), 'łøđıð', 'lodid'),
               'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') AS words
    FROM wanted AS w
)
SELECT p.* EXCLUDE (words)
FROM plain AS p
WHERE list_bool_or(list_transform(CAST($words AS VARCHAR[]), lambda word: contains(p.words, word)))
   OR (p.article_id, p.revision) IN (
        SELECT (s.article_id, s.revision)
        FROM all_actors AS s
        WHERE list_has_any(list_transform(s.mentions, lambda m: m.text), CAST($surfaces AS VARCHAR[])))
ORDER BY p.article_id, p.revision
