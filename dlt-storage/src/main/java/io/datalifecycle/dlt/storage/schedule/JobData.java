package io.datalifecycle.dlt.storage.schedule;

import io.datalifecycle.dlt.spi.JobQueue.Job;
import io.datalifecycle.dlt.storage.sql.PlainJson;
import io.datalifecycle.dlt.time.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** When a job runs, as it is kept with the job: a small JSON object, never Java serialization. */
record JobData(Trigger trigger, Duration offset) {

    /** So far away that it never comes, for a schedule that fires no more. */
    static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    /**
     * A run to come.
     *
     * @param scheduledFor what the trigger says
     * @param begins when it begins, by the job's offset
     */
    record Slot(Instant scheduledFor, Instant begins) {}

    static JobData of(Job job) {
        return new JobData(job.trigger(), job.offset());
    }

    /** The first run after an instant. */
    Slot after(Instant instant) {
        return trigger.next(instant)
                .map(next -> new Slot(next, next.plus(offset)))
                .orElse(new Slot(NEVER, NEVER));
    }

    String json() {
        Map<String, String> fields = new LinkedHashMap<>();
        trigger.cron().ifPresent(cron -> fields.put("cron", cron));
        trigger.every().ifPresent(every -> fields.put("every", every.toString()));
        fields.put("zone", trigger.zone().getId());
        if (!offset.isZero()) {
            fields.put("offset", offset.toString());
        }
        return PlainJson.write(fields);
    }

    static JobData read(byte[] bytes) {
        Map<String, String> fields = PlainJson.texts(new String(bytes, StandardCharsets.UTF_8));
        Trigger trigger = new Trigger(
                Optional.ofNullable(fields.get("cron")),
                Optional.ofNullable(fields.get("every")).map(Duration::parse),
                ZoneId.of(fields.getOrDefault("zone", "UTC")));
        return new JobData(trigger, Duration.parse(fields.getOrDefault("offset", "PT0S")));
    }
}
