-- A row whose cells name several countries is an event between each two of them, as in the plain CSV that is exported: its id then
-- ends in the two codes. A country's own deed on itself is among them only where there are no two.
WITH plain AS (
    SELECT r.* REPLACE (nullif(r."Intensity", 'None') AS "Intensity", nullif(r."Contexts", 'None') AS "Contexts"),
           given(nullif(r."Event ID", 'None')) AS key, lower(trim(coalesce(r."Event Mode", ''))) AS way
    FROM raw AS r
),
judged AS (
    SELECT r.*, c.type, c.mode, c.intensity AS points,
           CASE WHEN r.key IS NULL THEN 'expected an Event ID, found none'
                WHEN try_strptime(r."Event Date", '%Y-%m-%d') IS NULL
                    THEN 'expected an Event Date that exists, written YYYY-MM-DD, found ''' || coalesce(r."Event Date", '') || ''''
                WHEN NOT coalesce(c.known, false)
                    THEN 'expected a PLOVER type, with a mode of that type or none, found ''' || coalesce(r."Event Type", '') || ''' ''' || r.way || ''''
                WHEN given(r."Intensity") IS NOT NULL AND try_cast(r."Intensity" AS DOUBLE) IS NULL
                    THEN 'expected a number as Intensity, found ''' || r."Intensity" || '''' END AS refusal
    FROM plain AS r
    LEFT JOIN meanings AS c ON c.code = trim(r."Event Type") AND c.given_mode = r.way
),
coded AS (
    SELECT map_from_entries(list((l.name, l.code))) AS code_of FROM lands AS l
),
sided AS (
    SELECT j.*,
           list_sort(list_distinct(list_filter(
               list_transform(string_split_regex(coalesce(j."Actor Country", ''), '[;|]'), lambda one: k.code_of[trim(one)]),
               lambda code: code IS NOT NULL))) AS doers,
           list_sort(list_distinct(list_filter(
               list_transform(string_split_regex(coalesce(j."Recipient Country", ''), '[;|]'), lambda one: k.code_of[trim(one)]),
               lambda code: code IS NOT NULL))) AS others
    FROM judged AS j, coded AS k
),
single AS (
    SELECT s.* REPLACE (CASE WHEN s.refusal IS NULL AND len(s.doers) > 0 THEN s.doers ELSE [NULL] END AS doers,
                        CASE WHEN s.refusal IS NULL AND len(s.others) > 0 THEN s.others ELSE [NULL] END AS others)
    FROM sided AS s
),
paired AS (
    SELECT s.*, d.doer, o.other, len(s.doers) * len(s.others) > 1 AS several
    FROM single AS s, unnest(s.doers) AS d(doer), unnest(s.others) AS o(other)
)
SELECT p.row, p.refusal, p.form AS origin,
       CASE WHEN p.several THEN p.key || '/' || coalesce(p.doer, '') || '-' || coalesce(p.other, '') ELSE p.key END AS id,
       CAST(try_strptime(p."Event Date", '%Y-%m-%d') AS DATE) AS day,
       p.type, p.mode,
       list_filter(list_transform(string_split_regex(coalesce(p."Contexts", ''), '[;|]'), lambda one: lower(trim(one))), lambda one: one <> '') AS contexts,
       CAST(NULL AS VARCHAR) AS cameo, p.points AS intensity,
       try_cast(p."Intensity" AS DOUBLE) AS score,
       coalesce(given(nullif(p."Actor Name", 'None')), given(nullif(p."Actor Name Raw", 'None'))) AS source,
       coalesce(given(nullif(p."Recipient Name", 'None')), given(nullif(p."Recipient Name Raw", 'None'))) AS target,
       p.doer AS source_country, p.other AS target_country,
       nullif(regexp_extract(p.key, '^([^_]+)_.', 1), '') AS story, CAST(NULL AS BIGINT) AS sentence,
       given(nullif(p."Source", 'None')) AS publisher,
       CAST(NULL AS VARCHAR) AS article, CAST(NULL AS VARCHAR) AS text,
       coalesce(given(nullif(p."Placename", 'None')), given(nullif(p."City", 'None')),
                given(nullif(p."District", 'None')), given(nullif(p."Province", 'None'))) AS place,
       given(nullif(p."Country", 'None')) AS place_country,
       try_cast(p."Latitude" AS DOUBLE) AS latitude, try_cast(p."Longitude" AS DOUBLE) AS longitude,
       p.cells
FROM paired AS p
WHERE NOT p.several OR p.doer IS DISTINCT FROM p.other
