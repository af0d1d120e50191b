package io.datalifecycle.dlt.spi;

/**
 * A connector type whose source divides itself among all who read it, for instance a consumer group: each node reads its share all the
 * time, on a thread of its own while background work runs. A source of any other type is read by one node at a time, as a job.
 */
public interface SharedConnectorType extends ConnectorType {}
