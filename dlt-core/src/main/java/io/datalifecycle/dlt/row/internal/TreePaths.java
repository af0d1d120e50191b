package io.datalifecycle.dlt.row.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values of a tree at a path of names. */
final class TreePaths {

    private TreePaths() {}

    /** The value; null when there is none. */
    static @Nullable JsonNode get(ObjectNode tree, List<String> path) {
        JsonNode at = tree;
        for (String name : path) {
            at = at instanceof ObjectNode object ? object.get(name) : null;
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** Sets the value and makes the objects that lead to it; does nothing where something else stands in the way. */
    static void set(ObjectNode tree, List<String> path, JsonNode value) {
        ObjectNode at = tree;
        for (String name : path.subList(0, path.size() - 1)) {
            JsonNode next = at.get(name);
            if (next == null) {
                next = at.putObject(name);
            }
            if (!(next instanceof ObjectNode object)) {
                return;
            }
            at = object;
        }
        at.set(path.get(path.size() - 1), value);
    }

    /** Takes the value out, with objects on the way that are empty then or are null; null when there is none. */
    static @Nullable JsonNode take(ObjectNode tree, List<String> path) {
        if (path.size() == 1) {
            return tree.remove(path.get(0));
        }
        String name = path.get(0);
        JsonNode next = tree.get(name);
        if (next != null && next.isNull()) {
            tree.remove(name);
        }
        if (!(next instanceof ObjectNode object)) {
            return null;
        }
        JsonNode value = take(object, path.subList(1, path.size()));
        if (object.isEmpty()) {
            tree.remove(name);
        }
        return value;
    }
}
