SELECT i.origin, i.id, md5(CAST(i.cells AS VARCHAR)) AS hash FROM all_imported AS i
