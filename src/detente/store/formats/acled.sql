SELECT r.row,
       CASE WHEN given(r."event_id_cnty") IS NULL THEN 'expected an event_id_cnty, found none'
            WHEN try_strptime(r."event_date", ['%Y-%m-%d', '%d %B %Y', '%d-%B-%Y', '%d-%m-%Y']) IS NULL
                THEN 'expected an event_date that exists, written YYYY-MM-DD or 5 March 2023, found ''' || coalesce(r."event_date", '') || ''''
            WHEN NOT coalesce(c.known, false)
                THEN 'expected an event_type of ACLED with a sub_event_type of it, found ''' || coalesce(r."event_type", '') || ''' '''
                     || coalesce(r."sub_event_type", '') || '''' END AS refusal,
       r.form AS origin,
       given(r."event_id_cnty") AS id,
       CAST(try_strptime(r."event_date", ['%Y-%m-%d', '%d %B %Y', '%d-%B-%Y', '%d-%m-%Y']) AS DATE) AS day,
       c.type, c.mode, c.contexts, CAST(NULL AS VARCHAR) AS cameo, c.intensity,
       CAST(NULL AS DOUBLE) AS score,
       given(r."actor1") AS source, given(r."actor2") AS target,
       s.code AS source_country, t.code AS target_country,
       CAST(NULL AS VARCHAR) AS story, CAST(NULL AS BIGINT) AS sentence, given(r."source") AS publisher,
       CAST(NULL AS VARCHAR) AS article,
       given(r."notes") AS text,
       coalesce(given(r."location"), given(r."admin3"), given(r."admin2"), given(r."admin1")) AS place,
       given(r."country") AS place_country,
       try_cast(r."latitude" AS DOUBLE) AS latitude, try_cast(r."longitude" AS DOUBLE) AS longitude,
       r.cells
FROM raw AS r
LEFT JOIN meanings AS c ON c.code = trim(r."event_type") AND c.given_mode = lower(trim(r."sub_event_type"))
LEFT JOIN lands AS s ON s.name = r."actor1"
LEFT JOIN lands AS t ON t.name = r."actor2"
