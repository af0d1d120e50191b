package io.datalifecycle.dlt.ml;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ten-minute roll-ups of pumps as they might be: a daily cycle of load, noise, and faults of three kinds where asked for. */
public final class PumpSignals {

    public static final List<String> FEATURES =
            List.of("pressure_avg", "vibration_max", "temperature_avg", "power_avg");
    public static final RowSchema SCHEMA = new RowSchema(List.of(
            Column.required("bucket", ColumnType.TIMESTAMP),
            Column.required("asset_id", ColumnType.TEXT),
            Column.of("pressure_avg", ColumnType.DOUBLE),
            Column.of("vibration_max", ColumnType.DOUBLE),
            Column.of("temperature_avg", ColumnType.DOUBLE),
            Column.of("power_avg", ColumnType.DOUBLE),
            Column.of("fault", ColumnType.BOOLEAN)));

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STEPS_PER_DAY = 144;

    private final long seed;
    private final List<String> assets;

    public PumpSignals(long seed, String... assets) {
        this.seed = seed;
        this.assets = List.of(assets);
    }

    /** Rows from one step to another; faults begin every so many steps and last six, 0 for none. */
    public RowBatch rows(int from, int to, int faultEvery) {
        RowBatch.Builder rows = RowBatch.builder(SCHEMA, (to - from) * assets.size());
        for (int step = from; step < to; step++) {
            for (int a = 0; a < assets.size(); a++) {
                boolean fault = faultEvery > 0 && step % faultEvery >= faultEvery - 6;
                int kind = fault ? (step / faultEvery) % 3 : -1;
                add(rows, step, a, kind);
            }
        }
        return rows.build();
    }

    /** Time of a step. */
    public static Instant at(int step) {
        return START.plusSeconds(step * 600L);
    }

    private void add(RowBatch.Builder rows, int step, int asset, int kind) {
        Random noise = new Random(seed * 31 + step * 7919L + asset * 104_729L);
        noise.nextDouble();
        double load = 0.6 + 0.3 * Math.sin(2 * Math.PI * step / STEPS_PER_DAY) + 0.03 * noise.nextGaussian();
        double pressure = 4 + 2 * load + 0.05 * noise.nextGaussian();
        double vibration = 0.1 + 0.08 * load + 0.01 * noise.nextGaussian();
        double temperature = 60 + 8 * load + 0.5 * noise.nextGaussian();
        double power = 10 + 12 * load + 0.3 * noise.nextGaussian();
        if (kind == 0) { // cavitation: pressure drops, vibration rises
            pressure -= 0.8;
            vibration += 0.12;
        } else if (kind == 1) { // bearing: hot and shaking
            vibration += 0.15;
            temperature += 9;
        } else if (kind == 2) { // blocked: pressure without power's usual share
            pressure += 1.5;
            power -= 4;
        }
        rows.setLong(0, RowBatch.microsOf(at(step)));
        rows.setObject(1, assets.get(asset));
        rows.setDouble(2, pressure);
        rows.setDouble(3, vibration);
        rows.setDouble(4, temperature);
        rows.setDouble(5, power);
        rows.setLong(6, kind >= 0 ? 1 : 0);
        rows.endRow(rows.size() + 1L);
    }

    /** The rows of a batch from one to another, as a batch of their own. */
    public static RowBatch slice(RowBatch rows, int from, int to) {
        RowBatch.Builder part = RowBatch.builder(rows.schema(), to - from);
        for (int row = from; row < to; row++) {
            for (int c = 0; c < rows.schema().size(); c++) {
                part.set(c, rows.value(row, c));
            }
            part.endRow(rows.position(row));
        }
        return part.build();
    }

    /** All rows as lists of values, for comparing. */
    public static List<List<Object>> values(RowBatch rows) {
        List<List<Object>> all = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            all.add(new ArrayList<>(rows.row(row).values()));
        }
        return all;
    }
}
