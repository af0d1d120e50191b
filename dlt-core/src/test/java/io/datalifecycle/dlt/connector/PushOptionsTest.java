package io.datalifecycle.dlt.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.datalifecycle.dlt.ingest.CsvFormat;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PushOptionsTest {

    @Test
    void csvIsReadAsTheOptionsSay() {
        Map<String, Object> options =
                Map.of("csv", Map.of("delimiter", "tab", "decimal_comma", true, "null_texts", List.of("NA")));
        assertThat(PushOptions.check(options)).isEmpty();
        CsvFormat format =
                PushOptions.csv("inbox", options, ZoneId.of("Europe/Berlin")).orElseThrow();
        assertThat(format.delimiter()).contains('\t');
        assertThat(format.hasDecimalComma()).isTrue();
        assertThat(format.nulls()).containsExactly("NA");
        assertThat(format.zone()).contains(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void withoutOptionsTheCallerSays() {
        assertThat(PushOptions.check(Map.of())).isEmpty();
        assertThat(PushOptions.csv("inbox", Map.of(), ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void whatIsNotKnownOrNotRightIsTold() {
        Map<String, Object> options = Map.of("path", "/tmp", "csv", Map.of("zone", "Mars/Here"));
        assertThat(PushOptions.check(options))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/path", "/csv/zone");
        assertThatExceptionOfType(DltException.class)
                .isThrownBy(() -> PushOptions.csv("inbox", options, ZoneOffset.UTC))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.CONNECTOR_OPTION));
    }
}
