package io.datalifecycle.dlt.architecture.sample.low.internal;

/** Above its feature. */
public final class Inner {}
