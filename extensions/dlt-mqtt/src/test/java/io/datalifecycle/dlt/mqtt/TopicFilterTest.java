package io.datalifecycle.dlt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics are matched as MQTT says, and named levels give fields. */
final class TopicFilterTest {

    @Test
    void namedLevelsAreWildcardsWhoseTextsAreFields() {
        TopicFilter filter = TopicFilter.parse("site/{site}/+/{asset_id}/#");
        assertThat(filter.filter()).isEqualTo("site/+/+/+/#");
        assertThat(filter.match("site/n/x/P-1/a/b")).contains(Map.of("site", "n", "asset_id", "P-1"));
        assertThat(filter.match("site/n/x/P-1")).contains(Map.of("site", "n", "asset_id", "P-1"));
        assertThat(filter.match("site/n/x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "#, a/b, true", "#, $SYS/a, false", "+/a, $SYS/a, false", "$SYS/#, $SYS/a, true", "a/#, a, true",
        "a/+, a, false", "a/+, a/, true", "a/+/c, a/b/c, true", "a/b, a/b/c, false", "a/+, a/+, true",
        "a/+, a/#, false", "a/#, a/+/c, true", "a/b, a/+, false", "a/#, b/#, false", "a/#, #, false",
    })
    void coversIsMatchingForTopicsAndInclusionForFilters(String wide, String narrow, boolean covered) {
        assertThat(TopicFilter.covers(wide, narrow)).isEqualTo(covered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#/b", "a#", "a+/b", "{a}/{a}", "{a b}", "x{a}", "$share/g/a", "a\0b"})
    void whatIsNoFilterIsRefused(String text) {
        assertThatThrownBy(() -> TopicFilter.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
