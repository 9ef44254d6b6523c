// Where Debian and a few other systems keep the two browsers. Kept apart from the driver so that
// the test script can look for them before anything from npm is loaded.

/** The browsers the tests drive. */
export type BrowserName = "chromium" | "firefox";

const PLACES: Record<BrowserName, { variable: string; paths: string[] }> = {
  chromium: {
    variable: "CHROMIUM_PATH",
    // The file in /usr/bin is a wrapper that adds flags, so it comes last.
    paths: [
      "/usr/lib/chromium/chromium",
      "/usr/lib/chromium-browser/chromium-browser",
      "/opt/google/chrome/chrome",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
      "/usr/bin/chromium",
    ],
  },
  firefox: {
    variable: "FIREFOX_PATH",
    paths: [
      "/usr/lib/firefox-esr/firefox-esr",
      "/usr/lib/firefox/firefox",
      "/Applications/Firefox.app/Contents/MacOS/firefox",
      "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
      "/usr/bin/firefox-esr",
      "/usr/bin/firefox",
    ],
  },
};

/** The environment variable that overrides the search for a browser. */
export function overrideVariable(name: BrowserName): string {
  return PLACES[name].variable;
}

/** Path of the browser's executable, or undefined when it is not installed. */
export function findBrowser(name: BrowserName): string | undefined {
  const { variable, paths } = PLACES[name];
  const chosen = Deno.env.get(variable);
  if (chosen) return chosen;
  return paths.find(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
