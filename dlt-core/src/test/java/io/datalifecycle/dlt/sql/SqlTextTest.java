package io.datalifecycle.dlt.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @Test
    void findsReferencesAndInputsWithTheirPlaces() {
        SqlText text = SqlText.parse(
                "SELECT a FROM datastore:raw r JOIN featurestore:f USING (k)\nWHERE a > :low AND b < :high OR a = :low");

        assertThat(text.references())
                .containsExactly(new SqlReference("datastore", "raw", 14), new SqlReference("featurestore", "f", 35));
        assertThat(text.inputs()).containsExactly("low", "high");
        assertThat(text.inputUses()).extracting(SqlInput::name).containsExactly("low", "high", "low");
        assertThat(text.place(text.inputUses().get(0).offset())).isEqualTo("line 2, column 11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a::text",
                "SELECT a:: text FROM t",
                "SELECT ':x', 'datastore:raw'",
                "SELECT 'it''s :x'",
                "SELECT E'\\' :x datastore:raw'",
                "SELECT e'\\\\', 1 -- :x",
                "SELECT U&'d\\0061 :x'",
                "SELECT \"a:x\", \"datastore:raw\", \"with \"\" :x\"",
                "SELECT U&\"a :x\"",
                "SELECT $$ :x datastore:raw $$",
                "SELECT $tag$ :x $$ :y $tag$",
                "SELECT $täg$ :x $täg$",
                "SELECT 1 /* :x /* nested :y */ datastore:raw */",
                "SELECT 1 -- :x datastore:raw",
                "SELECT x[1:2] FROM t",
                "SELECT x[a:b], x[f(1):g(2)], x[1:]",
                "SELECT x[a[1]:b] FROM t",
                "SELECT f(a := 1)",
                "SELECT j->'a'->>'b' #> '{c}' @> '{}' ? 'k'",
                "SELECT 1e-5, .5, 1_000, 0xFF",
            })
    void takesNothingForAReferenceOrInputThatIsNone(String sql) {
        SqlText text = SqlText.parse(sql);

        assertThat(text.references()).isEmpty();
        assertThat(text.inputs()).isEmpty();
        assertThat(text.render(r -> "?", i -> "?")).isEqualTo(sql.replaceAll(" -- .*$| /\\*.*$", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT :x::int | SELECT <x>::int",
                "SELECT a=:x | SELECT a=<x>",
                "SELECT (:x) | SELECT (<x>)",
                "SELECT ARRAY[:x, :y] | SELECT ARRAY[<x>, <y>]",
                "SELECT a[:x] | SELECT a[<x>]",
                "SELECT a[1: :x] | SELECT a[1: <x>]",
                "SELECT ARRAY[(SELECT v FROM datastore:raw)] | SELECT ARRAY[(SELECT v FROM {datastore:raw})]",
                "SELECT $$a$$,:x | SELECT $$a$$,<x>",
                "SELECT nameE'' , :x | SELECT nameE'' , <x>",
                "SELECT a$b$c, :x | SELECT a$b$c, <x>",
                "SELECT CASE WHEN :x THEN datastore:a.v END | SELECT CASE WHEN <x> THEN {datastore:a}.v END",
                "SELECT 1 FROM inferencestore:i; -- done | SELECT 1 FROM {inferencestore:i}",
                "SELECT 1 ; | SELECT 1",
            })
    void rendersReferencesAndInputs(String sql, String rendered) {
        assertThat(SqlText.parse(sql).render(r -> "{" + r + "}", i -> "<" + i + ">"))
                .isEqualTo(rendered);
    }

    @Test
    void knowsWhetherThereIsOneStatement() {
        assertThat(List.of("SELECT 1", "SELECT 1;", "SELECT 1; -- over\n /* and out */", "SELECT ';'"))
                .allMatch(sql -> SqlText.parse(sql).isSingleStatement());
        assertThat(List.of("SELECT 1; SELECT 2", ";", "", "-- only a comment"))
                .noneMatch(sql -> SqlText.parse(sql).isSingleStatement());
        assertThatThrownBy(() -> SqlText.parse("SELECT 1) q; RESET ROLE; SELECT (1"))
                .isInstanceOf(SqlSyntaxException.class);
    }

    @Test
    void knowsAQueryByItsFirstWord() {
        assertThat(List.of(
                        "select 1",
                        "/* a */ WITH x AS (SELECT 1) TABLE x",
                        "VALUES (1)",
                        "((SELECT 1) UNION SELECT 2)"))
                .allMatch(sql -> SqlText.parse(sql).isQuery());
        assertThat(List.of("DELETE FROM t", "SET x = 1", "", "'SELECT'", "selected"))
                .noneMatch(sql -> SqlText.parse(sql).isQuery());
    }

    @Test
    void seesWritesInTheTokensButNotInStrings() {
        assertThat(List.of(
                        "WITH d AS (DELETE FROM datastore:a RETURNING 1) SELECT * FROM d",
                        "SELECT 1 INTO other",
                        "SELECT 1 FROM t FOR UPDATE",
                        "SELECT 1 FROM t FOR NO KEY UPDATE"))
                .allMatch(sql -> SqlText.parse(sql).write().isPresent());
        assertThat(List.of("SELECT 'INSERT', (updated) FROM t", "SELECT \"into\" FROM t", "SELECT t.into FROM t"))
                .noneMatch(sql -> SqlText.parse(sql).write().isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 'abc | 7 | this string never ends; close it with '",
                "SELECT E'\\' | 7 | this string never ends; close it with '",
                "SELECT \"abc | 7 | this quoted name never ends; close it with \"",
                "SELECT $q$ $r$ | 7 | this string never ends; close it with $q$",
                "SELECT /* /* */ | 7 | this comment never ends; close it with */",
                "SELECT (1 | 7 | '(' is never closed",
                "SELECT 1) | 8 | ')' closes nothing",
                "SELECT (1] | 9 | ']' closes nothing",
                "SELECT $1 | 7 | a positional parameter is not allowed; name an input, as in :from",
            },
            quoteCharacter = '`')
    void saysWhereTokensEndWrongly(String sql, int offset, String reason) {
        assertThatThrownBy(() -> SqlText.parse(sql))
                .isInstanceOfSatisfying(SqlSyntaxException.class, e -> {
                    assertThat(e.offset()).isEqualTo(offset);
                    assertThat(e.reason()).isEqualTo(reason);
                })
                .hasMessage("SQL, line 1, column " + (offset + 1) + ": " + reason + " [DLT-1021]");
    }

    @Test
    void refusesNul() {
        assertThatThrownBy(() -> SqlText.parse("SELECT \0")).hasMessageContaining("NUL");
    }

    @Test
    void offsetsOfWhatIsRenderedLeadBackToTheText() {
        String sql = "SELECT a, :x FROM datastore:readings r\nWHERE b > :x";
        SqlText text = SqlText.parse(sql);
        Function<SqlReference, String> reference = r -> "\"public\".\"readings_wid7\"";
        UnaryOperator<String> input = i -> "(($1)[1]::bigint)";
        String rendered = text.render(reference, input);

        for (String word : List.of("SELECT", "a,", " r\n", "WHERE", "b >")) {
            assertThat(text.origin(rendered.indexOf(word), reference, input))
                    .as(word)
                    .isEqualTo(sql.indexOf(word));
        }
        assertThat(text.origin(rendered.indexOf("_wid7"), reference, input)).isEqualTo(sql.indexOf("datastore:"));
        assertThat(text.origin(rendered.lastIndexOf("bigint"), reference, input))
                .isEqualTo(sql.lastIndexOf(":x"));
        assertThat(text.origin(rendered.length() + 5, reference, input)).isEqualTo(sql.length());
    }
}
