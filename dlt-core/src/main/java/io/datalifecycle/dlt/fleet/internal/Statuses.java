package io.datalifecycle.dlt.fleet.internal;

import io.datalifecycle.dlt.fleet.CanaryFinding;
import io.datalifecycle.dlt.fleet.FleetMember;
import io.datalifecycle.dlt.fleet.FleetState;
import io.datalifecycle.dlt.fleet.FleetStatus;
import io.datalifecycle.dlt.spi.FleetStore.Member;
import io.datalifecycle.dlt.spi.FleetStore.MemberState;
import io.datalifecycle.dlt.spi.FleetStore.Phase;
import io.datalifecycle.dlt.spi.FleetStore.Run;
import io.datalifecycle.dlt.spi.FleetStore.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is kept of a run, as users see it. */
final class Statuses {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Statuses() {}

    static FleetStatus of(Run run, List<Member> members, Instant now) {
        Standing standing = run.standing();
        boolean pauses = standing.phase() == Phase.RUNNING && now.isBefore(standing.dueAt());
        int waves = members.stream().mapToInt(Member::wave).max().orElse(0);
        int wave = members.stream()
                .filter(m -> m.state() == MemberState.PENDING || m.state() == MemberState.RUNNING)
                .mapToInt(Member::wave)
                .min()
                .orElse(waves);
        return new FleetStatus(
                run.id(),
                run.template(),
                run.toVersion(),
                pauses ? FleetState.PAUSED : FleetState.valueOf(standing.phase().name()),
                standing.reason(),
                pauses ? Optional.of(standing.dueAt()) : Optional.empty(),
                standing.tried() ? wave : 0,
                waves,
                members.stream().map(Statuses::member).toList(),
                findings(standing.findings()),
                run.startedAt(),
                standing.endedAt());
    }

    private static FleetMember member(Member member) {
        return new FleetMember(
                member.key(),
                member.wave(),
                FleetMember.State.valueOf(member.state().name()),
                member.from().version(),
                member.error(),
                member.startedAt(),
                member.endedAt());
    }

    static String write(List<CanaryFinding> findings) {
        return MAPPER.writeValueAsString(findings.stream()
                .map(f ->
                        Map.of("workspace", f.workspace(), "what", f.what(), "before", f.before(), "after", f.after()))
                .toList());
    }

    private static List<CanaryFinding> findings(String json) {
        return MAPPER.readValue(json, new TypeReference<List<Map<String, String>>>() {}).stream()
                .map(f -> new CanaryFinding(text(f, "workspace"), text(f, "what"), text(f, "before"), text(f, "after")))
                .toList();
    }

    private static String text(Map<String, String> finding, String name) {
        return finding.getOrDefault(name, "");
    }
}
