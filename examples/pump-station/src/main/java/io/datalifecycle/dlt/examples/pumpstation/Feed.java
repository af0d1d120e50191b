package io.datalifecycle.dlt.examples.pumpstation;

import io.datalifecycle.dlt.ingest.Rows;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What one customer of the demo sends.
 *
 * @param workspace key of the workspace
 * @param zone its time zone
 * @param parameters values for the template's parameters
 * @param sites rows of {@code datastore:pump_sites}
 * @param steps what arrives, in order of time
 */
record Feed(
        String workspace,
        ZoneId zone,
        Map<String, Object> parameters,
        List<Map<String, Object>> sites,
        Iterator<Step> steps) {

    /**
     * Rows that arrive together.
     *
     * @param at when; the demo's clock is set to it
     * @param batches the rows, as they came from the sources
     * @param train whether models are trained after these rows
     * @param progress how far the feed is after it, from 0 to 1
     */
    record Step(Instant at, List<Batch> batches, boolean train, double progress) {}

    /**
     * Rows from one source.
     *
     * @param source name of the source, for people
     * @param rows the rows
     */
    record Batch(String source, Rows rows) {}
}
