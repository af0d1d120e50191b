package io.datalifecycle.dlt.storage.schedule;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.ScheduleAndData;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import io.datalifecycle.dlt.storage.sql.PlainJson;
import io.datalifecycle.dlt.time.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A job's trigger as it is kept with the job: a small JSON object, never Java serialization. */
record JobData(Trigger trigger) implements ScheduleAndData {

    private static final long serialVersionUID = 1L;

    @Override
    public Schedule getSchedule() {
        return new TriggerSchedule(trigger);
    }

    @Override
    public Object getData() {
        return this;
    }

    byte[] bytes() {
        Map<String, String> fields = new LinkedHashMap<>();
        trigger.cron().ifPresent(cron -> fields.put("cron", cron));
        trigger.every().ifPresent(every -> fields.put("every", every.toString()));
        fields.put("zone", trigger.zone().getId());
        return PlainJson.write(fields).getBytes(StandardCharsets.UTF_8);
    }

    static JobData read(byte[] bytes) {
        Map<String, String> fields = PlainJson.texts(new String(bytes, StandardCharsets.UTF_8));
        return new JobData(new Trigger(
                Optional.ofNullable(fields.get("cron")),
                Optional.ofNullable(fields.get("every")).map(Duration::parse),
                ZoneId.of(fields.getOrDefault("zone", "UTC"))));
    }

    /** Reads and writes job data and nothing else. */
    static final class JsonSerializer implements Serializer {

        @Override
        public byte[] serialize(Object data) {
            return data instanceof JobData job ? job.bytes() : new byte[0];
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            return type.cast(read(bytes));
        }
    }
}
