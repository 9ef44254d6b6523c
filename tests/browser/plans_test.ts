// The home page plans a room, makes its calendar file, and shows who is in one's own rooms.

import { assert, assertEquals } from "../assert.ts";
import { findings } from "./axe.ts";
import { launchChromium, openPeer, startServer, waitFor } from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";

Deno.test("a room is planned, goes into a calendar without its secret, and own rooms are shown", async () => {
  await using server = await startServer({ args: ["--allow-origin", "*"] });
  await using chromium = await launchChromium();
  const eve = new Client(`${server.url.replace("http", "ws")}/ws`);
  await eve.opened;
  eve.say({ type: "join", room: "tea", name: "Eve" });
  const ownerKey = String((await eve.hear("owner-key")).key);
  eve.say({ type: "set-rules", locked: true });

  await using ann = await openPeer(chromium, `${server.url}/away.html`);
  const { page } = ann;
  await page.evaluate((ownerKey) => {
    localStorage.setItem("parley.keys", JSON.stringify([["tea", { ownerKey }]]));
  }, ownerKey);
  await page.evaluateOnNewDocument(() => {
    const files: Blob[] = [];
    Reflect.set(globalThis, "files", files);
    URL.createObjectURL = (file: Blob) => {
      files.push(file);
      return "#";
    };
  });
  await page.goto(server.url);
  const text = () => page.evaluate(() => document.body.innerText);
  await waitFor(async () => (await text()).includes("Eve is inside"), { what: "who is inside" });

  await ann.press("Plan a room");
  await page.$eval(".plan-form input", (field) => field.select());
  await page.type(".plan-form input", "Standup");
  await ann.press("Plan it");
  await page.waitForSelector(".plan time");
  assertEquals(await findings(page, "plans"), []);
  await page.reload();
  await page.waitForSelector(".plan time");
  const link = await page.$eval(".plan a", ({ href }) => href);
  assert(/\/r\/Standup#k=[\w-]{43}$/.test(link), link);

  const calendar = async () => {
    await ann.press("Download the calendar file");
    return await page.evaluate(async () => {
      const files = Reflect.get(globalThis, "files");
      return String(await files.at(-1).text()).replaceAll("\r\n ", "");
    });
  };
  await page.click('button[aria-label="Add Standup to a calendar"]');
  const plain = await calendar();
  assert(plain.includes(`URL:${server.url}/r/Standup\r\n`) && !plain.includes("#k="), plain);
  await page.click('button[aria-label="Add Standup to a calendar"]');
  await page.click('.plan-calendar input[type="checkbox"]');
  assert((await text()).includes("The secret of the room goes into the calendar"));
  assertEquals(await findings(page, "plans"), []);
  assert((await calendar()).includes(`URL:${link}\r\n`));

  await page.click('button[aria-label="Forget the plan for Standup"]');
  await waitFor(async () => (await text()).includes("Nothing is planned"), { what: "no plan" });
  assertEquals(ann.complaints, []);
  await eve.leave();
});

Deno.test("planned rooms come although their code cannot be fetched at first, and move no key", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/away.html`);
  await ann.page.setViewport({ width: 1440, height: 900 });
  const startTop = () =>
    ann.page.$eval(".start-room .primary", (key) => key.getBoundingClientRect().top);
  const tops: number[] = [];
  let failed = 0;
  await ann.page.setRequestInterception(true);
  ann.page.on("request", async (request) => {
    const isPlans = request.resourceType() === "script" &&
      (await (await fetch(request.url())).text()).includes("plan-calendar");
    if (isPlans) tops.push(await startTop());
    if (isPlans && failed++ === 0) await request.abort();
    else await request.continue();
  });
  await ann.page.goto(server.url);
  await ann.press("Plan a room");
  assertEquals(failed, 2);
  assertEquals(tops, [await startTop(), await startTop()]);
  assertEquals(ann.complaints.filter(({ kind }) => kind === "exception"), []);
});
