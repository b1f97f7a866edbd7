"""The observatory over HTTP: a JSON API and a page, one module a resource."""
