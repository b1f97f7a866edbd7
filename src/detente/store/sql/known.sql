SELECT c.article_id, c.revision FROM current_revisions(CAST(NULL AS DATE)) AS c
