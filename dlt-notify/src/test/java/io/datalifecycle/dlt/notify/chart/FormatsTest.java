package io.datalifecycle.dlt.notify.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.view.TableView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

    private final Formats formats = Formats.in(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "-0.0|0",
                "1|1",
                "0.35|0.35",
                "0.12345|0.1235",
                "12.345|12.35",
                "999.96|1,000",
                "1234.5|1,235",
                "18432.6|18,433",
                "-1234567|-1,234,567",
                "1.0005|1.001",
                "0.000012345|0.00001235",
                "1.5e-7|1.5e-7",
                "2e20|2e20",
                "1e300|1e300",
                "NaN|–",
                "Infinity|∞",
                "-Infinity|-∞"
            })
    void numbersHaveFourSignificantDigitsAndAllOfTheirWholePart(double value, String text) {
        assertThat(Formats.number(value)).isEqualTo(text);
    }

    @Test
    void unitStandsBehindASpaceThatDoesNotBreak() {
        assertThat(Formats.number(4.2, "bar")).isEqualTo("4.2\u00a0bar");
        assertThat(Formats.number(Double.NaN, "bar")).isEqualTo("–");
        assertThat(Formats.number(4.2, "")).isEqualTo("4.2");
    }

    @Test
    void timesAreShownInTheZoneWithSecondsOnlyWhereThereAreAny() {
        assertThat(formats.time(Instant.parse("2026-01-31T23:30:00Z"))).isEqualTo("2026-02-01 00:30");
        assertThat(formats.time(Instant.parse("2026-07-01T00:00:05Z"))).isEqualTo("2026-07-01 02:00:05");
    }

    @Test
    void zoneIsNamedWithItsOffsetAtThatTime() {
        assertThat(formats.zoneName(Instant.parse("2026-07-01T00:00:00Z"))).isEqualTo("Europe/Berlin (UTC+02:00)");
        assertThat(Formats.in(ZoneId.of("UTC")).zoneName(Instant.EPOCH)).isEqualTo("UTC");
    }

    @Test
    void cellsOfEveryTypeAreWrittenForPeople() {
        Column any = Column.of("a", ColumnType.TEXT);
        assertThat(formats.cell(any, null)).isEqualTo("–");
        assertThat(formats.cell(any, "text")).isEqualTo("text");
        assertThat(formats.cell(any, 12_345L)).isEqualTo("12,345");
        assertThat(formats.cell(any, new BigDecimal("12345.678900"))).isEqualTo("12,345.6789");
        assertThat(formats.cell(any, new BigDecimal("1E+300"))).isEqualTo("1E+300");
        assertThat(formats.cell(any, true)).isEqualTo("yes");
        assertThat(formats.cell(any, LocalDate.of(2026, 3, 1))).isEqualTo("2026-03-01");
        assertThat(formats.cell(any, LocalTime.of(7, 5, 9, 120_000_000))).isEqualTo("07:05:09");
        assertThat(formats.cell(any, Instant.parse("2026-01-01T00:00:00Z"))).isEqualTo("2026-01-01 01:00");
    }

    @Test
    void pointsOfAColumnStandBelowEachOther() {
        TableView table = new TableView(
                List.of(Column.of("a", ColumnType.DOUBLE)),
                List.of(List.of(4.12), List.of(0.5), Collections.singletonList(null), List.of(3.0)),
                List.of(),
                false);

        assertThat(formats.cells(table, 0)).containsExactly("4.12", "0.50", "–", "3.00");
    }

    @Test
    void headingHasItsWordsApartAndItsUnit() {
        assertThat(Formats.heading(new Column("pressure_avg", ColumnType.DOUBLE, false, Optional.of("bar"))))
                .isEqualTo("pressure avg (bar)");
    }

    @Test
    void labelsAreSortedByName() {
        assertThat(Formats.labels(Map.of("site", "north", "asset_id", "P-101")))
                .isEqualTo("asset_id=P-101, site=north");
    }
}
