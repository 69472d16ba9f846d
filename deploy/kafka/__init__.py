"""The topics, the same in every mode, and Apache Kafka itself on one machine."""
