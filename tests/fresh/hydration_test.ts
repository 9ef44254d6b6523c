import type { Page } from "puppeteer-core";
import { assertEquals } from "../assert.ts";
import { launchChromium } from "../rig/browsers.ts";
import { buildFixture } from "./built_fixture.ts";

/** What the tests look at, taken in one go. */
function readPage() {
  const text = (selector: string) => document.querySelector(selector)?.textContent;
  const probe = document.querySelector<HTMLElement>("#probe");
  return {
    counts: [text("#one"), text("#two")],
    order: [...document.querySelectorAll("main > *")].map((node) => node.id || node.localName),
    side: probe?.dataset.side,
    title: probe?.title,
    words: probe?.textContent,
    leftOvers: [...document.querySelectorAll(".left-over")].map(({ id }) => id),
    picture: document.querySelector("#picture")?.getAttribute("src")?.replace(/=\w+$/, "="),
    lazy: text("#lazy"),
  };
}

async function clickAndWait(page: Page, { click, wait }: { click: string; wait: string }) {
  await page.click(click);
  await page.waitForFunction(wait, { timeout: 10_000 });
}

Deno.test("islands start over the server's nodes, under script-src 'self'", async (test) => {
  await using fixture = await buildFixture();
  await using server = Deno.serve({ port: 0, onListen() {} }, async (req, info) => {
    const response = await fixture.fetch(req, info);
    response.headers.set("content-security-policy", "default-src 'self'; script-src 'self'");
    return response;
  });
  await using chromium = await launchChromium();
  const page = await chromium.browser.newPage();
  const complaints: string[] = [];
  const requested: string[] = [];
  page.on("console", (line) => complaints.push(line.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => requested.push(request.url()));
  const { port } = server.addr;
  await page.goto(`http://localhost:${port}/`);
  await page.waitForSelector("#two[data-alive=true]", { timeout: 10_000 });
  await page.waitForSelector("div > #probe[data-side=browser]", { timeout: 10_000 });
  const state = () => page.evaluate(readPage);

  await test.step("what depends on the side is the browser's now, attributes included", async () => {
    const { side, title, words } = await state();
    assertEquals({ side, title, words }, { side: "browser", title: "", words: "in the browser" });
  });
  await test.step("what only the server draws goes from elements and stays at an island's top", async () => {
    const { leftOvers } = await state();
    assertEquals(leftOvers, ["left-over"]);
  });
  await test.step("new nodes stay inside their island, though the next begins at once", async () => {
    const { order } = await state();
    const own = ["probe", "box", "picture", "left-over"];
    assertEquals(order, ["one", "one-after", "two", "two-after", ...own, "div"]);
  });
  await test.step("asset() gives the browser the server's URL", async () => {
    assertEquals((await state()).picture, "/dot.svg?a=1&v=");
    assertEquals(requested.filter((path) => path.includes("/dot.svg?a=1")).length, 1);
  });
  await test.step("a signal given to two islands is one signal", async () => {
    await clickAndWait(page, {
      click: "#one",
      wait: `document.querySelector("#two").textContent.endsWith("4")`,
    });
    assertEquals((await state()).counts, ["</script><b>: 4", "two: 4"]);
  });
  await test.step("import() in an island loads its chunk when it is called", async () => {
    const before = requested.length;
    await clickAndWait(page, {
      click: "#lazy",
      wait: `document.querySelector("#lazy").textContent === "arrived late"`,
    });
    assertEquals(requested.length, before + 1);
  });
  await test.step("a page without islands loads no script", async () => {
    requested.length = 0;
    await page.goto(`http://localhost:${port}/plain`);
    assertEquals(requested.filter((path) => path.endsWith(".js")), []);
  });
  assertEquals(complaints, []);
});
