package io.datalifecycle.dlt.examples.pumpstation;

import java.io.PrintStream;
import java.util.Locale;

/** A progress bar in a terminal, one line per step elsewhere. */
final class Progress {

    private static final int WIDTH = 32;

    private final PrintStream out;
    private final boolean terminal;
    private String step = "";
    private long started;
    private int shown = -1;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Begins a step; its name stays beside the bar. */
    void begin(String name) {
        step = name;
        started = System.nanoTime();
        shown = -1;
        if (terminal) {
            show(0);
        }
    }

    /** How far the step is, from 0 to 1. */
    void at(double share) {
        int percent = (int) Math.floor(100 * Math.min(1, Math.max(0, share)));
        if (terminal && percent != shown) {
            show(percent);
        }
    }

    /** Ends the step and gives its milliseconds. */
    long end() {
        long millis = (System.nanoTime() - started) / 1_000_000;
        String line = String.format(Locale.ROOT, "%-44s %7.1f s", step, millis / 1000.0);
        out.println(terminal ? "\r  " + line + " ".repeat(WIDTH) : "  " + line);
        out.flush();
        return millis;
    }

    private void show(int percent) {
        shown = percent;
        int full = WIDTH * percent / 100;
        out.print("\r  " + String.format(Locale.ROOT, "%-44s", step) + " [" + "=".repeat(full)
                + " ".repeat(WIDTH - full) + "] " + String.format(Locale.ROOT, "%3d %%", percent));
        out.flush();
    }
}
