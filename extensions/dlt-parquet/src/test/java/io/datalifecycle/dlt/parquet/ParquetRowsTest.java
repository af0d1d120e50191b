package io.datalifecycle.dlt.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jerolba.carpet.io.FileSystemOutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other tools write them. */
final class ParquetRowsTest {

    private static final String SCHEMA = """
            message other {
              optional int32 i32; optional int64 i64; optional int32 u32 (INTEGER(32,false)); optional int64 u64 (INTEGER(64,false));
              optional int32 i8 (INTEGER(8,true)); optional float f; optional double d; optional boolean b;
              optional binary s (STRING); optional binary e (ENUM); optional binary raw; optional binary j (JSON);
              optional int32 dec9 (DECIMAL(9,2)); optional int64 dec18 (DECIMAL(18,4));
              optional fixed_len_byte_array(16) decf (DECIMAL(38,10)); optional binary decb (DECIMAL(20,5));
              optional int64 millis (TIMESTAMP(MILLIS,true)); optional int64 micros (TIMESTAMP(MICROS,true));
              optional int64 nanos (TIMESTAMP(NANOS,true)); optional int64 wall (TIMESTAMP(MICROS,false));
              optional int32 day (DATE); optional int64 clock (TIME(MICROS,true));
              optional fixed_len_byte_array(16) id (UUID);
              optional group point { optional double x; optional group in { optional int32 y; optional int32 u (INTEGER(32,false)); } }
              optional group list (LIST) { repeated group list { optional int64 element; } }
              optional group structs (LIST) { repeated group list { optional group element { optional binary k (STRING); optional binary j (JSON); } } }
              optional group map (MAP) { repeated group key_value { required binary key (STRING); optional double value; } }
              repeated int32 old_list;
            }
            """;

    @TempDir
    Path directory;

