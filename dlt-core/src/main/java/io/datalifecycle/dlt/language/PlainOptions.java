package io.datalifecycle.dlt.language;

import io.datalifecycle.dlt.language.Node.Items;
import io.datalifecycle.dlt.language.Node.Members;
import io.datalifecycle.dlt.language.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options of plug-ins: plain values without null. */
final class PlainOptions {

    private PlainOptions() {}

    /** The options below a key; none where it is not there. */
    static Map<String, Object> group(Fields fields, String key) {
        Map<String, Object> options = new LinkedHashMap<>();
        fields.group(key).ifPresent(group -> group.keys().forEach(name -> add(group, name, options)));
        return options;
    }

    /** Every key but those named. */
    static Map<String, Object> others(Fields fields, Set<String> known) {
        Map<String, Object> options = new LinkedHashMap<>();
        fields.keys().stream().filter(key -> !known.contains(key)).toList().forEach(key -> add(fields, key, options));
        return options;
    }

    private static void add(Fields fields, String key, Map<String, Object> options) {
        Optional<Object> value = fields.node(key).flatMap(PlainOptions::plain);
        if (value.isPresent()) {
            options.put(key, value.get());
        } else {
            fields.wrongType(key, "a value without empty parts", "");
        }
    }

    private static Optional<Object> plain(Node node) {
        if (node instanceof Scalar scalar) {
            return Optional.ofNullable(scalar.value());
        }
        if (node instanceof Items items) {
            List<Object> list = new ArrayList<>();
            items.items().forEach(item -> plain(item).ifPresent(list::add));
            return list.size() == items.items().size() ? Optional.of(list) : Optional.empty();
        }
        Map<String, Object> map = new LinkedHashMap<>();
        Members members = (Members) node;
        members.members().forEach((key, member) -> plain(member.value()).ifPresent(value -> map.put(key, value)));
        return map.size() == members.members().size() ? Optional.of(map) : Optional.empty();
    }
}
