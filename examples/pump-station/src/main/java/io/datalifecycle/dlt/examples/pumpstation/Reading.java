package io.datalifecycle.dlt.examples.pumpstation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One sample of one pump, in SI-like units that people at a pump know.
 *
 * @param at when it was measured
 * @param asset name of the pump
 * @param pressure discharge pressure, bar
 * @param flow m³/h
 * @param vibration RMS acceleration at the bearing, g
 * @param temperature of the bearing, °C
 * @param current of the motor, A
 * @param running whether the pump was switched on
 */
record Reading(
        Instant at,
        String asset,
        double pressure,
        double flow,
        double vibration,
        double temperature,
        double current,
        boolean running) {

    /** As a row of {@code datastore:sensor_data}. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("ts", at);
        row.put("asset_id", asset);
        row.put("pressure", pressure);
        row.put("flow", flow);
        row.put("vibration", vibration);
        row.put("temperature", temperature);
        row.put("current", current);
        row.put("running", running);
        return row;
    }

    /** As a line of NDJSON. */
    String json() {
        return "{\"ts\":\"" + at + "\",\"asset_id\":\"" + asset + "\",\"pressure\":" + pressure + ",\"flow\":" + flow
                + ",\"vibration\":" + vibration + ",\"temperature\":" + temperature + ",\"current\":" + current
                + ",\"running\":" + running + "}";
    }
}
