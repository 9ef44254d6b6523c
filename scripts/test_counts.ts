// Reading what a test run left behind. A run that says nothing about a failure counts as one.

/** How many tests passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

/** Counts in the JUnit report of one run, or undefined when the text is no whole report. */
export function readReport(xml: string): Counts | undefined {
  if (!xml.trimEnd().endsWith("</testsuites>")) return undefined;
  const counts = { passed: 0, failed: 0 };
  for (const [suite] of xml.matchAll(/<testsuite\s[^>]*>/g)) {
    const failed = attribute(suite, "failures") + attribute(suite, "errors");
    counts.failed += failed;
    counts.passed += attribute(suite, "tests") - failed - attribute(suite, "disabled");
  }
  return counts;
}

function attribute(tag: string, name: string): number {
  return Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
}

/**
 * What one run adds to the sum. Deno leaves an error outside any test, and a file that cannot be
 * loaded, out of its report, so a bad exit code with no failed test in it is a failure of its own.
 */
export function judgeRun(report: string, succeeded: boolean): Counts {
  const counts = readReport(report);
  if (counts === undefined) return { passed: 0, failed: 1 };
  if (!succeeded && counts.failed === 0) return { passed: counts.passed, failed: 1 };
  return counts;
}
