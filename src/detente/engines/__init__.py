"""Run a picklable function over many shards: in this process, in several, or on a cluster. Knows nothing of news."""
