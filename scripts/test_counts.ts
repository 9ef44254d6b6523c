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

/** The counts of one run, and in words what failed: a test's file, its name, and the error. */
export interface RunResult extends Counts {
  failures: string[];
}

/** Of an error's text only so many lines are repeated; the whole text follows its test. */
const linesOfError = 12;

/**
 * The result of one run of `files`. Deno's report contains neither errors outside of tests nor
 * files that do not load, so a bad exit code without a failed test counts as one failure.
 */
export function judgeRun(report: string, succeeded: boolean, files: string[]): RunResult {
  const counts = readReport(report);
  const failures = failuresOf(report);
  if (counts !== undefined && (succeeded || counts.failed > 0)) return { ...counts, failures };
  const reason = counts === undefined
    ? "its report is incomplete"
    : "the run ended with an error outside of tests";
  failures.push(`${files.join(" ")}: ${reason}`);
  return { passed: counts?.passed ?? 0, failed: 1, failures };
}

/** A test with steps is left out if it failed only because of a step, which has its own entry. */
function failuresOf(report: string): string[] {
  const failed = report.matchAll(
    /<testcase name="([^"]*)" classname="([^"]*)"[^>]*>\s*<failure message="([^"]*)">/g,
  );
  return [...failed].map((match) => match.slice(1).map(unescapeXml))
    .filter(([, , error]) => !/^\d+ test steps? failed$/.test(error ?? ""))
    .map(([name, file, error = ""]) => {
      const lines = error.split("\n").slice(0, linesOfError);
      return [`${file}: ${name}`, ...lines.map((line) => `  ${line}`)].join("\n");
    });
}

function unescapeXml(text: string): string {
  const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(\w+);/g, (entity, name) => signs[name] ?? entity);
}
