package io.datalifecycle.dlt.spring.autoconfigure;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.Contributions;
import io.datalifecycle.dlt.spi.DltListener;
import io.datalifecycle.dlt.spi.DltPlugin;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.spi.Notifier;
import io.datalifecycle.dlt.spi.TransformEngine;
import org.springframework.beans.factory.ObjectProvider;

/** The plug-ins and single parts that are beans, in their order. */
final class DltContributions implements DltPlugin {

    private final ObjectProvider<DltPlugin> plugins;
    private final ObjectProvider<Notifier> notifiers;
    private final ObjectProvider<ModelTrainer> trainers;
    private final ObjectProvider<TransformEngine> engines;
    private final ObjectProvider<ConnectorType> connectors;
    private final ObjectProvider<DltListener> listeners;

    DltContributions(
            ObjectProvider<DltPlugin> plugins,
            ObjectProvider<Notifier> notifiers,
            ObjectProvider<ModelTrainer> trainers,
            ObjectProvider<TransformEngine> engines,
            ObjectProvider<ConnectorType> connectors,
            ObjectProvider<DltListener> listeners) {
        this.plugins = plugins;
        this.notifiers = notifiers;
        this.trainers = trainers;
        this.engines = engines;
        this.connectors = connectors;
        this.listeners = listeners;
    }

    void addTo(Dlt.Builder builder) {
        plugins.orderedStream().filter(plugin -> plugin != this).forEach(builder::plugin);
        builder.plugin(this);
    }

    @Override
    public String name() {
        return "beans of the application context";
    }

    @Override
    public void contribute(Contributions contributions) {
        notifiers.orderedStream().forEach(contributions::notifier);
        trainers.orderedStream().forEach(contributions::trainer);
        engines.orderedStream().forEach(contributions::engine);
        connectors.orderedStream().forEach(contributions::connector);
        listeners.orderedStream().forEach(contributions::listener);
    }
}
