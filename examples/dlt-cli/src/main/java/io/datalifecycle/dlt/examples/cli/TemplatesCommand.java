package io.datalifecycle.dlt.examples.cli;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.Templates.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists versions. */
@Command(name = "templates", description = "The published versions of all templates, or of one.")
final class TemplatesCommand extends DatabaseAction {

    @Parameters(arity = "0..1", paramLabel = "KEY", description = "Key of a template.")
    private @Nullable String key;

    @Override
    Answer answer(Dlt dlt) {
        List<String> keys = key == null ? dlt.templates().keys() : List.of(key);
        List<Published> all = keys.stream()
                .flatMap(known -> dlt.templates().list(known).stream())
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TEMPLATE", "VERSION", "PUBLISHED", "DEPRECATED"));
        all.forEach(one -> rows.add(List.of(
                one.id().key(),
                one.id().version(),
                one.publishedAt().toString(),
                one.deprecated().orElse(""))));
        return Answer.ok(
                Texts.json(
                        "ok",
                        true,
                        "templates",
                        all.stream().map(TemplatesCommand::json).toList()),
                all.isEmpty() ? "no template is published" + (key == null ? "" : " as " + key) : Texts.table(rows));
    }

    private static Map<String, @Nullable Object> json(Published one) {
        Map<String, @Nullable Object> json = Texts.json(one.id());
        json.put("published", one.publishedAt().toString());
        json.put("deprecated", one.deprecated().orElse(null));
        return json;
    }
}
