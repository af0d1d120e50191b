package io.datalifecycle.dlt.examples.pumpstation;

import java.time.Instant;
import java.util.List;

/** Where the demo's rows come from. */
interface DemoData {

    /** Name of the template's resource. */
    String template();

    /** Where the demo's clock starts. */
    Instant start();

    /** Two customers. */
    List<Feed> feeds();
}
