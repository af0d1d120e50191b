package io.datalifecycle.dlt.storage.metric;

import io.datalifecycle.dlt.problem.IsolationException;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.sql.SqlReference;
import io.datalifecycle.dlt.sql.SqlText;
import io.datalifecycle.dlt.storage.feature.RealtimeView;
import io.datalifecycle.dlt.storage.metric.AnalysedSql.OutputColumn;
import io.datalifecycle.dlt.template.Check;
import io.datalifecycle.dlt.template.Featurestore;
import io.datalifecycle.dlt.template.Metric;
import io.datalifecycle.dlt.template.MetricSource;
import io.datalifecycle.dlt.template.Ref;
import io.datalifecycle.dlt.template.SqlTransform;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * SQL that the author of a template wrote: of a metric, of a featurestore, of a check. Immutable.
 *
 * @param what what it is of, for messages: {@code metric mean}
 * @param pointer where the text stands in the template
 * @param sql the text as written
 * @param binds its inputs
 * @param live whether it sees of realtime stores what was not refreshed yet; rows that are kept may rest only on rows that are logged
 * @param result what its columns have to be
 */
record AuthorSql(String what, String pointer, String sql, Binds binds, boolean live, Expectation result) {

    /** What a text has to give. */
    interface Expectation {

        /** What is wrong with the columns it gives. */
        List<Problem> problems(List<OutputColumn> given);
    }

    /** The text of a metric of kind {@code sql}. */
    static AuthorSql of(Metric metric, MetricSource.Sql source) {
        String pointer = JsonPointer.child("/metrics", metric.key());
        return new AuthorSql(
                "metric " + metric.key(),
                pointer + "/sql",
                source.sql(),
                Binds.of(metric),
                true,
                given -> ResultRules.shape(metric.result(), given, pointer + "/result"));
    }

    /** The text of a featurestore of kind {@code sql}. */
    static AuthorSql of(Featurestore store, SqlTransform transform) {
        String pointer = JsonPointer.child("/featurestores", store.key()) + "/sql";
        return new AuthorSql(
                "featurestore " + store.key(),
                pointer + "/query",
                transform.sql(),
                Binds.INTERVAL,
                false,
                given -> ResultRules.columns(transform.columns(), given, pointer));
    }

    /** The text of a check of kind {@code sql}. */
    static AuthorSql of(Featurestore store, Check.Sql check) {
        String checks = JsonPointer.child("/featurestores", store.key()) + "/checks";
        return new AuthorSql(
                "check " + check.key() + " of featurestore " + store.key(),
                JsonPointer.child(checks, check.key()) + "/sql",
                check.sql(),
                Binds.INTERVAL,
                false,
                given -> List.of());
    }

    /** All texts of a template. */
    static List<AuthorSql> of(Template template) {
        List<AuthorSql> all = new ArrayList<>();
        for (Featurestore store : template.featurestores()) {
            if (store.transform() instanceof SqlTransform transform) {
                all.add(of(store, transform));
            }
            for (Check check : store.checks()) {
                if (check instanceof Check.Sql sql) {
                    all.add(of(store, sql));
                }
            }
        }
        for (Metric metric : template.metrics()) {
            if (metric.source() instanceof MetricSource.Sql source) {
                all.add(of(metric, source));
            }
        }
        return List.copyOf(all);
    }

    /** The text for one workspace, inputs as the cage takes them. */
    String rendered(WorkspaceContext workspace, String schema) {
        return SqlText.parse(sql).render(tables(workspace, schema), binds::expression);
    }

    /** Where the author wrote what stands at an offset of {@link #rendered}. */
    String place(WorkspaceContext workspace, String schema, int offset) {
        if (offset < 0) {
            return "";
        }
        SqlText text = SqlText.parse(sql);
        return text.place(text.origin(offset, tables(workspace, schema), binds::expression));
    }

    private Function<SqlReference, String> tables(WorkspaceContext workspace, String schema) {
        return reference -> Ref.parse(reference.kind() + ":" + reference.key())
                .flatMap(workspace.template()::store)
                .map(store -> live
                        ? RealtimeView.readable(workspace, schema, store)
                        : RealtimeView.stored(workspace, schema, store))
                .orElseThrow(() -> new IsolationException(
                        ProblemCode.QUERY_REFUSED,
                        what + " of workspace " + workspace.key() + ": reads a store that is not declared"));
    }
}
