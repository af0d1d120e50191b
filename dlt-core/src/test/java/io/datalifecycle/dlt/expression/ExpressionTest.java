package io.datalifecycle.dlt.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ExpressionTest {

    private static final Map<String, Object> VALUES = values();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3 | 7",
                "7 / 2 | 3.5",
                "7 % 4 | 3",
                "-whole | -4",
                "9223372036854775807 + 1 | 9.223372036854776E18",
                "whole * 3000000000000000000 | 1.2E19",
                "value * 2 | 1.0",
                "exact + 1 | 2.25",
                "param.limit | 0.35",
                "row.asset_id + '!' | P-101!",
                "value > param.limit ? 'high' : 'low' | high",
                "fn:abs(-3) | 3",
                "fn:max(1, 2.5, 2) | 2.5",
                "fn:min(3, 2) | 2",
                "fn:round(2.345, 2) | 2.35",
                "fn:round(-2.5) | -3.0",
                "fn:floor(2.7) + fn:ceil(2.1) | 5.0",
                "fn:sqrt(16) | 4.0",
                "fn:pow(2, 10) | 1024.0",
                "fn:log(1) + fn:exp(0) | 1.0",
                "fn:coalesce(missing, nan, 5) | 5",
                "fn:upper(row.asset_id) | P-101",
                "fn:length('abc') | 3",
                "value > 0.4 and not (whole < 3) | true",
                "value > 0.4 && !(whole < 3) or false | true",
                "fn:startsWith(row.asset_id, 'P-') | true",
                "fn:contains('abc', 'd') | false",
                "fn:present(missing) | false",
                "fn:epoch(1767607200) | 2026-01-05T10:00:00Z",
                "fn:epoch(1767607200123 / 1000) | 2026-01-05T10:00:00.123Z",
                "fn:time('05.01.2026 10:00', 'd.M.yyyy H:mm[:ss]') | 2026-01-05T10:00:00Z",
                "fn:time('5.1.2026 9:00:30', 'd.M.yyyy H:mm[:ss]', 'Europe/Berlin') | 2026-01-05T08:00:30Z",
                "fn:time('1/25/2026 10:00 pm', 'M/d/yyyy h:mm a') | 2026-01-25T22:00:00Z",
                "fn:time('25 Jan 2026', 'd MMM yyyy') | 2026-01-25T00:00:00Z",
                "fn:time(20260125, 'yyyyMMdd') | 2026-01-25T00:00:00Z",
                "fn:time('2026-01-25 10:00:00.1234567', 'iso', 'UTC') | 2026-01-25T10:00:00.123456Z",
                "fn:time('2026-01-25T10:00+0100', 'iso', 'America/Chicago') | 2026-01-25T09:00:00Z",
                "fn:time('2026-03-29 02:30', 'iso', 'Europe/Berlin') | 2026-03-29T01:30:00Z",
                "fn:time('2026-10-25 02:30', 'iso', 'Europe/Berlin') | 2026-10-25T00:30:00Z",
                "at < later | true",
                "whole == 4.0 | true",
                "flag == true | true",
            })
    void computes(String text, String expected) {
        assertThat(Expression.parse(text).evaluate(VALUES)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fn:time(missing, 'iso')",
                "fn:epoch(missing)",
                "missing > 1",
                "missing < 1",
                "missing == 1",
                "missing != 1",
                "missing == null",
                "1 < nan",
                "nan != nan",
                "infinite > 1",
                "missing + 1",
                "-missing",
                "not missing",
                "missing and true",
                "missing ? 1 : 2",
                "1 / 0",
                "0 / 0",
                "1 % 0",
                "1e308 * 10",
                "fn:sqrt(-1)",
                "fn:abs(missing)",
                "fn:coalesce(missing, nan)",
                "missing",
                "nan",
                "fn:max(1, nan)",
            })
    void whateverMeetsNoValueHasNone(String text) {
        assertThat(Expression.parse(text).evaluate(VALUES)).isNull();
        assertThat(Expression.parse(text).test(VALUES)).isFalse();
    }

    @Test
    void listsItsVariables() {
        assertThat(Expression.parse("value > 0.9 * param.limit and fn:abs(row.drift) < param.limit")
                        .variables())
                .containsExactly("param.limit", "row.drift", "value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown > 1 | unknown is not known",
                "param.other > 1 | param.other is not known",
                "row.asset_id > 1 | a text cannot be compared with a number",
                "row.asset_id * 2 | a text stands where a number is needed",
                "whole and true | a number stands where a condition is needed",
                "'a' == 1 | a text cannot be compared with a number",
                "fn:abs(1, 2) | fn:abs is not known with these arguments",
                "fn:round(1, 99) | round takes from -15 to 15 digits",
            })
    void saysWhatTheValuesDoNotAllow(String text, String reason) {
        assertThatThrownBy(() -> Expression.parse(text).evaluate(VALUES))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("expression: " + text + ": " + reason + " [DLT-4007]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1 +",
                "(1",
                "value >",
                "1 2",
                "value > > 1",
                "x = 1",
                "value := 1",
                "x += 1",
                "x++",
                "new('java.lang.String')",
                "new java.io.File('/')",
                "var x = 1; x",
                "let x = 1",
                "for (x : y) x",
                "while (true) 1",
                "while(true) {}",
                "do {} while(true)",
                "if (true) 1",
                "x -> x",
                "x => x",
                "(x) -> { x }",
                "function(x) { x }",
                "{ 1 }",
                "[1, 2]",
                "{'a': 1}",
                "{1, 2}",
                "1..100000000",
                "value =~ 'a+'",
                "'a' !~ 'b'",
                "value =^ 'a'",
                "~/a+/",
                "`${1 + 1}`",
                "#pragma x y",
                "@silent 1",
                "1; 2",
                "return 1",
                "''.getClass()",
                "value.class",
                "row.asset_id.getClass().forName('java.lang.Runtime')",
                "'a'.repeat(1000000000)",
                "size('abc')",
                "empty(value)",
                "value?.x",
                "1 << 62",
                "x[y]",
                "fn.abs(1)",
                "java:abs(1)",
                "System.exit(1)",
                "\\u0022",
            })
    void refusesWhatIsNoPlainExpression(String text) {
        assertThatThrownBy(() -> Expression.parse(text).evaluate(VALUES)).isInstanceOf(ExpressionException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fn:sqr(1) > 2 | calls fn:sqr, which is not known; did you mean fn:sqrt?",
                "abs(1) | calls abs, which is not known; did you mean fn:abs?",
                "java:exit(1) | calls java:exit, which is not known; there are fn:abs, fn:max and others",
                "'a'.length() == 1 | calls length, which is not known; did you mean fn:length?",
                "x = 1 | uses what is not allowed; use arithmetic, comparisons, and, or, not, and functions such as fn:abs(x)",
                "a ? b:c(1) | calls b:c, which is not known; there are fn:abs, fn:max and others",
                "value & 1 | \"&\" is not allowed in an expression, write and, or",
                "row['x'] | \"[\" is not allowed in an expression",
                "value ?? 3 | \"??\" is not allowed in an expression",
            })
    void saysWhileReadingWhatCannotWork(String text, String reason) {
        assertThatThrownBy(() -> Expression.parse(text)).hasMessage("expression: " + reason + " [DLT-1022]");
    }

    @Test
    void callsBehindAConditionalAndOperatorsAreNoUnknownFunctions() {
        assertThat(Expression.parse("flag ? fn:abs(-1):fn:abs(-2)").evaluate(VALUES))
                .isEqualTo(1L);
        assertThat(Expression.parse("flag and (not (whole < 3))").test(VALUES)).isTrue();
        assertThat(Expression.parse("row.asset_id == 'call(x)'").test(VALUES)).isFalse();
    }

    @Test
    void refusesLengthAndNesting() {
        assertThatThrownBy(() -> Expression.parse("1" + " + 1".repeat(600)))
                .hasMessage("expression: has 2401 characters, at most 2000 are allowed [DLT-1022]");
        assertThatThrownBy(() -> Expression.parse("(".repeat(33) + "1" + ")".repeat(33)))
                .hasMessage("expression: is nested more than 32 deep [DLT-1022]");
        assertThatThrownBy(() -> Expression.parse("- ".repeat(900) + "1")).hasMessageContaining("nested");
        assertThatThrownBy(() -> Expression.parse("not ".repeat(400) + "true")).isInstanceOf(ExpressionException.class);
        assertThat(Expression.parse("1" + " + 1".repeat(400)).evaluate(Map.of()))
                .isEqualTo(401L);
    }

    @Test
    void textsCannotGrowWithoutEnd() {
        String doubled = "a + a";
        Map<String, Object> big = Map.of("a", "x".repeat(40_000));

        assertThatThrownBy(() -> Expression.parse(doubled).evaluate(big))
                .hasMessageContaining("grows past 65536 characters");
    }

    @Test
    void hugeNumbersStayCheap() {
        assertThat(Expression.parse("x * x").evaluate(Map.of("x", new BigDecimal("1e999999999"))))
                .isNull();
        assertThat(Expression.parse("x + 1").evaluate(Map.of("x", BigInteger.TWO.pow(200))))
                .isEqualTo(Math.pow(2, 200));
        assertThatThrownBy(() -> Expression.parse("9".repeat(1_900)).evaluate(Map.of()))
                .isInstanceOf(ExpressionException.class);
    }

    @Test
    void onlyPlainValuesMayComeIn() {
        assertThatThrownBy(() -> Expression.parse("x").evaluate(Map.of("x", new Object[0])))
                .hasMessageContaining("a value of type Object[] cannot be used");
        assertThatThrownBy(() -> Expression.parse("x == 1").evaluate(Map.of("x", Runtime.getRuntime())))
                .hasMessageContaining("a value of type Runtime cannot be used");
    }

    private static Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("value", 0.5);
        values.put("whole", 4);
        values.put("exact", new BigDecimal("1.25"));
        values.put("flag", true);
        values.put("missing", null);
        values.put("nan", Double.NaN);
        values.put("infinite", Double.POSITIVE_INFINITY);
        values.put("at", Instant.parse("2026-01-01T00:00:00Z"));
        values.put("later", Instant.parse("2026-01-02T00:00:00Z"));
        values.put("param", Map.of("limit", 0.35));
        values.put("row.asset_id", "P-101");
        return values;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fn:time('31.02.2026', 'd.M.yyyy') | is no time of the pattern",
                "fn:time('soon', 'iso') | is no time of the pattern",
                "fn:time('1.1.2026', 'pppppppp9H') | is no pattern",
                "fn:time('1.1.2026', 'd.M.#yyyy') | reserved character",
                "fn:time('1.1.2026', 'd.M.yyyy', 'Mars/Here') | Mars/Here",
                "fn:time('1.1.12026', 'd.M.y') | is no time of the pattern",
                "fn:epoch(1e300) | years 1 to 9999",
            })
    void timesThatAreNoneAreTold(String text, String message) {
        assertThatThrownBy(() -> Expression.parse(text).evaluate(VALUES))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message);
    }
}
