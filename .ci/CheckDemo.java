import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks what the demo says it did: in every workspace each offered row was accepted, a duplicate or rejected. */
public final class CheckDemo {

    private static final List<String> COUNTERS = List.of("offered", "accepted", "duplicate", "rejected");

    private final String text;
    private int at;

    private CheckDemo(String text) {
        this.text = text;
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        CheckDemo json = new CheckDemo(Files.readString(file));
        Object summary = json.value();
        json.expect(json.next() == '\0', "end of text");
        List<String> problems = new ArrayList<>();
        int counted = check("", summary, problems);
        if (counted == 0) {
            problems.add("nobody counts " + COUNTERS);
        }
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.err.println(file + " is wrong");
            System.exit(1);
        }
        System.out.println(file + ": accepted + duplicate + rejected = offered, " + counted + " times");
    }

    private static int check(String path, Object node, List<String> problems) {
        int counted = 0;
        if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                counted += check(path + "/" + i, list.get(i), problems);
            }
        } else if (node instanceof Map<?, ?> map) {
            if (map.containsKey("offered")) {
                counted++;
                sum(path, map, problems);
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                counted += check(path + "/" + entry.getKey(), entry.getValue(), problems);
            }
        }
        return counted;
    }

    private static void sum(String path, Map<?, ?> map, List<String> problems) {
        List<Double> values = new ArrayList<>();
        for (String counter : COUNTERS) {
            if (map.get(counter) instanceof Double number) {
                values.add(number);
            } else {
                problems.add(path + ": " + counter + " is " + map.get(counter) + ", not a number");
                return;
            }
        }
        System.out.println(path + ": " + COUNTERS + " = " + values);
        if (values.get(0) <= 0 || values.get(1) <= 0) {
            problems.add(path + ": nothing was offered or accepted");
        }
        if (values.get(1) + values.get(2) + values.get(3) != values.get(0)) {
            problems.add(path + ": accepted + duplicate + rejected is not offered");
        }
    }

    // JSON, as much as is needed: text that is no JSON fails.

    private Object value() {
        switch (next()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            default:
                int start = at;
                while (at < text.length() && "+-.eE".indexOf(text.charAt(at)) >= 0
                        || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                    at++;
                }
                String word = text.substring(start, at);
                return List.of("true", "false", "null").contains(word) ? word : (Object) Double.valueOf(word);
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (next() != '}') {
            expect(next() == '"', "a name");
            String name = string();
            expect(next() == ':', "a colon");
            at++;
            map.put(name, value());
            comma('}');
        }
        at++;
        return map;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        at++;
        while (next() != ']') {
            list.add(value());
            comma(']');
        }
        at++;
        return list;
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            out.append(text.charAt(at));
        }
        at++;
        return out.toString();
    }

    private void comma(char end) {
        if (next() == ',') {
            at++;
        } else {
            expect(next() == end, "a comma");
        }
    }

    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not JSON at " + at + ": expected " + what);
        }
    }
}
