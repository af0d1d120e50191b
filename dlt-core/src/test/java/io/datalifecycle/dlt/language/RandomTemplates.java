package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.Aggregate;
import io.datalifecycle.dlt.template.AggregateFunction;
import io.datalifecycle.dlt.template.Binding;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.CheckBuilder;
import io.datalifecycle.dlt.template.Datastore;
import io.datalifecycle.dlt.template.Duplicates;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Field;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.OnInvalid;
import io.datalifecycle.dlt.template.Refresh;
import io.datalifecycle.dlt.template.Severity;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.template.TemplateBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Templates with all kinds of items and texts that tempt a writer to get quoting wrong. Same seed, same template. */
final class RandomTemplates {

    private static final List<String> WORDS = List.of(
            "plain",
            "two words",
            "true",
            "null",
            "~",
            "1.10",
            "0x1F",
            "007",
            "1e5",
            "-",
            "- a",
            "a: b",
            "a:b",
            "#no",
            "a #b",
            "'q'",
            "\"dq\"",
            "",
            " lead",
            "trail ",
            "line\nbreak",
            "line\n\nempty\n",
            "\ttab",
            "tab\there",
            "ünïcode",
            "日本",
            "\u202e",
            "emoji 😀",
            "{x}",
            "[x]",
            "a, b",
            "@at",
            "`tick`",
            "%pct",
            "&a",
            "*a",
            "!t",
            "|",
            ">",
            "? k",
            "yes",
            "no",
            "on",
            ".inf",
            ".nan",
            "12:30:00",
            "2026-01-01",
            "<<",
            "=",
            "back\\slash",
            "\u0085next",
            "\u2028sep",
            "nul\u0001",
            "${param.x}",
            "a\r\nb",
            " \n x",
            "x\n y\n",
            "---",
            "...",
            "null\n",
            "0.0",
            "1_000");

    private final Random random;
    private int names;

    private RandomTemplates(long seed) {
        this.random = new Random(seed);
    }

    static Template of(long seed) {
        RandomTemplates some = new RandomTemplates(seed);
        return Template.define("t" + seed, some.number(1, 9) + "." + some.number(0, 20) + ".0", some::fill);
    }

    private void fill(TemplateBuilder t) {
        maybe(() -> t.title(word()));
        maybe(() -> t.description(word()));
        maybe(() ->
                t.timezone(pick(List.of("UTC", "Europe/Berlin", "Asia/Kolkata", "America/Argentina/Buenos_Aires"))));
        times(3, () -> t.parameter(name(), parameter()));
        Datastore raw = datastore(t);
        times(2, () -> datastore(t));
        times(
                2,
                () -> t.connector(name(), c -> {
                    c.file(word()).into(raw).map(column(), word()).option("o" + name(), option(2));
                    maybe(() -> c.unit(column(), word()));
                    maybe(() -> c.constant(column(), word()));
                    maybe(() -> c.explode("/" + word()));
                    maybe(() -> c.every(duration()));
                }));
        Featurestore features = rollup(t, raw);
        times(2, () -> rollup(t, raw));
        times(
                1,
                () -> t.featurestore(
                        name(),
                        f -> f.join(
                                        features,
                                        j -> j.by("k")
                                                .columns("a")
                                                .join(
                                                        raw,
                                                        o -> o.columns("b")
                                                                .prefix(word())
                                                                .within(duration())))
                                .check(name(), this::check)));
        times(
                1,
                () -> t.featurestore(
                        name(),
                        f -> f.expression(
                                features,
                                e -> e.by("k").computed("c", word()).computed("d", ColumnType.BOOLEAN, word()))));
        times(
                1,
                () -> t.featurestore(
                        name(),
                        f -> f.sql(
                                "SELECT " + word(),
                                s -> s.time("t")
                                        .column("t", Field.timestamp().required())
                                        .lookBack(duration())
                                        .every(amount()))));
        Metric metric = metric(t);
        times(3, () -> metric(t));
        Channel channel = t.channel(name(), c -> c.type(word() + "x").option("to", option(3)));
        model(t, features);
        dashboard(t, metric);
        times(
                2,
                () -> t.alert(name(), a -> {
                    a.metric(metric).raise(word()).sendTo(channel);
                    maybe(() -> a.clear(word()).pendingFor(duration()).severity(pick(List.of(Severity.values()))));
                    maybe(() -> a.keepFiring(duration())
                            .noDataAfter(duration())
                            .every(duration())
                            .by(column())
                            .title(word()));
                    maybe(() -> a.with("x", binding()));
                }));
    }

