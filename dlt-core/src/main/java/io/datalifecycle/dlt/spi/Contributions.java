package io.datalifecycle.dlt.spi;

/** Takes what a plug-in adds. Two for the same job are refused with both names. */
public interface Contributions {

    void trainer(ModelTrainer trainer);

    void format(ModelFormat format);

    void notifier(Notifier notifier);

    void charts(ChartRenderer renderer);

    void pages(PageRenderer renderer);

    void documents(DocumentRenderer renderer);

    void engine(TransformEngine engine);

    void connector(ConnectorType type);

    void fileFormat(FileFormat format);

    void listener(DltListener listener);
}
