package io.datalifecycle.dlt.row;

import io.datalifecycle.dlt.problem.DidYouMean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From one unit of measurement to another: {@code target = value * factor + offset}. Factors follow the SI brochure (9th edition) and, for
 * customary units, NIST SP 811. Immutable.
 *
 * @param factor multiplied first
 * @param offset added then
 */
public record UnitConversion(double factor, double offset) {

    private static final Map<String, Unit> UNITS = units();

    /** A unit: {@code base = value * factor + offset} within its dimension. */
    private record Unit(String dimension, double factor, double offset) {}

    /** The conversion between two units; empty when one is not known or they measure different things. */
    public static Optional<UnitConversion> between(String from, String to) {
        if (from.equals(to)) {
            return Optional.of(new UnitConversion(1, 0));
        }
        Unit source = UNITS.get(from);
        Unit target = UNITS.get(to);
        if (source == null || target == null || !source.dimension.equals(target.dimension)) {
            return Optional.empty();
        }
        return Optional.of(
                new UnitConversion(source.factor / target.factor, (source.offset - target.offset) / target.factor));
    }

    /** Why there is no conversion, with what would be right. */
    public static String problem(String from, String to) {
        Unit source = UNITS.get(from);
        Unit target = UNITS.get(to);
        if (source == null || target == null) {
            String unknown = source == null ? from : to;
            return "the unit " + unknown + " is not known; " + DidYouMean.hint(unknown, UNITS.keySet());
        }
        return from + " measures " + source.dimension + ", " + to + " measures " + target.dimension;
    }

    /** All units that are known. */
    public static Set<String> known() {
        return UNITS.keySet();
    }

    /** The value in the target's unit. */
    public double apply(double value) {
        return value * factor + offset;
    }

    private static Map<String, Unit> units() {
        Map<String, Unit> units = new LinkedHashMap<>();
        add(units, "temperature", "K", 1, "mK", 1e-3);
        units.put("°C", new Unit("temperature", 1, 273.15));
        units.put("degC", new Unit("temperature", 1, 273.15));
        units.put("°F", new Unit("temperature", 5 / 9.0, 459.67 * 5 / 9.0));
        units.put("degF", new Unit("temperature", 5 / 9.0, 459.67 * 5 / 9.0));
        add(
                units,
                "pressure",
                "Pa",
                1,
                "hPa",
                100,
                "kPa",
                1e3,
                "MPa",
                1e6,
                "bar",
                1e5,
                "mbar",
                100,
                "psi",
                6894.757293168361,
                "atm",
                101_325,
                "mmHg",
                133.322387415,
                "inHg",
                3386.389,
                "mH2O",
                9806.65);
        add(
                units, "length", "m", 1, "mm", 1e-3, "cm", 1e-2, "km", 1e3, "µm", 1e-6, "in", 0.0254, "ft", 0.3048,
                "yd", 0.9144, "mi", 1609.344);
        add(units, "area", "m2", 1, "m²", 1, "cm2", 1e-4, "cm²", 1e-4, "ha", 1e4, "km2", 1e6, "ft2", 0.09290304);
        add(
                units,
                "volume",
                "m3",
                1,
                "m³",
                1,
                "l",
                1e-3,
                "L",
                1e-3,
                "ml",
                1e-6,
                "mL",
                1e-6,
                "gal",
                3.785411784e-3,
                "ft3",
                0.028316846592);
        add(
                units,
                "volume per time",
                "m3/s",
                1,
                "m³/s",
                1,
                "m3/h",
                1 / 3600.0,
                "m³/h",
                1 / 3600.0,
                "l/s",
                1e-3,
                "L/s",
                1e-3,
                "l/min",
                1e-3 / 60,
                "L/min",
                1e-3 / 60,
                "l/h",
                1e-3 / 3600,
                "gpm",
                3.785411784e-3 / 60);
        add(units, "mass", "kg", 1, "g", 1e-3, "mg", 1e-6, "t", 1e3, "lb", 0.45359237, "oz", 0.028349523125);
        add(units, "mass per time", "kg/s", 1, "kg/h", 1 / 3600.0, "t/h", 1 / 3.6, "lb/h", 0.45359237 / 3600);
        add(units, "time", "s", 1, "ms", 1e-3, "µs", 1e-6, "min", 60, "h", 3600, "d", 86_400);
        add(
                units,
                "speed",
                "m/s",
                1,
                "mm/s",
                1e-3,
                "km/h",
                1 / 3.6,
                "mph",
                0.44704,
                "kn",
                1852 / 3600.0,
                "in/s",
                0.0254);
        add(units, "acceleration", "m/s2", 1, "m/s²", 1, "g0", 9.80665, "mm/s2", 1e-3, "mm/s²", 1e-3);
        add(units, "frequency", "Hz", 1, "kHz", 1e3, "MHz", 1e6, "rpm", 1 / 60.0, "1/min", 1 / 60.0);
        add(units, "power", "W", 1, "mW", 1e-3, "kW", 1e3, "MW", 1e6, "hp", 745.6998715822702, "BTU/h", 0.29307107017);
        add(
                units,
                "energy",
                "J",
                1,
                "kJ",
                1e3,
                "MJ",
                1e6,
                "Wh",
                3600,
                "kWh",
                3.6e6,
                "MWh",
                3.6e9,
                "cal",
                4.1868,
                "kcal",
                4186.8,
                "BTU",
                1055.05585262);
        add(units, "voltage", "V", 1, "mV", 1e-3, "kV", 1e3);
        add(units, "current", "A", 1, "mA", 1e-3, "kA", 1e3);
        add(units, "force", "N", 1, "kN", 1e3, "lbf", 4.4482216152605);
        add(units, "torque", "Nm", 1, "N·m", 1, "lbf·ft", 1.3558179483314);
        add(units, "angle", "rad", 1, "deg", Math.PI / 180, "°", Math.PI / 180);
        add(units, "ratio", "1", 1, "%", 1e-2, "‰", 1e-3, "ppm", 1e-6);
        return units;
    }

    private static void add(Map<String, Unit> units, String dimension, Object... namesAndFactors) {
        for (int i = 0; i < namesAndFactors.length; i += 2) {
            double factor = ((Number) namesAndFactors[i + 1]).doubleValue();
            units.put((String) namesAndFactors[i], new Unit(dimension, factor, 0));
        }
    }
}
