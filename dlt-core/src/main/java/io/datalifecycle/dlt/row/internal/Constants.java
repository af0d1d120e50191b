package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.row.ColumnType;
import io.datalifecycle.dlt.row.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values for columns that a source does not hold, checked once and set in each row that lacks them. Immutable. */
public final class Constants {

    /** From the first quotation mark to the last: a value may hold some itself. */
    private static final Pattern QUOTED = Pattern.compile("(?s)\".*\"");

    private final List<ColumnRule> rules;
    private final RowBatch values;
    private final ObjectNode tree;

    private Constants(List<ColumnRule> rules, RowBatch values, ObjectNode tree) {
        this.rules = List.copyOf(rules);
        this.values = values;
        this.tree = tree;
    }

    /** Checks the values against the rules of their columns. */
    public static Constants of(RowRules rules, Map<String, ?> values) {
        ObjectNode tree = JavaValues.tree(values, (name, problem) -> {
            throw invalid(name, problem);
        });
        RowBatch.Builder builder = RowBatch.builder(rules.columns, 1);
        RowAssembler assembler = new RowAssembler(rules, builder, null, Window.ANY);
        List<ColumnRule> given = new ArrayList<>();
        assembler.begin();
        for (Map.Entry<String, JsonNode> value : tree.properties()) {
            int index = rules.properties().indexOf(value.getKey());
            if (index < 0) {
                throw invalid(
                        value.getKey(),
                        "is no column of the store; " + DidYouMean.hint(value.getKey(), rules.properties()));
            }
            assembler.node(rules.rules.get(index), value.getValue());
            given.add(rules.rules.get(index));
        }
        if (!assembler.reasons().isEmpty()) {
            throw new InvalidInputException(
                    ProblemCode.ROW_INVALID,
                    // without the value: it may be a secret of the host, and this message is for logs
                    "constant "
                            + QUOTED.matcher(assembler.reasons().get(0).message())
                                    .replaceAll("\"…\""));
        }
        builder.endRow(1);
        return new Constants(given, builder.build(), tree);
    }

    private static InvalidInputException invalid(String name, String problem) {
        return new InvalidInputException(ProblemCode.ROW_INVALID, "constant " + name + " " + problem);
    }

    /** Names of the columns. */
    public Set<String> names() {
        return Set.copyOf(tree.propertyNames());
    }

    /** Adds what the row lacks. */
    void fill(ObjectNode row) {
        for (ColumnRule rule : rules) {
            if (TreePaths.get(row, rule.leaf.path()) == null) {
                TreePaths.set(row, rule.leaf.path(), tree.get(rule.label()));
            }
        }
    }

    void fill(RowAssembler row, RowBatch.Builder batch) {
        for (ColumnRule rule : rules) {
            if (row.mark(rule.index) && !values.isNull(0, rule.index)) {
                copy(rule.index, batch);
            }
        }
    }

    private void copy(int index, RowBatch.Builder batch) {
        Column column = values.schema().column(index);
        if (column.type() == ColumnType.DOUBLE) {
            batch.setDouble(index, values.doubleAt(0, index));
        } else if (column.type() == ColumnType.TEXT
                || column.type() == ColumnType.JSON
                || column.type() == ColumnType.DECIMAL
                || column.type() == ColumnType.UUID) {
            batch.setObject(index, values.objectAt(0, index));
        } else {
            batch.setLong(index, values.longAt(0, index));
        }
    }
}
