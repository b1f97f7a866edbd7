SELECT 'articles' AS name, count(*) AS number FROM current_articles(CAST(NULL AS DATE))
UNION ALL SELECT 'revisions', count(*) FROM all_articles
UNION ALL SELECT 'actors', count(*) FROM all_actors SEMI JOIN current_revisions(CAST(NULL AS DATE)) USING (article_id, revision)
UNION ALL SELECT 'events', count(*) FROM all_events SEMI JOIN current_revisions(CAST(NULL AS DATE)) USING (article_id, revision)
UNION ALL SELECT 'quotes', count(*) FROM all_quotes SEMI JOIN current_revisions(CAST(NULL AS DATE)) USING (article_id, revision)
UNION ALL SELECT 'places', count(*) FROM all_places SEMI JOIN current_revisions(CAST(NULL AS DATE)) USING (article_id, revision)
UNION ALL SELECT 'times', count(*) FROM all_times SEMI JOIN current_revisions(CAST(NULL AS DATE)) USING (article_id, revision)
UNION ALL SELECT 'commitments', count(*) FROM all_commitments SEMI JOIN current_revisions(CAST(NULL AS DATE)) USING (article_id, revision)
UNION ALL SELECT 'failures', count(*) FROM current_failures()
UNION ALL SELECT 'imported', count(*) FROM all_imported
