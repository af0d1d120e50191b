package io.datalifecycle.dlt.problem;

/** Builds RFC 6901 JSON pointers. */
public final class JsonPointer {

    private JsonPointer() {}

    /** The pointer to a member of what {@code parent} points at. */
    public static String child(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The pointer to an element of the list that {@code parent} points at. */
    public static String child(String parent, int index) {
        return parent + "/" + index;
    }
}
