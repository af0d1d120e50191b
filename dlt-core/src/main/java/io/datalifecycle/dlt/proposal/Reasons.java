package io.datalifecycle.dlt.proposal;

import java.util.ArrayList;
import java.util.List;

/** Collects reasons. Not thread-safe. */
final class Reasons {

    static final String STORE = "/datastores/" + TemplateProposal.DATASTORE;
    static final String INBOX = "/connectors/" + TemplateProposal.CONNECTOR;

    private final List<Reason> reasons = new ArrayList<>();

    void add(String pointer, String text) {
        reasons.add(new Reason(pointer, text));
    }

    List<Reason> list() {
        return List.copyOf(reasons);
    }
}
