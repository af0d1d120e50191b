package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Store;
import io.datalifecycle.dlt.template.StoreColumns;
import io.datalifecycle.dlt.workspace.WorkspaceContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the columns of an inferencestore by their names: its time, the scorer's outputs, {@code model_version}, and whatever was read
 * (the {@code by} columns and the features). Immutable.
 */
final class ScoreColumns {

    /** Name of the column that, where an inferencestore has it, tells which version scored; bigint. */
    static final String VERSION = "model_version";

    private enum From {
        INPUT,
        OUTPUT,
        VERSION
    }

    private record Source(From from, int column) {}

    private final Inferencestore store;
    private final RowSchema schema;
    private final List<Source> sources;
    private final int version;

    private ScoreColumns(Inferencestore store, RowSchema schema, List<Source> sources, int version) {
        this.store = store;
        this.schema = schema;
        this.sources = sources;
        this.version = version;
    }

    /** Throws {@code MODEL_SIGNATURE} when the inferencestore has a column that nothing fills. */
    static ScoreColumns of(
            WorkspaceContext workspace, Model model, ModelInput input, List<Column> outputs, int version) {
        Store into = workspace
                .template()
                .store(model.scoring().into())
                .orElseThrow(
                        () -> mismatch(model, "there is no " + model.scoring().into()));
        if (!(into instanceof Inferencestore inferencestore)) {
            throw mismatch(model, model.scoring().into() + " is no inferencestore");
        }
        RowSchema schema = StoreColumns.of(workspace.template(), inferencestore);
        List<Source> sources = new ArrayList<>();
        for (Column column : schema.columns()) {
            sources.add(source(model, inferencestore, input, outputs, column));
        }
        return new ScoreColumns(inferencestore, schema, List.copyOf(sources), version);
    }

    private static Source source(
            Model model, Inferencestore into, ModelInput input, List<Column> outputs, Column column) {
        RowSchema given = new RowSchema(outputs);
        RowSchema read = input.schema();
        Source source;
        ColumnType type;
        if (column.name().equals(into.time())) {
            source = new Source(From.INPUT, read.indexOf(input.store().time()));
            type = ColumnType.TIMESTAMP;
        } else if (given.indexOf(column.name()) >= 0) {
            source = new Source(From.OUTPUT, given.indexOf(column.name()));
            type = given.column(source.column()).type();
        } else if (read.indexOf(column.name()) >= 0) {
            source = new Source(From.INPUT, read.indexOf(column.name()));
            type = read.column(source.column()).type();
        } else if (column.name().equals(VERSION)) {
            source = new Source(From.VERSION, 0);
            type = ColumnType.BIGINT;
        } else {
            throw mismatch(
                    model,
                    into.ref() + " has a column " + column.name() + " that nothing fills; " + model.algorithm()
                            + " gives " + names(outputs) + ", the features give " + names(read.columns()));
        }
        if (type != column.type()) {
            throw mismatch(
                    model,
                    into.ref() + " declares " + column.name() + " as "
                            + column.type().label() + ", it is " + type.label());
        }
        return source;
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    Inferencestore store() {
        return store;
    }

    RowSchema schema() {
        return schema;
    }

    /** One row of the inferencestore for each row read. */
    RowBatch join(RowBatch read, RowBatch scored) {
        if (scored.size() != read.size()) {
            throw new IllegalStateException(
                    "scorer gave " + scored.size() + " rows for " + read.size() + "; it must give one for each");
        }
        RowBatch.Builder rows = RowBatch.builder(schema, read.size());
        for (int row = 0; row < read.size(); row++) {
            for (int column = 0; column < sources.size(); column++) {
                Source source = sources.get(column);
                switch (source.from()) {
                    case INPUT -> Cells.copy(read, row, source.column(), rows, column);
                    case OUTPUT -> Cells.copy(scored, row, source.column(), rows, column);
                    case VERSION -> rows.setLong(column, version);
                }
            }
            rows.endRow(read.position(row));
        }
        return rows.build();
    }

    private static DltException mismatch(Model model, String what) {
        return new DltException(ProblemCode.MODEL_SIGNATURE, "model:" + model.key() + ": " + what);
    }
}
