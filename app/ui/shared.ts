/**
 * What nearly every island uses, for the bundler: modules that all entries reach the same way become one file, which
 * is fetched at once and compresses better than seven small ones.
 */
import "preact";
import "preact/hooks";
import "preact/jsx-runtime";
import "@preact/signals";
import "./Avatar.tsx";
import "./base.ts";
import "./BarKey.tsx";
import "./Icon.tsx";
import "./PageShell.tsx";
import "./TrackVideo.tsx";
import "./this_browser.ts";
import "./lazy.ts";
import "./phrases.ts";
import "./use_shell.ts";
import "./words.ts";
import "./page.ts";
import "./preferences.ts";
