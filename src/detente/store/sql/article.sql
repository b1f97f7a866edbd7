SELECT a.* FROM current_articles(CAST(NULL AS DATE)) AS a WHERE a.article_id = $article
