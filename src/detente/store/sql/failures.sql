SELECT f.* FROM current_failures() AS f ORDER BY f.article_id, f.revision, f.ordinal
