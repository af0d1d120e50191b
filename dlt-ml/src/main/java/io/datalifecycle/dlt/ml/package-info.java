/** What this jar adds to DLT: trainers, scorers and model formats. Only the plug-in is for users; the rest is reached through the SPI. */
@NullMarked
package io.datalifecycle.dlt.ml;

import org.jspecify.annotations.NullMarked;
