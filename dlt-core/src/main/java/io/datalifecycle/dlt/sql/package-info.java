/** SQL text of templates as tokens: store references, inputs, statement boundaries. Knows no JDBC, no template, no database; the database has the last word. */
@NullMarked
package io.datalifecycle.dlt.sql;

import org.jspecify.annotations.NullMarked;
