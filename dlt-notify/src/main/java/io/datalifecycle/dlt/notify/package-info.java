/** The notify plug-in: mail, webhook and log channels, and the renderers of pages. The plug-in and its settings live here, the parts below. */
@NullMarked
package io.datalifecycle.dlt.notify;

import org.jspecify.annotations.NullMarked;
