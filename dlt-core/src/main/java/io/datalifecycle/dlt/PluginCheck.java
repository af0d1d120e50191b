package io.datalifecycle.dlt;

import io.datalifecycle.dlt.connector.PushOptions;
import io.datalifecycle.dlt.problem.DidYouMean;
import io.datalifecycle.dlt.problem.JsonPointer;
import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.problem.ProblemCode;
import io.datalifecycle.dlt.row.Column;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.ModelTrainer;
import io.datalifecycle.dlt.spi.Notifier;
import io.datalifecycle.dlt.template.Channel;
import io.datalifecycle.dlt.template.Connector;
import io.datalifecycle.dlt.template.Inferencestore;
import io.datalifecycle.dlt.template.Model;
import io.datalifecycle.dlt.template.Template;
import java.util.ArrayList;
import java.util.List;

/** What a template needs that this Dlt was not built with. */
final class PluginCheck {

    private final Registry registry;

    PluginCheck(Registry registry) {
        this.registry = registry;
    }

    List<Problem> check(Template template) {
        List<Problem> problems = new ArrayList<>();
        template.channels().forEach(channel -> check(channel, problems));
        template.models().forEach(model -> check(template, model, problems));
        template.connectors().forEach(connector -> check(connector, problems));
        return problems;
    }

    private void check(Connector connector, List<Problem> problems) {
        String pointer = "/connectors/" + connector.key();
        ConnectorType type = registry.connectors.get(connector.type());
        if (type != null) {
            type.check(connector.options()).forEach(problem -> problems.add(below(pointer, problem)));
        } else if (connector.type().equals(Connector.PUSH)) {
            PushOptions.check(connector.options()).forEach(problem -> problems.add(below(pointer, problem)));
        } else {
            problems.add(Problem.error(
                    ProblemCode.CONNECTOR_UNKNOWN,
                    JsonPointer.child(pointer, "type"),
                    "nothing reads sources of type " + connector.type(),
                    "give Dlt.builder() a connector of that type, for instance FileConnector.below(…); "
                            + DidYouMean.hint(connector.type(), registry.connectors.keySet())));
        }
    }

    private static Problem below(String pointer, Problem problem) {
        return new Problem(
                problem.code(),
                problem.severity(),
                pointer + problem.pointer(),
                0,
                0,
                problem.message(),
                problem.hint());
    }

    private void check(Channel channel, List<Problem> problems) {
        String pointer = "/channels/" + channel.key();
        Notifier notifier = registry.notifiers.get(channel.type());
        if (notifier == null) {
            problems.add(Problem.error(
                    ProblemCode.CHANNEL_UNKNOWN,
                    JsonPointer.child(pointer, "type"),
                    "nothing sends channels of type " + channel.type(),
                    registry.notifiers.isEmpty()
                            ? "add NotifyPlugin when building Dlt"
                            : DidYouMean.hint(channel.type(), registry.notifiers.keySet())
                                    + (channel.type().equals("email")
                                            ? "; e-mail needs NotifyPlugin with smtp(…) and from(…)"
                                            : "")));
            return;
        }
        notifier.check(channel.options()).forEach(problem -> problems.add(below(pointer, problem)));
    }

    private void check(Template template, Model model, List<Problem> problems) {
        String pointer = "/models/" + model.key();
        ModelTrainer trainer = registry.trainers.get(model.algorithm());
        if (trainer == null) {
            problems.add(Problem.error(
                    ProblemCode.ALGORITHM_UNKNOWN,
                    JsonPointer.child(pointer, "algorithm"),
                    "nothing trains " + model.algorithm(),
                    registry.trainers.isEmpty()
                            ? "add MlPlugin when building Dlt"
                            : DidYouMean.hint(model.algorithm(), registry.trainers.keySet())));
            return;
        }
        if (trainer.kind(model.algorithm()) != model.kind()) {
            problems.add(Problem.error(
                    ProblemCode.BAD_VALUE,
                    JsonPointer.child(pointer, "kind"),
                    model.algorithm() + " is no " + model.kind().label(),
                    "it is " + trainer.kind(model.algorithm()).label()));
        }
        List<String> outputs =
                trainer.outputs(model.algorithm()).stream().map(Column::name).toList();
        template.inferencestore(model.scoring().into().key())
                .ifPresent(store -> missing(store, outputs, model, problems));
    }

    private static void missing(Inferencestore store, List<String> outputs, Model model, List<Problem> problems) {
        for (Column column : store.columns()) {
            boolean key =
                    store.naturalKey().contains(column.name()) || column.name().equals(store.time());
            if (!key && !outputs.contains(column.name())) {
                problems.add(Problem.error(
                        ProblemCode.UNKNOWN_COLUMN,
                        JsonPointer.child("/inferencestores/" + store.key() + "/columns", column.name()),
                        model.algorithm() + " does not give " + column.name(),
                        DidYouMean.hint(column.name(), outputs)));
            }
        }
    }
}
