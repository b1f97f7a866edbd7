"""Engines of every kind, and one Spark cluster of two executors for all tests that need one."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

WORK = Path(__file__).resolve().parent.parent / "work"
sys.path.append(str(WORK))

MASTER = "local-cluster[2,1,1024]"  # two executors of one core and 1 GB, each a process of its own


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A session on a true cluster of this machine. Skipped, saying so, where Java or PySpark is absent."""
    if shutil.which("java") is None:
        pytest.skip("no `java` here: the Spark engine is not tried (CI installs it)")
    with warnings.catch_warnings(action="ignore"):
        sql = pytest.importorskip(
            "pyspark.sql", reason="no PySpark here: the Spark engine is not tried (CI installs it)"
        )
        os.environ["PYSPARK_PYTHON"] = sys.executable
        path = os.pathsep.join(filter(None, sys.path))
        builder = sql.SparkSession.builder.master(MASTER).appName("détente's tests")
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": path,
        }
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    with warnings.catch_warnings(action="ignore"):
        session.stop()
