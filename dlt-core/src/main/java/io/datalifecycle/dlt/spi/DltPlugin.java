package io.datalifecycle.dlt.spi;

/** Everything one jar adds. */
public interface DltPlugin {

    /** Name for messages, for instance {@code dlt-ml}. */
    String name();

    /** Called once while DLT is built. */
    void contribute(Contributions contributions);
}
