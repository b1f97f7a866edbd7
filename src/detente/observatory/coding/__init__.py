"""Reading on many cores or machines: inputs -> shards -> an engine -> segments of a lake. See docs/guides/batch.md."""

from detente.observatory.coding.driver import OnProgress, Progress, code
from detente.observatory.coding.second import tell

__all__ = ["OnProgress", "Progress", "code", "tell"]
