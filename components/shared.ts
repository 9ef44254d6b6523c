/**
 * What nearly every island uses, for the bundler: modules that all entries reach the same way become one file, which
 * is fetched at once and compresses better than seven small ones.
 */
import "preact";
import "preact/hooks";
import "preact/jsx-runtime";
import "@preact/signals";
import "./Avatar.tsx";
import "./CopyLink.tsx";
import "./DevicePicker.tsx";
import "./Icon.tsx";
import "./Notice.tsx";
import "./PageHeader.tsx";
import "./PageWords.tsx";
import "./Popover.tsx";
import "./clock.ts";
import "./phrases.ts";
import "./words.ts";
import "../protocol/limits.ts";
import "../protocol/names.ts";
