-- A row without an id is known by its words and by how many rows with the same words came before it.
WITH named AS (
    SELECT r.*, given(r."type") AS kind, try_cast(given(r."score") AS DOUBLE) AS points,
           coalesce(nullif(trim(r."origin"), ''), r.form) AS whose, coalesce(given(lower(r."mode")), '') AS way,
           coalesce(nullif(r."id", ''), md5(CAST(r.cells AS VARCHAR)) || '-' ||
               CAST(row_number() OVER (PARTITION BY r.cells ORDER BY r.row) + coalesce(e.number, 0) AS VARCHAR)) AS key
    FROM raw AS r
    LEFT JOIN earlier_ones AS e ON e.words = hash(r.cells)
)
SELECT r.row,
       CASE WHEN try_strptime(r."date", '%Y-%m-%d') IS NULL
                THEN 'expected a date that exists, written YYYY-MM-DD, found ''' || coalesce(r."date", '') || ''''
            WHEN s.code IS NULL THEN 'expected a country (ISO alpha-3) as source, found ''' || coalesce(r."source", '') || ''''
            WHEN t.code IS NULL THEN 'expected a country (ISO alpha-3) as target, found ''' || coalesce(r."target", '') || ''''
            WHEN r.kind IS NULL AND given(r."score") IS NULL THEN 'expected a type or a score, found neither'
            WHEN r.kind IS NOT NULL AND NOT coalesce(c.known, false)
                THEN 'expected a PLOVER type or CAMEO code, with a mode of that type or none, found ''' || r.kind || ''' ''' || r.way || ''''
            WHEN given(r."score") IS NOT NULL AND NOT coalesce(r.points BETWEEN -10 AND 10, false)
                THEN 'expected a score from -10 to 10, found ''' || r."score" || ''''
            WHEN r.whose = 'own' THEN 'expected the name of an origin, found ''own'', which stands for your own readings'
            END AS refusal,
       r.whose AS origin, r.key AS id,
       CAST(try_strptime(r."date", '%Y-%m-%d') AS DATE) AS day,
       c.type, c.mode, c.contexts, CASE WHEN regexp_full_match(r.kind, '[0-9]+') THEN r.kind END AS cameo,
       coalesce(r.points, c.intensity) AS intensity, r.points AS score,
       given(r."source") AS source, given(r."target") AS target, s.code AS source_country, t.code AS target_country,
       nullif(r."article", '') AS story, CAST(NULL AS BIGINT) AS sentence, CAST(NULL AS VARCHAR) AS publisher,
       nullif(r."article", '') AS article, nullif(r."text", '') AS text,
       CAST(NULL AS VARCHAR) AS place, CAST(NULL AS VARCHAR) AS place_country,
       CAST(NULL AS DOUBLE) AS latitude, CAST(NULL AS DOUBLE) AS longitude,
       r.cells
FROM named AS r
LEFT JOIN meanings AS c ON c.code = r.kind AND c.given_mode = r.way
LEFT JOIN lands AS s ON s.name = r."source"
LEFT JOIN lands AS t ON t.name = r."target"
