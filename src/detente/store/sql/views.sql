-- Over the tables all_* (every row of every segment) and history (article_id, revision, position): what is current.
-- as_of: only what had been published by that day, in the revision that stood then; NULL for today's state.
CREATE MACRO current_revisions(as_of) AS TABLE
SELECT a.article_id, arg_max(a.revision, coalesce(h.position, 0)) AS revision
FROM all_articles AS a
LEFT JOIN history AS h ON h.article_id = a.article_id AND h.revision = a.revision
WHERE as_of IS NULL OR a.day <= as_of
GROUP BY a.article_id;

CREATE MACRO current_articles(as_of) AS TABLE
SELECT a.* FROM all_articles AS a
JOIN current_revisions(as_of) AS c ON c.article_id = a.article_id AND c.revision = a.revision;

-- Failures also stand for inputs that never became an article: only those of superseded revisions are left out.
CREATE MACRO current_failures() AS TABLE
SELECT f.* FROM all_failures AS f
WHERE (f.article_id, f.revision) NOT IN (
    SELECT (a.article_id, a.revision) FROM all_articles AS a
    ANTI JOIN current_revisions(CAST(NULL AS DATE)) AS c ON c.article_id = a.article_id AND c.revision = a.revision
);
