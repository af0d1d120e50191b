/** Resolves dashboards: values of controls, bindings, panels to items, links, and the variants a page without a server needs. */
@NullMarked
package io.datalifecycle.dlt.dashboard.internal;

import org.jspecify.annotations.NullMarked;