    private Path write(String schema, java.util.function.Consumer<Group> fill) throws IOException {
        Path file = directory.resolve("other.parquet");
        MessageType type = MessageTypeParser.parseMessageType(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new FileSystemOutputFile(file.toFile()))
                .withType(type)
                .build()) {
            Group group = new SimpleGroupFactory(type).newGroup();
            fill.accept(group);
            writer.write(group);
            writer.write(new SimpleGroupFactory(type).newGroup());
        }
        return file;
    }

    private static Binary bytes(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        byte[] small = number.toByteArray();
        java.util.Arrays.fill(bytes, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(small, 0, bytes, length - small.length, small.length);
        return Binary.fromConstantByteArray(bytes);
    }

    @Test
    void everyTypeMeansWhatItsWriterMeant() throws IOException {
        UUID id = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
        long micros = 1_772_323_200_123_456L; // 2026-03-01T00:00:00.123456Z
        Path file = write(SCHEMA, g -> {
            g.append("i32", -5)
                    .append("i64", Long.MIN_VALUE)
                    .append("u32", -1)
                    .append("u64", -1L)
                    .append("i8", -8);
            g.append("f", 1.1f)
                    .append("d", 1e-300)
                    .append("b", true)
                    .append("s", "ü")
                    .append("e", "RED");
            g.append("raw", "text").append("j", "{\"a\": [1, 2.50]}");
            g.append("dec9", -12345).append("dec18", 12_3450L);
            g.append("decf", bytes(new BigInteger("-12345678901234567890"), 16));
            g.append("decb", bytes(new BigInteger("1234567890123456789"), 9));
            g.append("millis", micros / 1000)
                    .append("micros", micros)
                    .append("nanos", micros * 1000 + 7)
                    .append("wall", micros);
            g.append("day", -1).append("clock", 3_600_000_000L);
            g.append(
                    "id",
                    Binary.fromConstantByteArray(ByteBuffer.allocate(16)
                            .putLong(id.getMostSignificantBits())
                            .putLong(id.getLeastSignificantBits())
                            .array()));
            Group point = g.addGroup("point");
            point.append("x", 0.5);
            point.addGroup("in").append("y", 3).append("u", -2);
            Group list = g.addGroup("list");
            list.addGroup("list").append("element", 1L);
            list.addGroup("list");
            Group struct = g.addGroup("structs").addGroup("list").addGroup("element");
            struct.append("k", "v").append("j", "[true]");
            g.addGroup("map").addGroup("key_value").append("key", "a").append("value", 2.5);
            g.append("old_list", 1).append("old_list", 2);
        });
        try (ParquetRows rows = new ParquetRows(file, ZoneId.of("Europe/Berlin"))) {
            Map<String, ?> row = rows.next();
            assertThat(row.get("i32")).isEqualTo(-5);
            assertThat(row.get("i64")).isEqualTo(Long.MIN_VALUE);
            assertThat(row.get("u32")).isEqualTo(4_294_967_295L);
            assertThat(row.get("u64")).isEqualTo(new BigInteger("18446744073709551615"));
            assertThat(((Number) row.get("i8")).intValue()).isEqualTo(-8);
            assertThat(row.get("f")).isEqualTo(1.1f);
            assertThat(row.get("d")).isEqualTo(1e-300);
            assertThat(row.get("b")).isEqualTo(true);
            assertThat(row.get("s")).isEqualTo("ü");
            assertThat(row.get("e")).isEqualTo("RED");
            assertThat(row.get("raw")).isEqualTo("text");
            assertThat(row.get("j")).isEqualTo(Map.of("a", List.of(1, new BigDecimal("2.50"))));
            assertThat(row.get("dec9")).isEqualTo(new BigDecimal("-123.45"));
            assertThat(row.get("dec18")).isEqualTo(new BigDecimal("12.345"));
            assertThat(row.get("decf")).isEqualTo(new BigDecimal("-1234567890.123456789"));
            assertThat(row.get("decb")).isEqualTo(new BigDecimal("12345678901234.56789"));
            assertThat(row.get("millis")).isEqualTo(Instant.parse("2026-03-01T00:00:00.123Z"));
            assertThat(row.get("micros")).isEqualTo(Instant.parse("2026-03-01T00:00:00.123456Z"));
            assertThat(row.get("nanos")).isEqualTo(Instant.parse("2026-03-01T00:00:00.123456007Z"));
            assertThat(row.get("wall"))
                    .as("Berlin's wall clock")
                    .isEqualTo(Instant.parse("2026-02-28T23:00:00.123456Z"));
            assertThat(row.get("day")).isEqualTo(LocalDate.of(1969, 12, 31));
            assertThat(row.get("clock")).isEqualTo(LocalTime.of(1, 0));
            assertThat(row.get("id")).isEqualTo(id);
            assertThat(row.get("point")).isEqualTo(Map.of("x", 0.5, "in", Map.of("y", 3, "u", 4_294_967_294L)));
            assertThat((List<?>) row.get("list")).hasSize(2).first().isEqualTo(1L);
            assertThat(row.get("structs")).isEqualTo(List.of(Map.of("k", "v", "j", List.of(true))));
            assertThat(row.get("map")).isEqualTo(Map.of("a", 2.5));
            assertThat(row.get("old_list")).isEqualTo(List.of(1, 2));
            assertThat(rows.next()).as("columns without a value are left out").doesNotContainKeys("i32", "point");
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void bytesThatAreNoTextAreGivenInBase64() throws IOException {
        Path file = write(
                "message m { optional binary raw; }",
                g -> g.append("raw", Binary.fromConstantByteArray(new byte[] {(byte) 0xff, 0})));
        try (ParquetRows rows = new ParquetRows(file, ZoneId.of("UTC"))) {
            assertThat(rows.next().get("raw")).isEqualTo("/wA=");
        }
    }

    @Test
    void timesOfAnOldFormatAreRefusedWithWhatToDo() throws IOException {
        Path file = write(
                "message m { optional int96 old; }", g -> g.append("old", Binary.fromConstantByteArray(new byte[12])));
        assertThatThrownBy(new ParquetRows(file, ZoneId.of("UTC"))::hasNext).hasMessageContaining("TIMESTAMP_MICROS");
    }

    @Test
    void brokenBytesAreToldAsABrokenFileAndNothingElse() throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(
                "message m { optional binary s (STRING); optional int64 n; optional group l (LIST) { repeated group list { optional double element; } } }");
        Path file = directory.resolve("whole.parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new FileSystemOutputFile(file.toFile()))
                .withType(type)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            for (int i = 0; i < 200; i++) {
                Group group = new SimpleGroupFactory(type)
                        .newGroup()
                        .append("s", "text " + i % 50)
                        .append("n", (long) i);
                group.addGroup("l").addGroup("list").append("element", i / 3.0);
                writer.write(group);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        int broken = 0;
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            byte[] bytes = whole.clone();
            for (int at = random.nextInt(bytes.length), n = 1 + random.nextInt(8);
                    n > 0 && at < bytes.length;
                    n--, at++) {
                bytes[at] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            try (ParquetRows rows = new ParquetRows(file, ZoneId.of("UTC"))) {
                while (rows.hasNext()) {
                    rows.next();
                }
            } catch (UncheckedIOException e) {
                broken++;
            }
        }
        assertThat(broken).isGreaterThan(100);
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        ParquetRows rows = new ParquetRows(directory.resolve("none.parquet"), ZoneId.of("UTC"));
        assertThatThrownBy(rows::hasNext)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("there is no such file");
        assertThat(rows.hasNext()).isFalse();
    }
}
