/** E-mail by SMTP. Everything that reaches a header passes {@code MailHeaders}; everything else here assembles MIME parts. */
@NullMarked
package io.datalifecycle.dlt.notify.mail;

import org.jspecify.annotations.NullMarked;
