/**
 * Groups what nearly every island uses: the bundler puts modules that all entries import the same
 * way into one file, which compresses better than seven small ones.
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
