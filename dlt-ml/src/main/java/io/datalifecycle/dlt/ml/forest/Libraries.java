package io.datalifecycle.dlt.ml.forest;

import com.amazon.randomcutforest.RandomCutForest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Names the library that did the work, for a version's provenance. */
final class Libraries {

    private static final String ABOUT =
            "/META-INF/maven/software.amazon.randomcutforest/randomcutforest-core/pom.properties";

    private Libraries() {}

    static String forest() {
        Properties about = new Properties();
        try (InputStream in = RandomCutForest.class.getResourceAsStream(ABOUT)) {
            if (in != null) {
                about.load(in);
            }
        } catch (IOException e) {
            about.clear(); // shaded or repacked: the name alone has to do
        }
        return "randomcutforest " + about.getProperty("version", "of unknown version");
    }
}
