package io.datalifecycle.dlt.examples.pumpstation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A simulated station: several pumps sampled at a fixed interval, and a transmitter that loses its line for a while, sends what it had
 * buffered in one late burst, repeats rows and now and then sends nonsense. The same seed gives the same bytes.
 */
final class Station {

    /** Time between two samples of one pump. */
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final double REPEATED = 0.004;
    private static final double BROKEN = 0.0008;

    private final List<Pump> pumps;
    private final Instant outageFrom;
    private final Instant outageTo;
    private final SplittableRandom random;
    private final List<String> buffered = new ArrayList<>();
    private Instant next;

    private Station(List<Pump> pumps, Instant start, Instant outageFrom, Instant outageTo, long seed) {
        this.pumps = pumps;
        this.next = start;
        this.outageFrom = outageFrom;
        this.outageTo = outageTo;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Six pumps from an instant on. On the sixth day the bearing of one fails over ten hours, on the seventh another cavitates for three
     * hours, and from the sixth day's evening the line is down for two hours.
     */
    static Station of(String prefix, Instant start, ZoneId zone, long seed) {
        Instant day6 = start.plus(Duration.ofDays(5));
        List<Pump> pumps = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<Pump.Trouble> troubles = switch (i) {
                case 1 ->
                    List.of(new Pump.Trouble(
                            Pump.Fault.BEARING, day6.plus(Duration.ofHours(13)), Duration.ofHours(10)));
                case 4 ->
                    List.of(new Pump.Trouble(
                            Pump.Fault.CAVITATION, day6.plus(Duration.ofHours(38)), Duration.ofHours(3)));
                default -> List.of();
            };
            pumps.add(new Pump(prefix + "-" + (101 + i), zone, 0.8 + 0.05 * i, troubles, seed * 31 + i));
        }
        Instant outage = day6.plus(Duration.ofHours(18));
        return new Station(pumps, start, outage, outage.plus(Duration.ofHours(2)), seed);
    }

    /** Lines of NDJSON that arrive up to an instant, in the order of their arrival. */
    List<String> until(Instant to) {
        List<String> arrived = new ArrayList<>();
        while (next.isBefore(to)) {
            boolean down = !next.isBefore(outageFrom) && next.isBefore(outageTo);
            if (!down && !buffered.isEmpty()) {
                arrived.addAll(buffered);
                buffered.clear();
            }
            for (Pump pump : pumps) {
                send(pump.sample(next, INTERVAL), down ? buffered : arrived);
            }
            next = next.plus(INTERVAL);
        }
        return arrived;
    }

    private void send(Reading reading, List<String> line) {
        String json = reading.json();
        line.add(json);
        if (random.nextDouble() < REPEATED) {
            line.add(json);
        }
        if (random.nextDouble() < BROKEN) {
            line.add(broken(reading, json));
        }
    }

    /** The kinds of nonsense that real transmitters send; each breaks the schema in another way. */
    private String broken(Reading reading, String json) {
        return switch (random.nextInt(5)) {
            case 0 -> json.replace("\"pressure\":" + reading.pressure(), "\"pressure\":\"ERR 17\"");
            case 1 -> json.replace("\"asset_id\":\"" + reading.asset() + "\",", "");
            case 2 -> json.substring(0, json.length() / 2);
            case 3 -> json.replace("\"vibration\":" + reading.vibration(), "\"vibration\":-1.0");
            default -> json.replace(reading.at().toString(), "yesterday noon");
        };
    }
}
