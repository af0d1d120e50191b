package io.datalifecycle.dlt.examples.pumpstation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StationTest {

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Instant OUTAGE = START.plus(Duration.ofDays(5)).plus(Duration.ofHours(18));

    @Test
    void theSameSeedSendsTheSameBytes() {
        assertThat(station(7).until(START.plus(Duration.ofHours(6))))
                .isEqualTo(station(7).until(START.plus(Duration.ofHours(6))));
        assertThat(station(7).until(START.plus(Duration.ofHours(6))))
                .isNotEqualTo(station(8).until(START.plus(Duration.ofHours(6))));
    }

    @Test
    void anOutageHoldsRowsBackAndSendsThemInOneBurst() {
        Station station = station(7);
        station.until(OUTAGE);
        assertThat(station.until(OUTAGE.plus(Duration.ofHours(2)))).isEmpty();
        List<String> burst = station.until(OUTAGE.plus(Duration.ofHours(2)).plus(Station.INTERVAL));
        assertThat(burst.size()).isGreaterThanOrEqualTo(6 * 241);
        assertThat(burst.get(0)).contains(OUTAGE.toString());
    }

    @Test
    void someRowsComeTwiceAndSomeAreNonsense() {
        List<String> day = station(7).until(START.plus(Duration.ofDays(1)));
        long good = 6L * 2880;
        assertThat(day.size()).isGreaterThan((int) good);
        assertThat(day).anyMatch(line -> line.contains("ERR 17")).anyMatch(line -> !line.contains("asset_id"));
        assertThat(day.stream().distinct().count()).isLessThan(day.size());
    }

    @Test
    void aFailingBearingShakesAndWarms() {
        ZoneId zone = ZoneId.of("UTC");
        Instant from = START.plus(Duration.ofHours(8));
        Pump sick =
                new Pump("P", zone, 0.9, List.of(new Pump.Trouble(Pump.Fault.BEARING, from, Duration.ofHours(8))), 1);
        Pump well = new Pump("P", zone, 0.9, List.of(), 1);
        Reading last = null;
        Reading healthy = null;
        for (Instant at = START; at.isBefore(from.plus(Duration.ofHours(8))); at = at.plus(Station.INTERVAL)) {
            last = sick.sample(at, Station.INTERVAL);
            healthy = well.sample(at, Station.INTERVAL);
        }
        assertThat(last.vibration()).isGreaterThan(2 * healthy.vibration());
        assertThat(last.temperature()).isGreaterThan(healthy.temperature() + 8);
    }

    private static Station station(long seed) {
        return Station.of("P", START, ZoneId.of("UTC"), seed);
    }
}
