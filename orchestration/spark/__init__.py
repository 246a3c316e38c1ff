"""A small Spark cluster of one machine, and how its Thrift Server is asked."""
