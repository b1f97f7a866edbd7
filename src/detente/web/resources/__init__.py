"""One module a resource. A new one is a module and a line in `ROUTERS`."""

from detente.web.resources import (
    about,
    actors,
    articles,
    board,
    coverage,
    dyads,
    events,
    export,
    network,
    places,
    planning,
    quotes,
    search,
    sources,
    verdicts,
)

ROUTERS = (
    about.router,
    articles.router,
    events.router,
    quotes.router,
    actors.router,
    places.router,
    network.router,
    board.router,
    dyads.router,
    planning.router,
    search.router,
    sources.router,
    coverage.router,
    verdicts.router,
    export.router,
)
