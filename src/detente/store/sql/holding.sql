-- Accents and the letters that have no accent to lose (knowledge/spelling.py) are compared as plain ones.
WITH plain AS (
    SELECT a.*,
           replace(replace(replace(replace(
               translate(strip_accents(lower(concat_ws(' ', a.title, a.text))), 'łøđıð', 'lodid'),
               'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') AS words
    FROM current_articles(CAST(NULL AS DATE)) AS a
)
SELECT p.* EXCLUDE (words)
FROM plain AS p
WHERE list_bool_or(list_transform(CAST($words AS VARCHAR[]), lambda word: contains(p.words, word)))
   OR p.article_id IN (
        SELECT s.article_id
        FROM all_actors AS s
        SEMI JOIN current_revisions(CAST(NULL AS DATE)) AS c ON c.article_id = s.article_id AND c.revision = s.revision
        WHERE list_has_any(list_transform(s.mentions, lambda m: m.text), CAST($surfaces AS VARCHAR[])))
ORDER BY p.article_id
