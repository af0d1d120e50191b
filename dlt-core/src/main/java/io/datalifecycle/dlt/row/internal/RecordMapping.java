package io.datalifecycle.dlt.row.internal;

import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes rows of the records of a source. Thread-safe. */
public interface RecordMapping {

    /** Names of fields it looks at, to recognise a file's delimiter by. */
    Set<String> fields();

    /** The rows of a record, in order; none when an exploded array is empty. */
    List<Mapped> rows(JsonNode record, Lexis lexis);

    /** How texts of sources without types are read. */
    interface Lexis {

        /** A source with types: a text is a text. */
        Lexis TYPED = new Lexis() {
            @Override
            public JsonNode scalar(JsonNode value) {
                return value;
            }

            @Override
            public JsonNode forColumn(String column, JsonNode value) {
                return value;
            }
        };

        /** What an expression sees: a number where the text is one. */
        JsonNode scalar(JsonNode value);

        /** What a column takes: the text read as its type is written. */
        JsonNode forColumn(String column, JsonNode value);
    }

    /**
     * A row, or why there is none.
     *
     * @param row by column; without what could not be made
     * @param reasons empty when it could
     */
    record Mapped(ObjectNode row, List<Reason> reasons) {
        public Mapped {
            reasons = List.copyOf(reasons);
        }
    }
}
