package io.datalifecycle.dlt.examples.pumpstation;

import io.datalifecycle.dlt.ingest.Rows;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two simulated customers over a week: the first five days arrive as history, hour by hour, and the rest live, every ten minutes. The
 * week ends on a Monday morning, when the weekly report is due in Chicago.
 */
final class SimulatedData implements DemoData {

    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant LIVE = START.plus(Duration.ofDays(5));
    /** Seven in the morning in Chicago, one day after the clocks went forward there. */
    private static final Instant END = Instant.parse("2026-03-09T12:00:00Z");

    private static final Duration LIVE_STEP = Duration.ofMinutes(10);

    @Override
    public String template() {
        return "pump-station.yaml";
    }

    @Override
    public Instant start() {
        return START;
    }

    @Override
    public List<Feed> feeds() {
        return List.of(
                feed("north-field", "America/Chicago", "N", 7, 41.85, -87.65, Map.of("ops_email", "ops@north.example")),
                feed(
                        "south-field",
                        "Europe/Oslo",
                        "S",
                        11,
                        59.91,
                        10.75,
                        Map.of("ops_email", "ops@south.example", "vibration_limit", 0.45)));
    }

    private static Feed feed(
            String key,
            String zone,
            String prefix,
            long seed,
            double latitude,
            double longitude,
            Map<String, Object> parameters) {
        ZoneId zoneId = ZoneId.of(zone);
        Station station = Station.of(prefix, START, zoneId, seed);
        List<Map<String, Object>> sites = IntStream.range(0, 6)
                .mapToObj(i -> Map.<String, Object>of(
                        "installed_at", START.minus(Duration.ofDays(30)),
                        "asset_id", prefix + "-" + (101 + i),
                        "latitude", latitude + 0.02 * (i % 3) + 0.006 * i,
                        "longitude", longitude + 0.035 * (i / 3) + 0.011 * i))
                .toList();
        return new Feed(key, zoneId, parameters, sites, steps(station));
    }

    private static Iterator<Feed.Step> steps(Station station) {
        List<Instant> ends = new ArrayList<>();
        for (Instant at = START.plus(Duration.ofDays(1)); !at.isAfter(LIVE); at = at.plus(Duration.ofDays(1))) {
            ends.add(at);
        }
        for (Instant at = LIVE.plus(LIVE_STEP); !at.isAfter(END); at = at.plus(LIVE_STEP)) {
            ends.add(at);
        }
        double length = Duration.between(START, END).toSeconds();
        return ends.stream()
                .map(at -> new Feed.Step(
                        at,
                        List.of(new Feed.Batch("transmitter", ndjson(station.until(at)))),
                        at.equals(LIVE),
                        Duration.between(START, at).toSeconds() / length))
                .iterator();
    }

    private static Rows ndjson(List<String> lines) {
        return Rows.ndjson(
                new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
