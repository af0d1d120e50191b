/**
 * A fresh PostgreSQL or TimescaleDB database for a test, from whatever the machine offers. Knows nothing of the other DLT
 * modules, so that each of them may use it in its tests.
 */
@NullMarked
package io.datalifecycle.dlt.testdb;

import org.jspecify.annotations.NullMarked;
