/** What can be wrong and how it is told: problems as values, and the few exceptions a caller tells apart. Imports nothing else of DLT. */
@NullMarked
package io.datalifecycle.dlt.problem;

import org.jspecify.annotations.NullMarked;
