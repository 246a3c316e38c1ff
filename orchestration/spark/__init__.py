"""How a Spark is found and how its Thrift Server is asked."""
