/** The main job: a simulated pump station through every layer of DLT. Read {@link PumpStationMain} first. */
@NullMarked
package io.datalifecycle.dlt.examples.pumpstation;

import org.jspecify.annotations.NullMarked;
