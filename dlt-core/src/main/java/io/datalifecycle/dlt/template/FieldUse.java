package io.datalifecycle.dlt.template;

import io.datalifecycle.dlt.problem.ProblemCode;
import java.util.Optional;

/** Makes parameters and inputs from fields, and says what of a field they cannot carry. */
final class FieldUse {

    private FieldUse() {}

    static Parameter parameter(Place place, String key, Field field) {
        ValueType type = type(place, field);
        return new Parameter(
                key,
                type,
                field.formatText(),
                field.isRequired(),
                defaultValue(place, type, field),
                field.allowed(),
                field.unitText(),
                field.titleText());
    }

    static Input input(Place place, String key, Field field) {
        if (field.oldName().isPresent()) {
            place.error(ProblemCode.BAD_VALUE, "renamed_from", "an input has no renamed_from", "leave it out");
        }
        ValueType type = type(place, field);
        return new Input(key, type, field.isRequired(), defaultValue(place, type, field));
    }

    private static ValueType type(Place place, Field field) {
        for (String keyword : field.schemaOnlyKeywords()) {
            place.error(ProblemCode.BAD_VALUE, keyword, keyword + " is only for fields of datastores", "leave it out");
        }
        Optional<ValueType> type = field.valueType();
        if (type.isEmpty()) {
            place.error(ProblemCode.WRONG_TYPE, "type", "uuid and json are only for stores", "use text()");
        }
        return type.orElse(ValueType.STRING);
    }

    private static Optional<Object> defaultValue(Place place, ValueType type, Field field) {
        Optional<Object> value = field.defaultValue();
        Optional<Object> converted = value.flatMap(type::convert);
        if (value.isPresent() && converted.isEmpty()) {
            place.error(ProblemCode.WRONG_TYPE, "default", "default: " + value.get() + " is no " + type.label(), "");
        }
        return converted;
    }
}
