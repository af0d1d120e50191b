package io.datalifecycle.dlt.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is stored as what. */
class SchemaColumnsTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static Map<String, Object> schema(String text) {
        Map<String, Object> read = JSON.readValue(text.replace('\'', '"'), new TypeReference<>() {});
        return new io.datalifecycle.dlt.template.JsonSchema(read).keywords();
    }

    private static List<String> columns(String text) {
        return SchemaColumns.of(schema(text)).stream()
                .map(leaf -> String.join("/", leaf.path()) + " -> "
                        + leaf.column().name() + " " + leaf.column().type().label()
                        + (leaf.column().required() ? "!" : "")
                        + leaf.column().unit().map(unit -> " in " + unit).orElse(""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'number'} | double",
                "{'type':['number','null']} | double",
                "{'type':['integer','number']} | double",
                "{'type':'number','decimal':true} | decimal",
                "{'type':'integer'} | bigint",
                "{'type':'integer','minimum':0,'maximum':9223372036854775807} | bigint",
                "{'type':'integer','maximum':9223372036854775808} | decimal",
                "{'type':'integer','exclusiveMinimum':-9223372036854775809} | decimal",
                "{'type':'boolean'} | boolean",
                "{'type':'string'} | text",
                "{'enum':['a','b']} | text",
                "{'enum':['a',1]} | json",
                "{'type':'string','format':'date-time'} | timestamp",
                "{'type':'string','format':'date'} | date",
                "{'type':'string','format':'time'} | text",
                "{'type':'string','format':'uuid'} | uuid",
                "{'type':'string','format':'ipv4'} | text",
                "{'type':'object'} | json",
                "{'type':'array','items':{'type':'number'}} | json",
                "{'type':['number','string']} | json",
                "{} | json",
                "true | json",
                "{'anyOf':[{'type':'number'},{'type':'null'}]} | double",
                "{'oneOf':[{'type':'null'},{'type':'string','format':'uuid'}]} | uuid",
                "{'anyOf':[{'type':'number'},{'type':'string'}]} | json",
                "{'allOf':[{'type':'boolean'}]} | boolean",
                "{'$ref':'#/$defs/level'} | double",
                "{'$ref':'#/$defs/chain','title':'x'} | double",
                "{'$ref':'#/$defs/level','minimum':3} | double",
                "{'anyOf':[{'$ref':'#/$defs/level'},{'type':'null'}]} | double",
                "{'$ref':'#/$defs/nowhere'} | json",
                "{'$ref':'#/$defs/circle'} | json",
            })
    void aPropertyHasTheColumnOfItsType(String property, String type) {
        assertThat(columns("{'$defs':{'level':{'type':'number','minimum':0},'chain':{'$ref':'#/$defs/level'},"
                        + "'circle':{'$ref':'#/$defs/circle'}},'properties':{'v':" + property + "}}"))
                .containsExactly("v -> v " + type);
    }

    @Test
    void aFlatObjectHasAColumnForEachOfItsProperties() {
        assertThat(columns("{'required':['meta','v','open'],'properties':{"
                        + "'v':{'type':'number','unit':'bar'},"
                        + "'meta':{'type':'object','flatten':true,'required':['site'],'properties':{"
                        + "'site':{'type':'string'},'geo':{'type':['object','null'],'flatten':true,'required':['lat'],"
                        + "'properties':{'lat':{'type':'number'}}}}},"
                        + "'open':{'type':'object','properties':{'a':{}}},"
                        + "'xmin':{'type':'number','column':'x_min'}}}"))
                .containsExactly(
                        "v -> v double! in bar",
                        "meta/site -> meta_site text!",
                        "meta/geo/lat -> meta_geo_lat double",
                        "open -> open json!",
                        "xmin -> x_min double");
    }

    @Test
    void aRowIsOpenWhereAnyOfItsObjectsWithColumnsIs() {
        String flat = "'m':{'type':'object','flatten':true%s,'properties':{'a':{}}}";
        assertThat(SchemaColumns.isOpen(schema("{'properties':{}}"))).isTrue();
        for (boolean open : Arrays.asList(true, false)) {
            String inner = open ? "" : ",'additionalProperties':false";
            assertThat(SchemaColumns.isOpen(
                            schema("{'additionalProperties':false,'properties':{" + String.format(flat, inner) + "}}")))
                    .isEqualTo(open);
        }
    }
}
