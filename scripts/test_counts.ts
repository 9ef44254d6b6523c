/** Reads the reports of test runs. A failed run without a failed test counts as one failure. */

/** How many tests passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

/** The counts of a JUnit report; undefined: the report is incomplete. */
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
 * The counts of one run. Deno's report contains neither errors outside of tests nor files that do
 * not load, so a bad exit code without a failed test counts as one failure.
 */
export function judgeRun(report: string, succeeded: boolean): Counts {
  const counts = readReport(report);
  if (counts === undefined) return { passed: 0, failed: 1 };
  if (!succeeded && counts.failed === 0) return { passed: counts.passed, failed: 1 };
  return counts;
}
