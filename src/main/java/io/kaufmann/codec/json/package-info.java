/** JSON in the shapes of KaufmannEx. */
package io.kaufmann.codec.json;