    private Field parameter() {
        return switch (number(0, 5)) {
            case 0 -> Field.number(word()).defaultsTo(random.nextDouble() * Math.pow(10, number(-20, 20)));
            case 1 -> Field.integer().defaultsTo(random.nextLong());
            case 2 -> Field.bool().defaultsTo(random.nextBoolean()).title(word());
            case 3 -> Field.timestamp().required();
            case 4 -> Field.oneOf(word(), word()).defaultsTo(word());
            default -> Field.text().defaultsTo(word()).unit(word());
        };
    }

    private Datastore datastore(TemplateBuilder t) {
        return t.datastore(name(), d -> {
            d.time("ts").field("ts", Field.timestamp().required());
            times(4, () -> d.field(column(), Field.number(word()).minimum(random.nextInt() / 8.0)));
            times(2, () -> d.field(column(), Field.oneOf(word(), word() + "x")));
            times(1, () -> d.field(column(), Field.text(number(1, 9_999)).pattern(word())));
            maybe(() -> d.naturalKey("ts", column()));
            maybe(() -> d.duplicates(pick(List.of(Duplicates.values()))));
            maybe(() -> d.onInvalid(pick(List.of(OnInvalid.values()))));
            maybe(() -> d.accept(a -> a.past(duration())));
            maybe(() -> d.chunk(duration()).retention(amount()).openFields());
            maybe(() -> d.validTo(column()));
            maybe(() -> d.rate(Math.scalb(1 + random.nextDouble(), number(-8, 12))));
            maybe(() -> d.compressAfter(amount()));
            maybe(() -> d.quarantine(q -> q.keep(amount())));
        });
    }

    private Featurestore rollup(TemplateBuilder t, Datastore raw) {
        return t.featurestore(name(), f -> {
            f.rollup(raw, r -> {
                r.every(amount())
                        .column("n", Aggregate.count())
                        .column("p", Aggregate.percentile(column(), random.nextDouble()));
                times(
                        3,
                        () -> r.column(
                                column(),
                                Aggregate.of(pick(List.of(AggregateFunction.AVG, AggregateFunction.LAST)), column())));
                times(4, () -> r.column(column(), aggregate()));
                times(2, () -> r.column(column(), aggregate(), condition()));
                maybe(() -> r.by(column(), column()).where(word()));
                maybe(() -> r.hold(duration()));
                maybe(() -> r.timezone(pick(List.of("UTC", "Asia/Kathmandu"))));
            });
            maybe(() -> f.retention(amount()));
            maybe(() -> f.refresh(r -> {
                maybe(() -> r.cron("*/5 * * * *"));
                maybe(() -> r.order(pick(List.of(Refresh.Order.values()))));
                maybe(() -> r.budget(duration()));
            }));
            maybe(() -> f.realtime().history(amount()));
            times(3, () -> f.check(name(), this::check));
            maybe(() -> f.check(name(), c -> c.freshness(duration())));
        });
    }

    private Aggregate aggregate() {
        return switch (number(0, 6)) {
            case 0 -> Aggregate.increase(column());
            case 1 -> Aggregate.rate(column());
            case 2 -> Aggregate.timeWeightedAvg(column());
            case 3 -> Aggregate.durationIn(column(), literal());
            case 4 ->
                Aggregate.histogram(
                        column(), -number(0, 9), Math.scalb(1 + random.nextDouble(), number(-60, 900)), number(1, 100));
            case 5 -> Aggregate.merge(column());
            default -> Aggregate.count(column());
        };
    }

    private Object literal() {
        return switch (number(0, 3)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextGaussian() * Math.pow(10, number(-200, 200));
            case 2 -> new BigDecimal(random.nextLong()).scaleByPowerOfTen(number(-60, 60));
            default -> pick(List.of(word(), "a) where b", "avg(x) where y = '1'", "it's"));
        };
    }

    private String condition() {
        return "\"" + column().replace("\"", "\"\"") + "\" = '"
                + pick(List.of(word(), ") where x = 1")).replace("'", "''") + "' and b >= -1.5";
    }

    private void check(CheckBuilder c) {
        switch (number(0, 8)) {
            case 0 -> c.notNull(column());
            case 1 -> c.range(column(), -random.nextDouble(), random.nextDouble() * 1e12);
            case 2 -> c.atLeast(column(), random.nextInt());
            case 3 -> c.atMost(column(), 0);
            case 4 -> c.unique(column(), column());
            case 5 -> c.rows(number(0, 9), random.nextLong());
            case 6 -> c.rowsAtLeast(1);
            case 7 -> c.rowsAtMost(Long.MAX_VALUE);
            default -> c.sql("SELECT " + word());
        }
        maybe(c::block);
    }

