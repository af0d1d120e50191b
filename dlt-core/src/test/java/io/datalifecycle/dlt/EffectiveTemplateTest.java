package io.datalifecycle.dlt;

import static org.assertj.core.api.Assertions.assertThat;

import io.datalifecycle.dlt.check.TemplateChecker;
import io.datalifecycle.dlt.language.TemplateReader;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.template.Template;
import io.datalifecycle.dlt.workspace.Overlay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the checker finds in a template with an overlay on it names the overlay's part in it. */
class EffectiveTemplateTest {

    @Test
    void whatADisabledItemLeavesBehindIsToldWithTheOverlay() throws IOException {
        Overlay.Applied applied = Overlay.builder()
                .disable("metric:vibration_now")
                .replace("channel:ops", "{type: email, to: [\"${param.mail}\"]}")
                .build()
                .applyTo(pumpStation());

        assertThat(applied.fits()).isTrue();
        assertThat(TemplateChecker.check(applied.template()).stream()
                        .map(applied::explain)
                        .map(Problem::toString))
                .containsExactly(
                        "/alerts/high_vibration/metric: metric vibration_now does not exist (the overlay disables"
                                + " metric:vibration_now); known: pressure_by_asset [DLT-1010]",
                        "/channels/ops/to/0: parameter mail does not exist (the overlay replaces it); known:"
                                + " vibration_limit, ops_email [DLT-1012]",
                        "/parameters/ops_email: nothing uses parameter ops_email [DLT-1034]");
    }

    @Test
    void aSoundOverlayLeavesASoundTemplate() throws IOException {
        Overlay.Applied applied = Overlay.builder()
                .add("channel:more", "{type: log}")
                .replace(
                        "alert:high_vibration",
                        "{metric: vibration_now, by: [asset_id], raise: value > param.vibration_limit, notify: [ops, more]}")
                .build()
                .applyTo(pumpStation());

        assertThat(TemplateChecker.check(applied.template())).isEmpty();
    }

    private static Template pumpStation() throws IOException {
        try (InputStream in = EffectiveTemplateTest.class.getResourceAsStream("language/pump_station.yaml")) {
            return TemplateReader.read(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8))
                    .template();
        }
    }
}
