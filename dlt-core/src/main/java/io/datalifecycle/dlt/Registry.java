package io.datalifecycle.dlt;

import io.datalifecycle.dlt.problem.DltException;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.spi.ChartRenderer;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.Contributions;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.DltPlugin;
import io.datalifecycle.dlt.spi.DocumentRenderer;
import io.datalifecycle.dlt.spi.FileFormat;
import io.datalifecycle.dlt.spi.ModelFormat;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.spi.Notifier;
import io.datalifecycle.dlt.spi.PageRenderer;
import io.datalifecycle.dlt.spi.TransformEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What plug-ins and the host added, each job by one: a second candidate is refused with the names of both. */
final class Registry implements Contributions {

    final Map<String, Notifier> notifiers = new LinkedHashMap<>();
    final Map<String, ModelTrainer> trainers = new LinkedHashMap<>();
    final Map<String, ModelFormat> formats = new LinkedHashMap<>();
    final List<TransformEngine> engines = new ArrayList<>();
    final Map<String, ConnectorType> connectors = new LinkedHashMap<>();
    final List<FileFormat> fileFormats = new ArrayList<>();
    final List<DltListener> listeners = new ArrayList<>();
    private final Map<String, Object> renderers = new LinkedHashMap<>();
    private final Map<String, String> owners = new LinkedHashMap<>();
    private String current = "the host";

    void add(DltPlugin plugin) {
        current = plugin.name();
        plugin.contribute(this);
        current = "the host";
    }

    @Override
    public void trainer(ModelTrainer trainer) {
        trainer.algorithms().forEach(algorithm -> {
            claim("algorithm " + algorithm);
            trainers.put(algorithm, trainer);
        });
    }

    @Override
    public void format(ModelFormat format) {
        claim("model format " + format.name());
        formats.put(format.name(), format);
    }

    @Override
    public void notifier(Notifier notifier) {
        claim("channel type " + notifier.type());
        notifiers.put(notifier.type(), notifier);
    }

    @Override
    public void charts(ChartRenderer renderer) {
        claim("chart renderer");
        renderers.put("charts", renderer);
    }

    @Override
    public void pages(PageRenderer renderer) {
        claim("page renderer");
        renderers.put("pages", renderer);
    }

    @Override
    public void documents(DocumentRenderer renderer) {
        claim("document renderer");
        renderers.put("documents", renderer);
    }

    @Override
    public void engine(TransformEngine engine) {
        engine.kinds().forEach(kind -> claim("metrics of kind " + kind.label()));
        engines.add(engine);
    }

    @Override
    public void connector(ConnectorType type) {
        claim("connector type " + type.type());
        connectors.put(type.type(), type);
    }

    @Override
    public void fileFormat(FileFormat format) {
        claim("file format " + format.name());
        fileFormats.add(format);
    }

    @Override
    public void listener(DltListener listener) {
        listeners.add(listener);
    }

    Optional<ChartRenderer> charts() {
        return Optional.ofNullable((ChartRenderer) renderers.get("charts"));
    }

    Optional<PageRenderer> pages() {
        return Optional.ofNullable((PageRenderer) renderers.get("pages"));
    }

    Optional<DocumentRenderer> documents() {
        return Optional.ofNullable((DocumentRenderer) renderers.get("documents"));
    }

    private void claim(String job) {
        String other = owners.put(job, current);
        if (other != null) {
            throw new DltException(
                    ProblemCode.PLUGIN_CONFLICT,
                    job + ": both " + other + " and " + current + " offer it; leave one of them out when building Dlt");
        }
    }
}
