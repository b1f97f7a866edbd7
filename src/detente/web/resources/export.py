"""All events of an origin as one file, in the formats of `detente export`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response, StreamingResponse

from detente.web.answers import is_held, tag_of
from detente.web.asking import PROBLEMS, Ask, OriginName

router = APIRouter(tags=["export"], responses=PROBLEMS)

_PIECE = 1 << 18  # bytes
_IN_MEMORY = 8 << 20  # bytes; what is longer lies on disk while it is sent


@router.get(
    "/export/{form}",
    response_class=StreamingResponse,
    responses={200: {"description": "The file.", "content": {"application/octet-stream": {}}}},
)
def export(
    ask: Ask,
    form: Annotated[str, Path(description="csv, jsonl, parquet, icews, polecat, gdelt1 or gdelt2.", examples=["csv"])],
    origin: OriginName = None,
) -> Response:
    """Events, each once, as `detente export DIR FILE --format FORM` writes them."""
    observatory = ask.observatory
    tag = tag_of(ask.request, ask.state, form)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization"}
    if is_held(ask.request, tag):
        return Response(status_code=304, headers=headers)
    stream = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed when it has been sent
    try:
        observatory.export(stream, format=form, origin=observatory.origin_meant(origin))
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    headers["Content-Disposition"] = f'attachment; filename="events.{form}"'
    return StreamingResponse(_pieces(stream), headers=headers, media_type="application/octet-stream")


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(_PIECE):
            yield piece
