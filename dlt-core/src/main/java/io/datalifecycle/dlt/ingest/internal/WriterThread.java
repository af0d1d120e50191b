package io.datalifecycle.dlt.ingest.internal;

import java.util.concurrent.Executor;

/** Starts a daemon thread for each batch that is written while the next one is parsed: the only place where ingest makes threads. */
final class WriterThread implements Executor {

    @Override
    public void execute(Runnable work) {
        Thread thread = new Thread(work, "dlt-ingest-writer");
        thread.setDaemon(true);
        thread.start();
    }
}
