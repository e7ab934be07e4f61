/** The mail server of a local installation: takes what the product sends, keeps it in a folder, and shows it on a page. Nothing here ever sends anything on. */
@NullMarked
package io.timetether.localrun.mail;

import org.jspecify.annotations.NullMarked;
