package io.datalifecycle.dlt.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NestingPropertyTest {

    private static final Instant LAST = Instant.parse("2080-01-01T00:00:00Z");

    private static final List<TemporalAmount> WIDTHS = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(7),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofMinutes(45),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(8),
            Duration.ofHours(24),
            Duration.ofHours(48),
            Duration.ofDays(7),
            Period.ofDays(1),
            Period.ofDays(2),
            Period.ofDays(7),
            Period.ofDays(14),
            Period.ofMonths(1),
            Period.ofMonths(3),
            Period.ofMonths(5),
            Period.ofYears(1),
            Period.ofYears(2));

    /** Where it says yes, no bucket around any change of the clocks, nor any at random, breaks. Where it says no, a broken one is found. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void bucketsNestExactlyWhereItIsSaid(long seed) {
        Random random = new Random(seed);
        List<String> zones = new ArrayList<>(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        int yes = 0;
        int no = 0;
        for (int i = 0; i < 400; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            Bucketing inner = Bucketing.of(WIDTHS.get(random.nextInt(WIDTHS.size())), zone);
            Bucketing outer = Bucketing.of(WIDTHS.get(random.nextInt(WIDTHS.size())), zone);
            List<Instant> instants = instants(zone, outer, random);
            Optional<Instant> broken =
                    instants.stream().filter(at -> breaks(inner, outer, at)).findFirst();
            if (Nesting.nests(inner, outer)) {
                yes++;
                assertThat(broken).as(inner + " in " + outer).isEmpty();
            } else if (!mayNest(inner, outer)) {
                no++;
                assertThat(broken).as(inner + " in " + outer).isPresent();
            }
        }
        assertThat(yes).isGreaterThan(50);
        assertThat(no).isGreaterThan(50);
    }

    /**
     * Calendar buckets are never said to lie within fixed ones, though in a zone without changes they might; and every offset counts, even
     * one that no week, month or year has begun with.
     */
    private static boolean mayNest(Bucketing inner, Bucketing outer) {
        return inner.isCalendar() != outer.isCalendar() && !outer.every().equals(Period.ofDays(1));
    }

    private static boolean breaks(Bucketing inner, Bucketing outer, Instant at) {
        TimeRange narrow = inner.bucketOf(at);
        TimeRange wide = outer.bucketOf(at);
        return !narrow.from().isBefore(Instant.EPOCH)
                && (narrow.from().isBefore(wide.from()) || narrow.to().isAfter(wide.to()));
    }

    /** Edges of wide buckets, every change of the clocks, and some more, since 1970. */
    private static List<Instant> instants(ZoneId zone, Bucketing outer, Random random) {
        List<Instant> instants = new ArrayList<>();
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.EPOCH);
        for (;
                change != null && change.getInstant().isBefore(LAST);
                change = zone.getRules().nextTransition(change.getInstant())) {
            for (int hours = -36; hours <= 36; hours += 12) {
                instants.add(change.getInstant().plus(Duration.ofHours(hours)));
            }
        }
        long span = LAST.getEpochSecond();
        for (int i = 0; i < 400; i++) {
            instants.add(Instant.ofEpochSecond((long) (random.nextDouble() * span)));
        }
        List<Instant> edges = new ArrayList<>();
        for (Instant at : instants) {
            TimeRange bucket = outer.bucketOf(at);
            edges.add(bucket.from());
            edges.add(bucket.to().minusNanos(1_000));
        }
        instants.addAll(edges);
        return instants;
    }

    @ParameterizedTest
    @CsvSource({
        "PT10M, PT1H, UTC, true",
        "PT25M, PT1H, UTC, false",
        "PT1H, PT10M, UTC, false",
        "PT1H, P1D, Europe/Berlin, true",
        "PT2H, P1D, Europe/Berlin, false",
        "PT2H, P1D, UTC, true",
        "PT48H, P2D, UTC, true",
        "PT48H, P1M, UTC, false",
        "PT168H, P7D, UTC, false",
        "PT30M, P1M, Australia/Lord_Howe, true",
        "PT1H, P1M, Australia/Lord_Howe, false",
        "PT15M, P1Y, Asia/Kathmandu, true",
        "PT10M, P1Y, Asia/Kathmandu, false",
        "PT30S, P1D, Africa/Monrovia, true",
        "PT1M, P1D, Africa/Monrovia, false",
        "PT1H, P1D, America/Sao_Paulo, true",
        "P1D, PT24H, UTC, false",
        "P1D, P7D, Europe/Berlin, true",
        "P1D, P10D, Europe/Berlin, true",
        "P2D, P7D, Europe/Berlin, false",
        "P7D, P1M, Europe/Berlin, false",
        "P1D, P1M, Europe/Berlin, true",
        "P2D, P1Y, Europe/Berlin, false",
        "P1M, P1Y, Europe/Berlin, true",
        "P5M, P1Y, Europe/Berlin, false",
        "P1Y, P24M, Europe/Berlin, true",
        "P1M, P7D, Europe/Berlin, false"
    })
    void goldenCases(String inner, String outer, String zone, boolean nests) {
        assertThat(Nesting.nests(bucketing(inner, zone), bucketing(outer, zone)))
                .isEqualTo(nests);
    }

    @Test
    void calendarsMustFollowTheSameRules() {
        assertThat(Nesting.nests(bucketing("P1D", "Europe/Berlin"), bucketing("P1M", "Europe/Lisbon")))
                .isFalse();
        assertThat(Nesting.nests(bucketing("P1D", "UTC"), bucketing("P1M", "Etc/UTC")))
                .isTrue();
        assertThat(Nesting.nests(bucketing("PT1H", "Asia/Kathmandu"), bucketing("P1M", "Europe/Lisbon")))
                .isTrue();
    }

    @Test
    void widthsThatFitAreNamed() {
        assertThat(Nesting.fitting(bucketing("P1M", "Asia/Kolkata"), ZoneId.of("Asia/Kolkata")))
                .endsWith(Duration.ofMinutes(15), Duration.ofMinutes(30), Period.ofDays(1));
        assertThat(Nesting.fitting(bucketing("PT10M", "UTC"), ZoneId.of("UTC")))
                .endsWith(Duration.ofMinutes(1), Duration.ofMinutes(5));
    }

    private static Bucketing bucketing(String every, String zone) {
        return Bucketing.of(every.contains("T") ? Duration.parse(every) : Period.parse(every), ZoneId.of(zone));
    }
}
