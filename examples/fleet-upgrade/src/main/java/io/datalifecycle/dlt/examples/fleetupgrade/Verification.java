package io.datalifecycle.dlt.examples.fleetupgrade;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Workspace;
import io.datalifecycle.dlt.metric.MetricResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is in the stores beside what was sent.
 *
 * @param version the version that all of them are on; what else is found is an error
 * @param accepted rows that the datastores accepted, by the count of those who sent them
 * @param stored rows in the datastores
 * @param valves rows that have a value of the column that the later version has not; 0 where there is no such column
 * @param checked workspaces whose featurestores were computed anew from the rows by plain SQL
 * @param differences buckets that were not the same
 * @param errors what is wrong, a line each; empty when nothing is
 */
record Verification(
        String version, long accepted, long stored, long valves, int checked, long differences, List<String> errors) {

    Verification {
        errors = List.copyOf(errors);
    }

    /** Looks at all workspaces, and into the features of every n-th. */
    static Verification of(Dlt dlt, List<Station> stations, String version, int everyNth) {
        List<String> errors = new ArrayList<>();
        long accepted = 0;
        long stored = 0;
        long valves = 0;
        long differences = 0;
        int checked = 0;
        for (int i = 0; i < stations.size(); i++) {
            Station station = stations.get(i);
            Workspace workspace = dlt.workspaces().workspace(station.workspace());
            Stored rows = Stored.of(workspace);
            accepted += station.accepted();
            stored += rows.rows();
            valves += rows.valves();
            if (!workspace.templateId().version().equals(version)) {
                errors.add(
                        station.workspace() + " is on " + workspace.templateId().version());
            }
            if (rows.rows() != station.accepted() || rows.pressure() != station.total()) {
                errors.add(station.workspace() + ": " + station.accepted() + " rows, " + station.total()
                        + " bar in all were accepted, " + rows + " is stored");
            }
            if (rows.valves() != (version.equals(PumpStations.BEFORE) ? Station.valves() : 0)) {
                errors.add(station.workspace() + ": " + rows.valves() + " rows have a valve");
            }
            if (i % everyNth == 0) {
                differences += differences(workspace);
                checked++;
            }
        }
        if (differences > 0) {
            errors.add(differences + " buckets differ");
        }
        return new Verification(version, accepted, stored, valves, checked, differences, errors);
    }

    private static long differences(Workspace workspace) {
        workspace.featurestore("ten_minutes").refresh();
        workspace.featurestore("hourly").refresh();
        return (long) ((MetricResult.Scalar) workspace.metric("differences").evaluate()).value();
    }

    /** What the metric {@code stored} says: rows, sum of the pressures in bar, rows with a valve. */
    private record Stored(long rows, double pressure, long valves) {

        static Stored of(Workspace workspace) {
            MetricResult.Table table =
                    (MetricResult.Table) workspace.metric("stored").evaluate();
            List<Number> row =
                    table.rows().get(0).stream().map(Number.class::cast).toList();
            boolean valves =
                    workspace.datastore("sensor_data").columns().find("valve").isPresent();
            return new Stored(
                    row.get(0).longValue(),
                    row.get(1).doubleValue(),
                    valves ? row.get(2).longValue() : 0);
        }
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "all on %s: %d rows accepted, %d stored, %d with a valve; features of %d workspaces computed anew: %d differences%n",
                version,
                accepted,
                stored,
                valves,
                checked,
                differences));
        errors.forEach(error -> text.append("  WRONG ").append(error).append('\n'));
        return text.toString();
    }
}
