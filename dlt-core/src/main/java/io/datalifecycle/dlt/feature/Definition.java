package io.datalifecycle.dlt.feature;

import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.template.AsOfJoin;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Formula;
import io.datalifecycle.dlt.template.Rollup;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.StateColumns;
import io.datalifecycle.dlt.template.Transform;
import io.datalifecycle.dlt.time.Bucketing;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the rows of a featurestore follow from, beside its sources' rows, as a hash: when it changes, all of them are redone. Pure. */
public final class Definition {

    private Definition() {}

    /** Hash over the transform, the zone it follows and the parameters it uses; 64 hexadecimal digits. */
    public static String of(WorkspaceContext workspace, Featurestore store) {
        String hidden = StateColumns.of(workspace.template(), store).stream()
                .map(Column::name)
                .collect(Collectors.joining(","));
        return sha256(text(workspace, store.transform()) + "|" + hidden);
    }

    private static String text(WorkspaceContext workspace, Transform transform) {
        if (transform instanceof Rollup rollup) {
            return "rollup|" + rollup.from() + "|" + cut(rollup.bucketing(workspace.zone())) + "|" + rollup.by() + "|"
                    + rollup.columns().stream()
                            .map(c -> c.name() + "=" + c.text())
                            .toList() + "|"
                    + rollup.where().orElse("") + "|" + rollup.reach();
        }
        if (transform instanceof SqlTransform sql) {
            return "sql|" + sql.sql() + "|" + sql.time() + "|" + sql.by() + "|" + sql.columns() + "|" + sql.lookBack()
                    + "|" + cut(Bucketing.of(sql.every(), workspace.zone()));
        }
        if (transform instanceof AsOfJoin join) {
            return "join|" + join.from() + "|" + join.time() + "|" + join.by() + "|" + join.columns() + "|"
                    + join.joins();
        }
        Formula formula = (Formula) transform;
        return "expression|" + formula.from() + "|" + formula.time() + "|" + formula.by() + "|" + formula.columns()
                + "|" + formula.computed() + "|" + new TreeMap<>(workspace.parameters());
    }

    /** Fixed buckets do not care for the zone. */
    private static String cut(Bucketing bucketing) {
        return bucketing.every() + (bucketing.isCalendar() ? " " + bucketing.zone() : "");
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
