package io.datalifecycle.dlt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionTest {

    /** The order of section 11 of Semantic Versioning 2.0.0, with versions of one to four numbers between. */
    private static final List<String> IN_ORDER = List.of(
            "0.9",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.0.1",
            "1.0.1",
            "1.2",
            "1.9.0",
            "1.10.0",
            "2",
            "10.0.0-1",
            "10.0.0",
            "99999999999999999999.0.0");

    @Test
    void numbersCountByValueAndEarlyFormsComeBefore() {
        for (int i = 0; i < IN_ORDER.size(); i++) {
            for (int j = 0; j < IN_ORDER.size(); j++) {
                Version one = new Version(IN_ORDER.get(i));
                Version other = new Version(IN_ORDER.get(j));

                assertThat(Integer.signum(one.compareTo(other)))
                        .as(one + " and " + other)
                        .isEqualTo(Integer.compare(i, j));
                assertThat(one.isBefore(other)).as(one + " before " + other).isEqualTo(i < j);
            }
        }
    }

    @Test
    void anyShuffleSortsTheSame() {
        for (int seed = 0; seed < 50; seed++) {
            List<Version> shuffled =
                    new ArrayList<>(IN_ORDER.stream().map(Version::new).toList());
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(shuffled.stream().sorted().map(Version::text)).containsExactlyElementsOf(IN_ORDER);
        }
    }

    @Test
    void buildsAndMissingNumbersHaveTheSameRank() {
        assertThat(new Version("1.0").isBefore(new Version("1.0.0"))).isFalse();
        assertThat(new Version("1.0.0").isBefore(new Version("1.0"))).isFalse();
        assertThat(new Version("1.0.0+a").isBefore(new Version("1.0.0+b"))).isFalse();
        assertThat(new Version("1.0.0+a-b").isPreRelease()).isFalse();
        assertThat(new Version("1.0.0-b+a").isPreRelease()).isTrue();
        assertThat(new Version("1.0.0+a")).isNotEqualByComparingTo(new Version("1.0.0+b"));
    }

    @Test
    void otherTextsAreRefused() {
        assertThatThrownBy(() -> new Version("one")).hasMessageContaining("\"one\" is no version");
    }
}
