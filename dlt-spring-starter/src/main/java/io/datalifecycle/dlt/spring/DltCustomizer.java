package io.datalifecycle.dlt.spring;

import io.datalifecycle.dlt.Dlt;

/** Changes the builder after the properties were applied and before {@code Dlt} is built. Beans of this type run in their order. */
@FunctionalInterface
public interface DltCustomizer {

    void customize(Dlt.Builder dlt);
}
