package io.datalifecycle.dlt.notify.html;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What every page has: its frame, its style, ECharts from its WebJar, our script, and the policy that names both scripts by their
 * hashes. Immutable.
 */
final class PageAssets {

    /** The build with lines, bars, pies, points, zoom and marks: two thirds of the whole. */
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

    private static final List<String> SCRIPTS = List.of(
            "format.js",
            "ticks.js",
            "dom.js",
            "charts.js",
            "state.js",
            "map.js",
            "panels.js",
            "table.js",
            "controls.js",
            "main.js");

    private final String frame = resource("page.html");
    private final String style = resource("page.css");
    private final String echarts = resource(ECHARTS);
    private final String script = joined();
    private final String policy = policy(echarts, script);

    private PageAssets() {}

    /** Read once; about 0.7 MB. */
    static PageAssets loaded() {
        return Holder.ASSETS;
    }

    private static final class Holder {
        static final PageAssets ASSETS = new PageAssets();
    }

    String style() {
        return style;
    }

    String echarts() {
        return echarts;
    }

    String script() {
        return script;
    }

    String policy() {
        return policy;
    }

    /** The frame with its parts in their places; parts are not looked into, so what they hold is never taken for a place. */
    String fill(Map<String, String> parts) {
        StringBuilder page = new StringBuilder(frame.length() + 1_000_000);
        int at = 0;
        for (int open = frame.indexOf("{{"); open >= 0; open = frame.indexOf("{{", at)) {
            int close = frame.indexOf("}}", open);
            page.append(frame, at, open).append(parts.get(frame.substring(open + 2, close)));
            at = close + 2;
        }
        return page.append(frame, at, frame.length()).toString();
    }

    private static String joined() {
        StringBuilder all = new StringBuilder("(() => {\n\"use strict\";\n"
                + "const page = JSON.parse(document.getElementById(\"page\").textContent);\n");
        SCRIPTS.forEach(name -> all.append(resource(name)).append('\n'));
        return all.append("})();").toString();
    }

    private static String policy(String... scripts) {
        StringBuilder policy = new StringBuilder("default-src 'none'; script-src");
        for (String script : scripts) {
            policy.append(" 'sha256-").append(hash(script)).append('\'');
        }
        return policy.append("; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'")
                .toString();
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new DltException(
                        ProblemCode.RENDERING_FAILED,
                        "page: " + name + " is not on the class path; add the WebJar org.webjars:echarts");
            }
            // Browsers read a line end as one sign before they hash a script.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .replace('\r', '\n');
        } catch (IOException e) {
            throw new DltException(ProblemCode.RENDERING_FAILED, "page: " + name + " cannot be read", e);
        }
    }
}
