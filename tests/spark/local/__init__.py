"""A small Spark on this machine, for trying and for tests: how it is started and stopped."""
