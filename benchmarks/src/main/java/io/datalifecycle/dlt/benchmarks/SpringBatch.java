package io.datalifecycle.dlt.benchmarks;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParameters;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.StepExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.ItemStreamReader;
import org.springframework.batch.item.database.JdbcBatchItemWriter;
import org.springframework.batch.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.item.file.builder.FlatFileItemReaderBuilder;
import org.springframework.batch.item.file.mapping.JsonLineMapper;
import org.springframework.batch.item.json.JacksonJsonObjectReader;
import org.springframework.batch.item.json.builder.JsonItemReaderBuilder;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A step as its documentation shows it: a reader of maps, chunks of 1,000, a writer of JDBC batches. No row is validated. */
final class SpringBatch {

    private final DataSource database;
    private final JdbcBatchItemWriter<Map<String, Object>> writer;

    SpringBatch(DataSource database, String table) {
        this.database = database;
        this.writer = new JdbcBatchItemWriterBuilder<Map<String, Object>>()
                .dataSource(database)
                .sql("INSERT INTO " + table
                        + " (ts, asset_id, pressure, vibration, temperature, flow, cycles, state)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ts, asset_id) DO NOTHING")
                .itemPreparedStatementSetter(SpringBatch::bind)
                .assertUpdates(false)
                .build();
        writer.afterPropertiesSet();
    }

    private static void bind(Map<String, Object> row, PreparedStatement insert) throws SQLException {
        insert.setObject(1, OffsetDateTime.parse(String.valueOf(row.get("ts"))));
        insert.setObject(2, row.get("asset_id"));
        insert.setObject(3, row.get("pressure"));
        insert.setObject(4, row.get("vibration"));
        insert.setObject(5, row.get("temperature"));
        insert.setObject(6, row.get("flow"));
        insert.setObject(7, row.get("cycles"));
        insert.setObject(8, row.get("state"));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal knows no type arguments
    static ItemStreamReader<Map<String, Object>> json(Path file) {
        return new JsonItemReaderBuilder<Map<String, Object>>()
                .name("rows")
                .resource(new FileSystemResource(file))
                .jsonObjectReader(new JacksonJsonObjectReader(Map.class))
                .build();
    }

    static ItemStreamReader<Map<String, Object>> lines(Path file) {
        return new FlatFileItemReaderBuilder<Map<String, Object>>()
                .name("rows")
                .resource(new FileSystemResource(file))
                .lineMapper(new JsonLineMapper())
                .build();
    }

    void run(ItemStreamReader<Map<String, Object>> reader) throws Exception {
        JobRepository jobs = new ResourcelessJobRepository();
        Step step = new StepBuilder("rows", jobs)
                .<Map<String, Object>, Map<String, Object>>chunk(1_000, new JdbcTransactionManager(database))
                .reader(reader)
                .writer(writer)
                .build();
        JobExecution job = jobs.createJobExecution("ingest", new JobParameters());
        StepExecution execution = job.createStepExecution("rows");
        jobs.add(execution);
        step.execute(execution);
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new IllegalStateException("Spring Batch: " + execution.getFailureExceptions());
        }
    }
}
