SELECT r.row,
       CASE WHEN given(r."Event ID") IS NULL THEN 'expected an Event ID, found none'
            WHEN try_strptime(r."Event Date", '%Y-%m-%d') IS NULL
                THEN 'expected an Event Date that exists, written YYYY-MM-DD, found ''' || r."Event Date" || ''''
            WHEN NOT regexp_full_match(r."CAMEO Code", '(0[1-9]|1[0-9]|20)[0-9]{0,2}')
                THEN 'expected a CAMEO Code such as 042, found ''' || r."CAMEO Code" || ''''
            WHEN given(r."Intensity") IS NOT NULL AND try_cast(r."Intensity" AS DOUBLE) IS NULL
                THEN 'expected a number as Intensity, found ''' || r."Intensity" || '''' END AS refusal,
       r.form AS origin,
       r."Event ID" AS id,
       CAST(try_strptime(r."Event Date", '%Y-%m-%d') AS DATE) AS day,
       c.type, c.mode, c.contexts, r."CAMEO Code" AS cameo, c.intensity,
       try_cast(r."Intensity" AS DOUBLE) AS score,
       given(r."Source Name") AS source, given(r."Target Name") AS target,
       s.code AS source_country, t.code AS target_country,
       given(r."Story ID") AS story, try_cast(r."Sentence Number" AS BIGINT) AS sentence, given(r."Publisher") AS publisher,
       CAST(NULL AS VARCHAR) AS article,
       given(r."Event Text") AS text,
       coalesce(given(r."City"), given(r."District"), given(r."Province")) AS place, given(r."Country") AS place_country,
       try_cast(r."Latitude" AS DOUBLE) AS latitude, try_cast(r."Longitude" AS DOUBLE) AS longitude,
       r.cells
FROM raw AS r
LEFT JOIN meanings AS c ON c.code = r."CAMEO Code" AND c.given_mode = ''
LEFT JOIN lands AS s ON s.name = r."Source Country"
LEFT JOIN lands AS t ON t.name = r."Target Country"
