package io.datalifecycle.dlt.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rows that are looked at, by column. Not changed once read.
 *
 * @param name of the source
 * @param rows number of rows
 * @param sources what rows hold, in the order of the header or of first appearance
 * @param csv how the file is written; null when it is not CSV
 */
record Sample(
        String name,
        int rows,
        List<Source> sources,
        @Nullable Csv csv) {

    Sample {
        sources = List.copyOf(sources);
    }

    /** Whether values are texts that mean numbers and times. */
    boolean isText() {
        return csv != null;
    }

    /**
     * How CSV is written.
     *
     * @param delimiter between fields
     * @param decimalComma whether {@code 1,5} is one and a half
     * @param nulls texts that stand for no value
     */
    record Csv(char delimiter, boolean decimalComma, Set<String> nulls) {

        /** A text that stands for no value. */
        boolean isNone(String text) {
            return nulls.contains(text);
        }
    }

    /**
     * One thing that rows hold.
     *
     * @param label name for people: the header, or the names of nested members with blanks between
     * @param member name of the member of the record
     * @param inner name of the member within it; null when the member itself is meant
     * @param values value by row, null where there is none
     */
    record Source(String label, String member, @Nullable String inner, List<@Nullable JsonNode> values) {

        /** What {@code map} says: the name, or a pointer where a name would be misread. */
        String mapping() {
            boolean plain =
                    inner == null && !member.startsWith("/") && !member.startsWith("=") && !member.startsWith(".");
            return plain ? member : pointer();
        }

        private String pointer() {
            String first = "/" + escaped(member);
            return inner == null ? first : first + "/" + escaped(inner);
        }

        private static String escaped(String name) {
            return name.replace("~", "~0").replace("/", "~1");
        }

        /** Values that are there, in the order of rows. */
        List<JsonNode> present() {
            List<JsonNode> present = new ArrayList<>(values.size());
            for (JsonNode value : values) {
                if (value != null) {
                    present.add(value);
                }
            }
            return present;
        }

        boolean isComplete() {
            return !values.contains(null);
        }
    }
}
