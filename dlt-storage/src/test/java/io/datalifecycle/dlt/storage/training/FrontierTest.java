package io.datalifecycle.dlt.storage.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The latest row known at any instant, against looking at all versions each time. */
class FrontierTest {

    private record Event(long at, long from, Frontier.Version version) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givesWhatLookingAtAllVersionsGives(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<Event> events = new ArrayList<>();
            for (int i = random.nextInt(25); i > 0; i--) {
                long time = random.nextInt(12);
                long at = random.nextInt(30);
                long until = random.nextInt(3) == 0 ? Frontier.FOREVER : at + random.nextInt(15);
                Object value = random.nextInt(4) == 0 ? null : (Object) (long) random.nextInt(3);
                events.add(new Event(
                        at, time + random.nextInt(6), new Frontier.Version(time, until, new Object[] {value})));
            }
            events.sort(Comparator.comparingLong(Event::at));
            Frontier frontier = new Frontier();
            int next = 0;
            for (long now = 0; now < 50; now++) {
                for (; next < events.size() && events.get(next).at() <= now; next++) {
                    frontier.add(
                            events.get(next).at(),
                            events.get(next).from(),
                            events.get(next).version());
                }
                if (random.nextInt(3) > 0) { // not asked at every instant
                    Frontier.Version found = frontier.at(now);
                    assertThat(found == null ? null : List.of(found.time(), String.valueOf(found.values()[0])))
                            .isEqualTo(latest(events, now));
                }
            }
        }
    }

    private static List<Object> latest(List<Event> events, long now) {
        return events.stream()
                .filter(e -> e.at() <= now && e.from() <= now && e.version().until() > now)
                .map(Event::version)
                .max(Comparator.comparingLong(Frontier.Version::time)
                        .thenComparing(
                                v -> v.values()[0] == null ? -1 : (long) (Long) Objects.requireNonNull(v.values()[0])))
                .map(v -> List.<Object>of(v.time(), String.valueOf(v.values()[0])))
                .orElse(null);
    }

    @Test
    void anotherKeyBeginsWithNothing() {
        Frontier frontier = new Frontier();
        frontier.add(1, 1, new Frontier.Version(1, Frontier.FOREVER, new Object[] {1L}));
        frontier.add(1, 5, new Frontier.Version(2, Frontier.FOREVER, new Object[] {2L}));
        frontier.clear();
        assertThat(frontier.at(9)).isNull();
    }
}
