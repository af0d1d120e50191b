package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Members;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.Refresh;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.RollupColumn;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Transform;
import io.datalifecycle.dlt.template.TransformKind;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads featurestores. */
final class FeatureReader {

    private static final List<String> KINDS = StoreReader.labels(TransformKind.values(), TransformKind::label);

    private FeatureReader() {}

    static Featurestore read(String key, Fields fields) {
        Featurestore store = new Featurestore(
                key,
                fields.text("title"),
                transform(fields),
                fields.group("refresh").map(FeatureReader::refresh).orElse(Refresh.ON_DEMAND),
                fields.duration("chunk").orElse(Featurestore.DEFAULT_CHUNK),
                fields.amount("retention"),
                fields.flag("realtime", false),
                fields.amount("history"),
                CheckReader.all(fields));
        fields.close();
        return store;
    }

    private static Transform transform(Fields fields) {
        List<String> given = KINDS.stream().filter(fields::has).toList();
        if (given.size() != 1) {
            KINDS.forEach(fields::node);
            String message = given.isEmpty()
                    ? "it has no rollup, sql, join or expression"
                    : String.join(" and ", given) + " cannot be combined";
            fields.error(ProblemCode.MISSING_KEY, "", message, "a featurestore has exactly one of them");
            return new Rollup(
                    Ref.datastore(""),
                    Duration.ofHours(1),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        KINDS.forEach(fields::node);
        Fields nested = fields.needGroup(given.get(0));
        Transform transform = switch (given.get(0)) {
            case "rollup" -> rollup(nested);
            case "sql" -> sql(nested);
            case "join" -> join(nested);
            default -> formula(nested);
        };
        nested.close();
        return transform;
    }

    private static Refresh refresh(Fields fields) {
        Refresh refresh = new Refresh(
                fields.text("cron"),
                fields.oneOf(
                                "order",
                                Refresh.Order::of,
                                StoreReader.labels(Refresh.Order.values(), Refresh.Order::label))
                        .orElse(Refresh.ON_DEMAND.order()),
                fields.duration("budget"));
        fields.close();
        return refresh;
    }

    private static Rollup rollup(Fields fields) {
        Ref from = fields.needRef("from", null);
        TemporalAmount every = fields.need("every", fields.amount("every"), Duration.ofHours(1));
        List<String> by = fields.texts("by");
        List<RollupColumn> columns = new ArrayList<>();
        Fields declared = fields.needGroup("columns");
        for (String name : declared.keys()) {
            declared.parsed(
                            name,
                            text -> RollupColumn.parse(name, text),
                            "an aggregate such as avg(column), count() or percentile(column, 0.95)")
                    .ifPresent(columns::add);
        }
        return new Rollup(
                from,
                every,
                by,
                columns,
                fields.text("where"),
                fields.duration("hold"),
                fields.parsed("timezone", TemplateReader::zone, "a time zone such as Europe/Berlin"));
    }

    private static SqlTransform sql(Fields fields) {
        return SqlTransform.of(
                fields.needText("query"),
                fields.needText("time"),
                fields.texts("by"),
                StoreReader.columns(fields, "columns"),
                fields.duration("look_back").orElse(Duration.ZERO),
                fields.amount("every").orElse(SqlTransform.DEFAULT_EVERY));
    }

    private static AsOfJoin join(Fields fields) {
        List<AsOfJoin.Joined> joins = new ArrayList<>();
        if (!fields.has("joins")) {
            fields.missing("joins");
        }
        fields.groups("joins").forEach(joined -> {
            joins.add(new AsOfJoin.Joined(
                    joined.needRef("from", null),
                    joined.needTexts("columns"),
                    joined.text("prefix").orElse(""),
                    joined.duration("within")));
            joined.close();
        });
        return new AsOfJoin(
                fields.needRef("from", null),
                fields.needText("time"),
                fields.texts("by"),
                fields.texts("columns"),
                joins);
    }

    private static Formula formula(Fields fields) {
        List<Formula.Computed> computed = new ArrayList<>();
        Fields declared = fields.needGroup("computed");
        declared.keys().forEach(name -> computed.add(computed(declared, name)));
        return new Formula(
                fields.needRef("from", null),
                fields.needText("time"),
                fields.texts("by"),
                fields.texts("columns"),
                computed);
    }

    private static Formula.Computed computed(Fields declared, String name) {
        if (declared.node(name).filter(Members.class::isInstance).isPresent()) {
            Fields fields = declared.needGroup(name);
            ColumnType type = fields.need(
                    "type", fields.oneOf("type", ColumnType::of, StoreReader.COLUMN_TYPES), ColumnType.DOUBLE);
            Formula.Computed computed = new Formula.Computed(name, type, fields.needText("expression"));
            fields.close();
            return computed;
        }
        return new Formula.Computed(name, ColumnType.DOUBLE, declared.text(name).orElse("0"));
    }
}
