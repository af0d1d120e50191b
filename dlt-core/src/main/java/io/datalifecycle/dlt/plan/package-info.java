/** What has to change in a workspace for another version of its template: classed, explained, named down to the recipient. Pure values. */
@NullMarked
package io.datalifecycle.dlt.plan;

import org.jspecify.annotations.NullMarked;
