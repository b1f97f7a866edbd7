"""Who is who, where and when: tables as data, with their sources, and dated look-ups."""
