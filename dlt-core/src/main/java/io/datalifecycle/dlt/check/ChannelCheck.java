package io.datalifecycle.dlt.check;

import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.template.Channel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Channels: parameters in options, and whether anybody sends to them; then parameters that nobody used. */
final class ChannelCheck {

    private ChannelCheck() {}

    static void check(Findings findings) {
        Set<String> used = new HashSet<>();
        findings.template().alerts().forEach(alert -> used.addAll(alert.sendTo()));
        findings.template().reports().forEach(report -> used.addAll(report.sendTo()));
        for (Channel channel : findings.template().channels()) {
            String pointer = JsonPointer.child("/channels", channel.key());
            if (channel.type().isBlank()) {
                findings.error(ProblemCode.MISSING_KEY, pointer, "type is missing", "");
            }
            channel.options().forEach((name, value) -> findings.placeholders(value, JsonPointer.child(pointer, name)));
            if (!used.contains(channel.key())) {
                findings.warning(ProblemCode.UNUSED, pointer, "nothing is sent to channel " + channel.key(), "");
            }
        }
        ParameterCheck.unused(findings);
    }

    /** Channels that an alert or report names. */
    static void sendTo(Findings findings, List<String> channels, String pointer) {
        List<String> known =
                findings.template().channels().stream().map(Channel::key).toList();
        for (int i = 0; i < channels.size(); i++) {
            findings.known("channel", channels.get(i), known, JsonPointer.child(pointer, i));
        }
    }
}
