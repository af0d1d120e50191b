/** The rules of the house as ArchUnit tests that each module runs on itself. Knows no module. */
@NullMarked
package io.datalifecycle.dlt.architecture;

import org.jspecify.annotations.NullMarked;
