SELECT r.row,
       CASE WHEN NOT regexp_full_match(r."GLOBALEVENTID", '[0-9]+')
                THEN 'expected a number as GLOBALEVENTID, found ''' || r."GLOBALEVENTID" || ''''
            WHEN try_strptime(r."SQLDATE", '%Y%m%d') IS NULL
                THEN 'expected a SQLDATE that exists, written YYYYMMDD, found ''' || r."SQLDATE" || ''''
            WHEN NOT regexp_full_match(r."EventCode", '(0[1-9]|1[0-9]|20)[0-9]{0,2}')
                THEN 'expected a CAMEO EventCode such as 042, found ''' || r."EventCode" || '''' END AS refusal,
       r.form AS origin,
       r."GLOBALEVENTID" AS id,
       CAST(try_strptime(r."SQLDATE", '%Y%m%d') AS DATE) AS day,
       c.type, c.mode, c.contexts, r."EventCode" AS cameo, c.intensity,
       try_cast(r."GoldsteinScale" AS DOUBLE) AS score,
       nullif(r."Actor1Name", '') AS source, nullif(r."Actor2Name", '') AS target,
       s.code AS source_country, t.code AS target_country,
       nullif(r."SOURCEURL", '') AS story, CAST(NULL AS BIGINT) AS sentence,
       nullif(regexp_extract(r."SOURCEURL", '^https?://(?:www\.)?([^/]+)', 1), '') AS publisher,
       nullif(r."SOURCEURL", '') AS article,
       CAST(NULL AS VARCHAR) AS text,
       nullif(r."ActionGeo_FullName", '') AS place, nullif(r."ActionGeo_CountryCode", '') AS place_country,
       try_cast(r."ActionGeo_Lat" AS DOUBLE) AS latitude, try_cast(r."ActionGeo_Long" AS DOUBLE) AS longitude,
       r.cells
FROM raw AS r
LEFT JOIN meanings AS c ON c.code = r."EventCode" AND c.given_mode = ''
LEFT JOIN lands AS s ON s.name = r."Actor1CountryCode"
LEFT JOIN lands AS t ON t.name = r."Actor2CountryCode"
