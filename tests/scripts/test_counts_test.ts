import { assertEquals } from "../assert.ts";
import { judgeRun, readReport } from "../../scripts/test_counts.ts";

const suite = (attributes: string) => `<testsuite name="./a_test.ts" ${attributes}>\n</testsuite>`;
const report = (...suites: string[]) =>
  `<?xml version="1.0"?>\n<testsuites name="deno test" tests="9" failures="9">\n${
    suites.join("\n")
  }\n</testsuites>\n`;

Deno.test("a report's suites are summed, and ignored tests count as neither", () => {
  const xml = report(
    suite(`tests="6" disabled="1" errors="0" failures="3"`),
    suite(`tests="2" disabled="0" errors="1" failures="0"`),
  );
  assertEquals(readReport(xml), { passed: 3, failed: 4 });
});

Deno.test("a report that is cut off is no report", () => {
  const whole = report(suite(`tests="2" disabled="0" errors="0" failures="0"`));
  assertEquals(readReport(whole.slice(0, -5)), undefined);
  assertEquals(readReport(""), undefined);
});

Deno.test("a run that ends badly counts as a failure even if its report shows none", () => {
  const good = report(suite(`tests="2" disabled="0" errors="0" failures="0"`));
  const bad = report(suite(`tests="2" disabled="0" errors="0" failures="1"`));
  const counts = (report: string, succeeded: boolean) => {
    const { passed, failed } = judgeRun(report, succeeded, ["a_test.ts"]);
    return { passed, failed };
  };
  assertEquals(counts(good, true), { passed: 2, failed: 0 });
  assertEquals(counts(good, false), { passed: 2, failed: 1 });
  assertEquals(counts(bad, false), { passed: 1, failed: 1 });
  assertEquals(counts("", false), { passed: 0, failed: 1 });
  assertEquals(counts("", true), { passed: 0, failed: 1 });
});

Deno.test("what failed is said with its file, its name and its error", () => {
  const failed = (name: string, error: string) =>
    `<testcase name="${name}" classname="./a_test.ts" time="0.1" line="2" col="6">
      <failure message="${error}">${error} at a_test.ts:2</failure>\n</testcase>`;
  const suite = `<testsuite name="./a_test.ts" tests="4" disabled="0" errors="0" failures="3">
    <testcase name="good" classname="./a_test.ts" time="0.1" line="1" col="6">\n</testcase>
    ${failed("a &quot;b&quot; &amp; c", "Error: 1 &lt; 2\nsecond line")}
    ${failed("steps", "1 test step failed")}
    ${failed("steps &gt; inner", "boom")}\n</testsuite>`;
  assertEquals(judgeRun(report(suite), false, ["a_test.ts"]).failures, [
    './a_test.ts: a "b" & c\n  Error: 1 < 2\n  second line',
    "./a_test.ts: steps > inner\n  boom",
  ]);
  assertEquals(judgeRun("", false, ["a_test.ts", "b_test.ts"]).failures, [
    "a_test.ts b_test.ts: its report is incomplete",
  ]);
});
