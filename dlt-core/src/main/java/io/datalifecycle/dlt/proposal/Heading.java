package io.datalifecycle.dlt.proposal;

import io.datalifecycle.dlt.row.UnitConversion;
import io.datalifecycle.dlt.template.KeyRule;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a header says: a name for a column and a unit.
 *
 * @param name a name that can be written without quotes; empty when the header holds no letter of the alphabet
 * @param unit as people write it
 * @param bare the header without its unit
 */
record Heading(String name, Optional<String> unit, String bare) {

    private static final int LONGEST = 40;
    private static final Pattern SQUARE = Pattern.compile("(?<bare>.+?)\\s*\\[(?<unit>[^\\[\\]]{1,20})]\\s*");
    private static final Pattern ROUND = Pattern.compile("(?<bare>.+?)\\s*\\((?<unit>[^()]{1,20})\\)\\s*");
    private static final Pattern IN = Pattern.compile("(?<bare>.+?)\\s+in\\s+(?<unit>\\S{1,12})\\s*");
    private static final Pattern SUFFIX = Pattern.compile("(?<bare>.+)_(?<unit>[A-Za-z%]+[A-Za-z0-9_]*)");
    private static final Pattern SIGN = Pattern.compile(".*[°%‰µ²³Ω/].*");
    private static final Map<String, String> SPELLED = Map.ofEntries(
            Map.entry("degc", "°C"),
            Map.entry("celsius", "°C"),
            Map.entry("degf", "°F"),
            Map.entry("fahrenheit", "°F"),
            Map.entry("kelvin", "K"),
            Map.entry("pct", "%"),
            Map.entry("percent", "%"),
            Map.entry("bar", "bar"),
            Map.entry("mbar", "mbar"),
            Map.entry("hpa", "hPa"),
            Map.entry("kpa", "kPa"),
            Map.entry("psi", "psi"),
            Map.entry("rpm", "rpm"),
            Map.entry("hz", "Hz"),
            Map.entry("khz", "kHz"),
            Map.entry("kw", "kW"),
            Map.entry("kwh", "kWh"),
            Map.entry("mwh", "MWh"),
            Map.entry("wh", "Wh"),
            Map.entry("m3h", "m³/h"),
            Map.entry("m3_h", "m³/h"),
            Map.entry("lpm", "l/min"),
            Map.entry("l_min", "l/min"),
            Map.entry("mm_s", "mm/s"),
            Map.entry("m_s", "m/s"),
            Map.entry("kmh", "km/h"),
            Map.entry("mm", "mm"),
            Map.entry("cm", "cm"),
            Map.entry("km", "km"),
            Map.entry("kg", "kg"),
            Map.entry("mv", "mV"),
            Map.entry("volt", "V"),
            Map.entry("amp", "A"),
            Map.entry("ppm", "ppm"),
            Map.entry("lux", "lx"));

    /** Columns that PostgreSQL has itself, and the one of a roll-up. */
    private static final Set<String> TAKEN =
            Set.of("xmin", "xmax", "cmin", "cmax", "ctid", "tableoid", "oid", "bucket", "samples");

    static Heading of(String header) {
        for (Pattern pattern : new Pattern[] {SQUARE, ROUND, IN}) {
            Matcher matcher = pattern.matcher(header);
            if (matcher.matches()) {
                String unit = matcher.group("unit").strip();
                boolean known = UnitConversion.known().contains(unit)
                        || SIGN.matcher(unit).matches();
                if (pattern == SQUARE || known) {
                    String bare = matcher.group("bare").strip();
                    return new Heading(name(bare), Optional.of(unit).filter(text -> !text.isEmpty()), bare);
                }
            }
        }
        Matcher suffix = SUFFIX.matcher(header.strip());
        return new Heading(name(header), suffix.matches() ? spelled(suffix) : Optional.empty(), header.strip());
    }

    /** The longest ending that spells a unit. */
    private static Optional<String> spelled(Matcher suffix) {
        String whole = suffix.group().toLowerCase(Locale.ROOT);
        for (int at = whole.indexOf('_'); at >= 0; at = whole.indexOf('_', at + 1)) {
            String unit = SPELLED.get(whole.substring(at + 1));
            if (unit != null && at > 0) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** Small letters, digits and underscores; empty when nothing is left. */
    static String name(String text) {
        String plain = Normalizer.normalize(split(text).replace("ß", "ss"), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_+|_+$", "");
        if (plain.isEmpty()) {
            return "";
        }
        String led = Character.isDigit(plain.charAt(0)) ? "c_" + plain : plain;
        String cut = (led.length() > LONGEST ? led.substring(0, LONGEST) : led).replaceAll("_+$", "");
        return TAKEN.contains(cut) || KeyRule.problem(cut).isPresent() ? "value_" + cut.replace("_wid", "_w_id") : cut;
    }

    /** {@code assetId} is two words. */
    private static String split(String text) {
        return text.replaceAll("(?<=[a-z0-9])(?=[A-Z][a-z])", "_");
    }
}
