package io.datalifecycle.dlt.examples.springboot;

import io.datalifecycle.dlt.Dlt;
import io.datalifecycle.dlt.ingest.IngestResult;
import io.datalifecycle.dlt.ingest.Rows;
import io.datalifecycle.dlt.problem.InvalidInputException;
import io.datalifecycle.dlt.problem.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Three URLs over the {@code Dlt} bean; who may call them is the host's own business. */
@SpringBootApplication
@RestController
public class Application {

    private final Dlt dlt;

    Application(Dlt dlt) {
        this.dlt = dlt;
    }

    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    /** Gives a customer a workspace. */
    @PutMapping("/customers/{customer}")
    String provision(@PathVariable String customer, @RequestParam(defaultValue = "UTC") String zone) {
        return dlt.workspaces()
                .provision(customer, "pump", "1.0.0", w -> w.timezone(zone))
                .toString();
    }

    /** Takes in a body of NDJSON and tells what became of it. */
    @PostMapping("/customers/{customer}/rows")
    Map<String, Object> ingest(@PathVariable String customer, InputStream body) throws IOException {
        try (body) {
            IngestResult in = dlt.workspaces()
                    .workspace(customer)
                    .datastore("sensor_data")
                    .ingest(Rows.ndjson(body));
            return Map.of("accepted", in.accepted(), "duplicate", in.duplicate(), "rejected", in.rejected());
        }
    }

    /** The customer's dashboard as a page. */
    @GetMapping(value = "/customers/{customer}/dashboard", produces = MediaType.TEXT_HTML_VALUE)
    String dashboard(@PathVariable String customer) {
        var workspace = dlt.workspaces().workspace(customer);
        workspace.featurestore("pump_metrics_10min").refresh(); // the schedule does this too, every ten minutes
        return workspace.dashboard("overview").html();
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.NOT_FOUND)
    String unknown(NotFoundException e) {
        return String.valueOf(e.getMessage());
    }

    @ExceptionHandler({InvalidInputException.class, IllegalArgumentException.class})
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    String wrong(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
