SELECT p.* FROM query_table($table) AS p WHERE p.article_id = $article AND p.revision = $revision ORDER BY p.ordinal
