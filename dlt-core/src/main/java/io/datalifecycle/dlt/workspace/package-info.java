/** What makes one customer's isolated instance of a template: id, pinned version, resolved parameters, zone, names of its tables. */
@NullMarked
package io.datalifecycle.dlt.workspace;

import org.jspecify.annotations.NullMarked;
