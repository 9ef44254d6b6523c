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
  assertEquals(judgeRun(good, true), { passed: 2, failed: 0 });
  assertEquals(judgeRun(good, false), { passed: 2, failed: 1 });
  assertEquals(judgeRun(bad, false), { passed: 1, failed: 1 });
  assertEquals(judgeRun("", false), { passed: 0, failed: 1 });
  assertEquals(judgeRun("", true), { passed: 0, failed: 1 });
});
