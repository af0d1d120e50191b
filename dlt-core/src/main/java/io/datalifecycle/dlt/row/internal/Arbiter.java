package io.datalifecycle.dlt.row.internal;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.DefaultDialectRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.RowRejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON Schema library: the verdict on a whole row as a tree, formats asserted, patterns by RE2, no schema fetched. Thread-safe. */
final class Arbiter {

    private static final int MOST_REASONS = 20;

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(Arbiter::expression)
            .build();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.builder()
            .dialectRegistry(new DefaultDialectRegistry(
                    List.of(dialect(Dialects.getDraft202012()), dialect(Dialects.getDraft7()))))
            .defaultDialectId(Dialects.getDraft202012().getId())
            .schemaRegistryConfig(CONFIG)
            .schemaCacheEnabled(false)
            .build();

    private final Schema schema;

    /** Throws {@code BAD_JSON_SCHEMA} when the schema cannot be used. */
    Arbiter(Map<String, @Nullable Object> keywords) {
        try {
            this.schema = REGISTRY.getSchema(Json.MAPPER.<JsonNode>valueToTree(keywords));
            schema.initializeValidators();
        } catch (SchemaException e) {
            throw new DltException(ProblemCode.BAD_JSON_SCHEMA, "the schema cannot be used: " + e.getMessage(), e);
        }
    }

    private static Dialect dialect(Dialect standard) {
        return Dialect.builder(standard).format(new MailFormat()).build();
    }

    private static RegularExpression expression(String regex) {
        var pattern = Regex.compile(regex);
        return text -> pattern.matcher(text).find();
    }

    /** Why the row breaks its schema; empty when it does not. */
    List<Reason> judge(JsonNode row) {
        List<Error> errors;
        try {
            errors = schema.validate(row);
        } catch (SchemaException e) { // what it leads to is looked up when a row first asks for it
            throw new DltException(ProblemCode.BAD_JSON_SCHEMA, "the schema cannot be used: " + e.getMessage(), e);
        }
        List<Reason> reasons = new ArrayList<>(Math.min(errors.size(), MOST_REASONS));
        for (Error error : errors) {
            if (reasons.size() < MOST_REASONS) {
                reasons.add(reason(error));
            }
        }
        return reasons;
    }

    private static Reason reason(Error error) {
        String at = String.valueOf(error.getInstanceLocation());
        String pointer = error.getProperty() == null ? at : JsonPointer.child(at, error.getProperty());
        String keyword = error.getKeyword() == null ? "schema" : error.getKeyword();
        return new Reason(
                pointer, keyword, Texts.payload((pointer.isEmpty() ? "the row" : pointer) + " " + error.getMessage()));
    }
}
