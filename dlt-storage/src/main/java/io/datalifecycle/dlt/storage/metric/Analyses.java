package io.datalifecycle.dlt.storage.metric;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.datalifecycle.dlt.problem.IsolationException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.storage.dialect.DataDatabase;
import io.datalifecycle.dlt.workspace.WorkspaceContext;

/**
 * What the analysis said of texts that run: asked once per text and template, so that a thousand workspaces do not ask a thousand times.
 * Thread-safe.
 */
final class Analyses {

    private final SqlAnalysis analysis;
    private final Cache<String, AnalysedSql> known =
            Caffeine.newBuilder().maximumSize(10_000).build();

    Analyses(SqlAnalysis analysis) {
        this.analysis = analysis;
    }

    /** What it said; a text that it refuses does not run, whoever published it. */
    AnalysedSql of(WorkspaceContext workspace, DataDatabase data, AuthorSql sql) {
        String key = data.database().name() + "/" + workspace.templateId().hash() + sql.pointer() + "/" + sql.sql();
        AnalysedSql answer = known.get(key, k -> analysis.analyse(data, workspace.template(), sql));
        if (!answer.problems().isEmpty()) {
            throw new IsolationException(
                    ProblemCode.QUERY_REFUSED,
                    sql.what() + " of workspace " + workspace.key() + ": "
                            + answer.problems().get(0).message());
        }
        return answer;
    }
}
