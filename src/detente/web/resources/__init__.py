"""One module a resource. A new one is a module and a line in `ROUTERS`."""

from detente.web.resources import about, actors, articles, dyads, events, export, places, quotes, search

ROUTERS = (
    about.router,
    articles.router,
    events.router,
    quotes.router,
    actors.router,
    places.router,
    dyads.router,
    search.router,
    export.router,
)
