package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Declares a datastore; method names are the keys of the language. Not thread-safe. */
public final class DatastoreBuilder {

    private final Place place;
    private final Renaming renaming;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private @Nullable String title;
    private @Nullable String time;
    private @Nullable List<String> naturalKey;
    private @Nullable Duplicates duplicates;
    private @Nullable JsonSchema schema;
    private @Nullable Boolean openFields;
    private @Nullable OnInvalid onInvalid;
    private @Nullable AcceptWindow accept;
    private @Nullable Duration chunk;
    private @Nullable TemporalAmount retention;
    private @Nullable BigDecimal rate;
    private @Nullable TemporalAmount compressAfter;
    private @Nullable TemporalAmount quarantineKeep;
    private @Nullable String validTo;

    DatastoreBuilder(Place place) {
        this.place = place;
        this.renaming = new Renaming(place);
    }

    /** Key that it had in the version before; its rows and states are kept. */
    public DatastoreBuilder renamedFrom(String oldKey) {
        renaming.from(oldKey);
        return this;
    }

    /** A column with the name it had in the version before; its values are kept. */
    public DatastoreBuilder renamedColumn(String name, String oldName) {
        renaming.column(name, oldName);
        return this;
    }

    /** Name for people. */
    public DatastoreBuilder title(String value) {
        title = place.once("title", title, value);
        return this;
    }

    /** The column that orders rows; a required timestamp. */
    public DatastoreBuilder time(String column) {
        time = place.once("time", time, column);
        return this;
    }

    /** Columns that make a row unique; without any, rows may repeat. */
    public DatastoreBuilder naturalKey(String... columns) {
        naturalKey = place.once("natural_key", naturalKey, List.of(columns));
        return this;
    }

    /** What happens to a row whose natural key is known. */
    public DatastoreBuilder duplicates(Duplicates value) {
        duplicates = place.once("duplicates", duplicates, value);
        return this;
    }

    /** What a row must look like, as JSON Schema; instead of fields. */
    public DatastoreBuilder schema(JsonSchema value) {
        if (!fields.isEmpty()) {
            place.error(
                    ProblemCode.DUPLICATE_KEY,
                    "schema",
                    "schema cannot be combined with fields " + fields.keySet(),
                    "use one of them");
        }
        schema = place.once("schema", schema, value);
        return this;
    }

    /** One property of a row; instead of a schema. */
    public DatastoreBuilder field(String name, Field field) {
        if (schema != null) {
            place.error(
                    ProblemCode.DUPLICATE_KEY,
                    "schema",
                    "field " + name + " cannot be combined with a schema",
                    "use one of them");
        } else if (fields.putIfAbsent(name, field) != null) {
            place.error(
                    ProblemCode.DUPLICATE_KEY, "schema", "field " + name + " was already declared", "declare it once");
        }
        field.oldName().ifPresent(old -> renaming.column(field.columnName(name), old));
        return this;
    }

    /** Accepts properties that no field names; they are kept together as JSON. */
    public DatastoreBuilder openFields() {
        openFields = place.once("schema", openFields, true);
        return this;
    }

    /** What happens to a row that breaks the schema. */
    public DatastoreBuilder onInvalid(OnInvalid value) {
        onInvalid = place.once("on_invalid", onInvalid, value);
        return this;
    }

    /** How old or early a row may be. */
    public DatastoreBuilder accept(Consumer<AcceptBuilder> nested) {
        AcceptBuilder builder = new AcceptBuilder(place.child("accept"));
        nested.accept(builder);
        accept = place.once("accept", accept, builder.build());
        return this;
    }

    /** Span of one chunk or partition. */
    public DatastoreBuilder chunk(Duration value) {
        chunk = place.once("chunk", chunk, value);
        return this;
    }

    /** How long rows are kept: a Period or a Duration. */
    public DatastoreBuilder retention(TemporalAmount value) {
        retention = place.once("retention", retention, value);
        return this;
    }

    /** Rows per second that a workspace expects, more than 0; the chunk follows from it where none is named. */
    public DatastoreBuilder rate(double rowsPerSecond) {
        if (!(rowsPerSecond > 0) || Double.isInfinite(rowsPerSecond)) {
            place.error(
                    ProblemCode.BAD_VALUE,
                    "rate",
                    "rate: " + rowsPerSecond + " is not a number above 0",
                    "give the rows per second that a workspace expects");
            return this;
        }
        rate = place.once("rate", rate, BigDecimal.valueOf(rowsPerSecond));
        return this;
    }

    /** Age from which whole chunks are compressed where the database can: a Period or a Duration. */
    public DatastoreBuilder compressAfter(TemporalAmount value) {
        compressAfter = place.once("compress_after", compressAfter, value);
        return this;
    }

    /** How long refused rows wait in quarantine. */
    public DatastoreBuilder quarantine(Consumer<QuarantineBuilder> nested) {
        QuarantineBuilder builder = new QuarantineBuilder(place.child("quarantine"));
        nested.accept(builder);
        quarantineKeep = place.once("quarantine", quarantineKeep, builder.build());
        return this;
    }

    /** Makes it a reference datastore: a row holds from its time on until this column's instant, or until the next row of its key comes. */
    public DatastoreBuilder validTo(String column) {
        validTo = place.once("valid_to", validTo, column);
        return this;
    }

    Renaming renaming() {
        return renaming;
    }

    Datastore build(String key) {
        List<String> natural = naturalKey == null ? List.of() : naturalKey;
        return new Datastore(
                key,
                Optional.ofNullable(title),
                place.need("time", time, ""),
                natural,
                duplicates == null ? Datastore.defaultDuplicates(natural) : duplicates,
                schema == null ? schemaOfFields() : schema,
                onInvalid == null ? OnInvalid.REJECT : onInvalid,
                accept == null ? AcceptWindow.ANY : accept,
                chunk == null ? Datastore.defaultChunk(Optional.ofNullable(rate), Optional.ofNullable(validTo)) : chunk,
                Optional.ofNullable(retention),
                Optional.ofNullable(rate),
                Optional.ofNullable(compressAfter),
                quarantineKeep == null ? Datastore.DEFAULT_QUARANTINE_KEEP : quarantineKeep,
                Optional.ofNullable(validTo));
    }

    private JsonSchema schemaOfFields() {
        if (fields.isEmpty()) {
            place.need("schema", null, "");
        }
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        fields.forEach((name, field) -> {
            properties.put(name, field.property());
            if (field.isRequired()) {
                required.add(name);
            }
        });
        Map<String, @Nullable Object> keywords = new LinkedHashMap<>();
        keywords.put("type", "object");
        if (!required.isEmpty()) {
            keywords.put("required", required);
        }
        if (openFields == null) {
            keywords.put("additionalProperties", false);
        }
        keywords.put("properties", properties);
        return new JsonSchema(keywords);
    }
}
