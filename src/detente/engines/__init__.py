"""Run one function over many shards, on whatever runs it: this process, processes of this machine, a Spark cluster.

Knows nothing of news. An engine more is one module with one class that fits `Engine` (engine.py).
"""

from detente.engines.engine import Done, Engine, Lost
from detente.engines.here import Here
from detente.engines.local import Local

__all__ = ["Done", "Engine", "Here", "Local", "Lost"]
