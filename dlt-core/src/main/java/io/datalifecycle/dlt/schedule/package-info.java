/** Which jobs a template asks for and what each does. Calls every feature, is called by the root alone. */
@NullMarked
package io.datalifecycle.dlt.schedule;

import org.jspecify.annotations.NullMarked;