    private Metric metric(TemplateBuilder t) {
        return t.metric(name(), m -> {
            maybe(() -> m.title(word()).description(word()));
            switch (number(0, 5)) {
                case 4 -> m.checks("featurestore:x");
                case 5 -> m.checks("x").table();
                case 0 ->
                    m.sql("SELECT 1\n  FROM x " + word())
                            .table(random.nextBoolean() ? Map.of() : Map.of(column(), word()));
                case 1 -> m.latest("datastore:x", column()).by(column());
                case 2 ->
                    m.latest("datastore:x", column())
                            .by(column(), column())
                            .scalar(s -> s.value(column()).unit(word()));
                default ->
                    m.expression(word())
                            .of("a", "m")
                            .series(s -> s.x(column()).y(column()).by(column()));
            }
            times(2, () -> m.input(name(), parameter().unit(word())));
        });
    }

    private void model(TemplateBuilder t, Featurestore features) {
        times(
                2,
                () -> t.model(name(), m -> {
                    m.regression(word() + "x")
                            .features(features, f -> f.columns(column()).by(column()))
                            .target(column());
                    m.train(s -> {
                        s.window(duration());
                        maybe(() -> s.promoteIf("f1"));
                    });
                    m.score(s -> s.into("inferencestore:x").afterRefresh().cron("@daily"))
                            .option("o", option(2));
                }));
    }

    private void dashboard(TemplateBuilder t, Metric metric) {
        times(
                2,
                () -> t.dashboard(name(), d -> {
                    maybe(() -> d.title(word()));
                    d.timeRange(name(), duration());
                    d.select(name(), c -> c.values(word(), word()).title(word()));
                    d.select(name(), metric);
                    d.number(
                            name(),
                            random.nextGaussian(),
                            c -> c.min(-random.nextDouble()).max(1e9));
                    d.text(name(), c -> c.defaultsTo(word()));
                    d.toggle(name(), random.nextBoolean());
                    d.panel(
                            word(),
                            p -> p.timeSeries(metric)
                                    .with("x", binding())
                                    .threshold(column(), random.nextDouble())
                                    .at(0, 0, 12, 3));
                    d.panel(
                            word(),
                            p -> p.map(metric, column(), column())
                                    .label(column())
                                    .at(0, 3, 6, 3));
                    d.panel("", p -> p.text(word()).at(6, 3, 6, 3));
                    d.panel(
                            word(),
                            p -> p.bar(metric)
                                    .stacked()
                                    .at(0, 6, 1, 1)
                                    .redirect(
                                            "dashboard:x",
                                            r -> r.with("c", "row." + column()).keep("a")));
                    d.panel(
                            word(),
                            p -> p.table(metric).columns(column(), word()).at(1, 6, 1, 1));
                }));
    }

    private Object option(int depth) {
        return switch (number(0, depth > 0 ? 6 : 4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextDouble();
            case 2 -> random.nextBoolean();
            case 3, 4 -> word();
            case 5 -> List.of(option(depth - 1), option(depth - 1));
            default -> Map.of(column(), option(depth - 1));
        };
    }

    private Binding binding() {
        return Binding.of(pick(List.of(
                "range.from", "param.x", "now", "now-PT1H", "'true'", "true", "42", "-0.5", "007", "'a: b'", "1e3")));
    }

    private Duration duration() {
        return pick(List.of(
                Duration.ofDays(number(1, 900)),
                Duration.ofSeconds(number(1, 1_000_000)),
                Duration.ofMillis(number(1, 99_999))));
    }

    private TemporalAmount amount() {
        return pick(List.<TemporalAmount>of(
                duration(), Period.ofDays(number(1, 400)), Period.ofMonths(number(1, 30)), Period.of(1, 2, 3)));
    }

    private String name() {
        return "n" + names++;
    }

    private String column() {
        return random.nextInt(4) == 0 ? pick(WORDS.subList(1, 12)) + names++ : "c" + names++;
    }

    private String word() {
        return pick(WORDS);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private int number(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    private void maybe(Runnable something) {
        if (random.nextBoolean()) {
            something.run();
        }
    }

    private void times(int most, Runnable something) {
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            something.run();
        }
    }
}
