package io.datalifecycle.dlt.examples.cli;

/** A setting of the environment is missing or wrong; the message names it and holds no secret. */
final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }
}
