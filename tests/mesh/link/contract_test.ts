/** Runs the scenarios of the fake connection in real browsers, which must behave like the fake. */
import * as esbuild from "npm:esbuild@0.28.2";
import { assertEquals } from "../../assert.ts";
import { launchChromium, type LaunchedBrowser, launchFirefox } from "../../rig/browsers.ts";
import { scenarios } from "./link_scenarios.ts";

async function pageScript(): Promise<string> {
  const built = await esbuild.build({
    entryPoints: [new URL("./contract_page.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "iife",
  });
  await esbuild.stop();
  return built.outputFiles[0]?.text ?? "";
}

function browserTest(name: string, launch: () => Promise<LaunchedBrowser>): void {
  Deno.test(`in ${name}, every scenario goes as over the fake`, async (t) => {
    const script = await pageScript();
    await using launched = await launch();
    const page = await launched.browser.newPage();
    await page.addScriptTag({ content: script });
    for (const scenario of Object.keys(scenarios)) {
      await t.step(scenario, async () => {
        assertEquals(await page.evaluate(`runScenario(${JSON.stringify(scenario)})`), "");
      });
    }
  });
}

// Not in Firefox: without audio hardware its audio contexts never start.
Deno.test("in Chromium, the level meter hears a tone until its undo", async () => {
  await using launched = await launchChromium();
  const page = await launched.browser.newPage();
  await page.addScriptTag({ content: await pageScript() });
  assertEquals(await page.evaluate("runMeter()"), "");
});

browserTest("Chromium", launchChromium);
browserTest("Firefox", launchFirefox);
