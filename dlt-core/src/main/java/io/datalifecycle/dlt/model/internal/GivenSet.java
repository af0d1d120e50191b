package io.datalifecycle.dlt.model.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import io.datalifecycle.dlt.row.RowSchema;
import io.datalifecycle.dlt.template.Model;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Rows to learn from that come from no store. Immutable.
 *
 * @param columns what they have
 * @param time name of the time column
 * @param rows gives them all, in any order; gives their number
 */
public record GivenSet(RowSchema columns, String time, ToLongFunction<Consumer<RowBatch>> rows) {

    /** What the model reads, in the order of time. */
    RowBatch read(Model model, int most) {
        Set<String> names = new LinkedHashSet<>(List.of(time));
        names.addAll(model.features().by());
        names.addAll(model.features().columns());
        model.target().ifPresent(names::add);
        List<Column> read = names.stream().map(name -> column(model, name)).toList();
        int[] from = names.stream().mapToInt(columns::indexOf).toArray();
        RowSchema schema = new RowSchema(read);
        RowBatch.Builder all = RowBatch.builder(schema, 1_024);
        long given = rows.applyAsLong(batch -> {
            if (all.size() + batch.size() > most) {
                throw new DltException(
                        ProblemCode.TRAINING_DATA,
                        "model:" + model.key() + ": the training set has more than " + most
                                + " rows; give fewer entities");
            }
            for (int row = 0; row < batch.size(); row++) {
                for (int column = 0; column < from.length; column++) {
                    Cells.copy(batch, row, from[column], all, column);
                }
                all.endRow(batch.position(row));
            }
        });
        if (given != all.size()) {
            throw new IllegalStateException("training set: it told of " + given + " rows and gave " + all.size());
        }
        if (all.size() == 0) {
            throw new DltException(
                    ProblemCode.TRAINING_DATA, "model:" + model.key() + ": the training set is empty; give entities");
        }
        return inOrder(all.build());
    }

    private Column column(Model model, String name) {
        Column column = columns.find(name)
                .orElseThrow(() -> new DltException(
                        ProblemCode.MODEL_SIGNATURE,
                        "model:" + model.key() + ": the training set has no column " + name
                                + "; carry it or look it up; "
                                + DidYouMean.hint(
                                        name,
                                        columns.columns().stream()
                                                .map(Column::name)
                                                .toList())));
        if (model.features().columns().contains(name) && !column.type().isNumeric()) {
            throw new DltException(
                    ProblemCode.MODEL_SIGNATURE,
                    "model:" + model.key() + ": feature " + name + " of the training set is "
                            + column.type().label() + ", features are numbers");
        }
        return name.equals(time) ? Column.required(time, ColumnType.TIMESTAMP) : column;
    }

    private static RowBatch inOrder(RowBatch rows) {
        RowBatch.Builder sorted = RowBatch.builder(rows.schema(), rows.size() + 1);
        IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingLong(row -> rows.longAt(row, 0)))
                .forEach(row -> Cells.copyRow(rows, row, sorted));
        return sorted.build();
    }
}
