package io.datalifecycle.dlt.time;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A parsed pattern over local times, without any zone. Immutable; the cache is bounded. */
final class CronPattern {

    private static final int MOST_CACHED = 1_000;
    private static final int MOST_CHARACTERS = 200;
    private static final Map<String, CronPattern> CACHE = new ConcurrentHashMap<>();
    private static final Set<String> EVERY = Set.of("*", "*/1", "0-23");
    private static final Map<String, String> NAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private final ExecutionTime times;
    private final boolean everyHour;

    private CronPattern(Cron cron) {
        this.times = ExecutionTime.forCron(cron);
        this.everyHour =
                EVERY.contains(cron.retrieve(CronFieldName.HOUR).getExpression().asString());
    }

    static CronPattern of(String text) {
        CronPattern known = CACHE.get(text);
        if (known != null) {
            return known;
        }
        CronPattern pattern = parse(text);
        if (CACHE.size() >= MOST_CACHED) {
            CACHE.clear();
        }
        CACHE.put(text, pattern);
        return pattern;
    }

    boolean isEveryHour() {
        return everyHour;
    }

    /** The first match strictly after a local time; empty when there never is one. */
    Optional<LocalDateTime> next(LocalDateTime after) {
        ZonedDateTime asUtc = after.atZone(ZoneOffset.UTC);
        return times.nextExecution(asUtc).map(ZonedDateTime::toLocalDateTime);
    }

    private static CronPattern parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("cron: has more than " + MOST_CHARACTERS + " characters");
        }
        String trimmed = text.trim();
        String fields = NAMES.getOrDefault(trimmed.toLowerCase(Locale.ROOT), trimmed);
        if (fields.startsWith("@")) {
            throw new IllegalArgumentException("cron: " + trimmed
                    + " is not known, use @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually");
        }
        int count = fields.isEmpty() ? 0 : fields.split("\\s+").length;
        if (count != 5 && count != 6) {
            throw new IllegalArgumentException(
                    "cron: \"" + trimmed + "\" has " + count + (count == 1 ? " field" : " fields")
                            + ", it needs five (minute hour day month weekday) or six (second first)");
        }
        try {
            Cron cron = new CronParser(definition(count == 6)).parse(anyDay(fields));
            return new CronPattern(cron.validate());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cron: \"" + trimmed + "\" cannot be read: " + reason(e), e);
        }
    }

    /** {@code ?} says the same as {@code *}; as the library's own {@code ?} it would make both restricted days necessary. */
    private static String anyDay(String fields) {
        String[] parts = fields.split("\\s+");
        for (int day : new int[] {parts.length - 3, parts.length - 1}) {
            parts[day] = parts[day].equals("?") ? "*" : parts[day];
        }
        return String.join(" ", parts);
    }

    private static String reason(IllegalArgumentException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "no reason given");
        int colon = message.startsWith("Failed to parse") ? message.indexOf(". ") : -1;
        return colon < 0 ? message : message.substring(colon + 2);
    }

    private static CronDefinition definition(boolean withSeconds) {
        CronDefinitionBuilder builder = CronDefinitionBuilder.defineCron();
        if (withSeconds) {
            builder = builder.withSeconds().withStrictRange().and();
        }
        return builder.withMinutes()
                .withStrictRange()
                .and()
                .withHours()
                .withStrictRange()
                .and()
                .withDayOfMonth()
                .supportsL()
                .supportsW()
                .supportsLW()
                .withStrictRange()
                .and()
                .withMonth()
                .withStrictRange()
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .withIntMapping(7, 0)
                .supportsHash()
                .supportsL()
                .withStrictRange()
                .and()
                .instance();
    }
}
