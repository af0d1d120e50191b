package io.datalifecycle.dlt.connector;

import io.datalifecycle.dlt.problem.Problem;
import io.datalifecycle.dlt.spi.ConnectorSource;
import io.datalifecycle.dlt.spi.ConnectorType;
import io.datalifecycle.dlt.spi.FileFormat;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Connectors of type {@code file}: files of a directory, each read once and then kept, moved or deleted. A template may name files below
 * the directories that the host allows and nothing else; links that lead out of them are not followed. Immutable, thread-safe.
 */
public final class FileConnector implements ConnectorType {

    private final List<Path> roots;
    private final List<FileFormat> formats;

    private FileConnector(List<Path> roots, List<FileFormat> formats) {
        this.roots = List.copyOf(roots);
        this.formats = List.copyOf(formats);
    }

    /** Files below these directories. */
    public static FileConnector below(Path... roots) {
        if (roots.length == 0) {
            throw new IllegalArgumentException("roots: name at least one directory that templates may read from");
        }
        return new FileConnector(List.of(roots), List.of());
    }

    /** The same with one more format of files, for instance Parquet. */
    public FileConnector with(FileFormat format) {
        List<FileFormat> more = new ArrayList<>(formats);
        more.add(format);
        return new FileConnector(roots, more);
    }

    @Override
    public String type() {
        return "file";
    }

    @Override
    public List<Problem> check(Map<String, Object> options) {
        OptionReader reader = new OptionReader(options);
        FileOptions.read(reader, ZoneOffset.UTC, formats);
        return reader.problems();
    }

    @Override
    public ConnectorSource open(Opening opening) {
        OptionReader reader = new OptionReader(opening.options());
        FileOptions options = FileOptions.read(reader, opening.zone(), formats);
        reader.throwIfWrong(opening.connector());
        return new FileSource(options, new Roots(roots), opening);
    }
}
