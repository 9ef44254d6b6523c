// The home page's field: an invitation is pasted as it came, and leads where it says.

import { assertEquals } from "../assert.ts";
import {
  launchChromium,
  launchFirefox,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";

/**
 * Puts a text in by a paste and asks where it leads; a link that its text does not show comes from
 * the clipboard itself.
 */
async function paste(
  peer: Peer,
  { plain, href }: { plain: string; href?: string },
): Promise<void> {
  const { page } = peer;
  const name = () => page.$eval("output.room-name", (output) => output.textContent);
  await waitFor(async () => /\w/.test(await name() ?? ""), { what: "the page to be alive" });
  if (href !== undefined) await copyLink(peer, { plain, href });
  await page.focus('input[name="link"]');
  await page.evaluate(() => document.querySelector<HTMLInputElement>("[name=link]")?.select());
  if (href !== undefined) await pressWithControl(peer, "v");
  else {
    await page.evaluate((plain) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", plain);
      const init = { clipboardData, bubbles: true, cancelable: true };
      const isOurs = !document.activeElement?.dispatchEvent(new ClipboardEvent("paste", init));
      // A paste that a script makes up is not carried out by the browser.
      if (!isOurs) document.execCommand("insertText", false, plain.replace(/\n/g, ""));
    }, plain);
  }
  await page.keyboard.press("Enter");
}

/** Puts a link into the clipboard, as a person does who marks and copies it. */
async function copyLink(peer: Peer, link: { plain: string; href: string }): Promise<void> {
  await peer.page.evaluate(({ plain, href }) => {
    const source = document.createElement("p");
    source.id = "copied";
    source.append(Object.assign(document.createElement("a"), { href, textContent: plain }));
    document.body.append(source);
    const active = document.activeElement;
    if (active instanceof HTMLElement) active.blur();
    getSelection()?.selectAllChildren(source);
  }, link);
  await pressWithControl(peer, "c");
  await peer.page.evaluate(() => document.getElementById("copied")?.remove());
}

async function pressWithControl({ page: { keyboard } }: Peer, key: "c" | "v"): Promise<void> {
  await keyboard.down("Control");
  await keyboard.press(key);
  await keyboard.up("Control");
}

function address({ page }: Peer): Promise<string> {
  return page.evaluate(() => location.pathname + location.search);
}

for (const [name, launch] of [["Chromium", launchChromium], ["Firefox", launchFirefox]] as const) {
  Deno.test(`an invitation that is pasted leads to its room, with its key and its wishes, in ${name}`, async () => {
    await using server = await startServer();
    await using browser = await launch();
    await using ann = await openPeer(browser, `${server.url}/`);
    const link = `${server.url}/r/den?camera=0&microphone=0#invite=a.b`;
    const invite = () =>
      ann.page.evaluate(() => JSON.parse(localStorage.getItem("parley.keys") ?? "[]")[0]);
    await paste(ann, { plain: `Hi,\njoin us here:\n“${link}”.\nAnn` });
    await waitForValue(() => address(ann), "/r/den?camera=0&microphone=0", { what: "the room" });
    await waitForValue(invite, ["den", { invite: "a.b" }], { what: "the invite" });
    await ann.page.goto(`${server.url}/`);
    await paste(ann, { plain: "Join the call", href: `${server.url}/r/attic?camera=0` });
    await waitForValue(() => address(ann), "/r/attic?camera=0", { what: "the other room" });
  });
}

Deno.test("a link of another server is named and opened there, never here", async () => {
  await using server = await startServer();
  await using other = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/`);
  const { page } = ann;
  const there = `${other.url}/r/tea?camera=0`;
  const said = () => page.$eval('[role="alert"]', (element) => element.textContent);
  await paste(ann, { plain: there });
  const { host } = new URL(other.url);
  await waitForValue(said, `This link leads to another server, ${host}.Open it there`, {
    what: "the other server's name",
  });
  assertEquals(await address(ann), "/");
  await ann.press("Open it there");
  await waitForValue(() => page.url(), there, { what: "the other server's page" });
});

Deno.test("one of two rooms in a text is chosen by hand; a text that leads nowhere is explained", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/`);
  const error = () => ann.page.$eval("#join-bad", (element) => element.textContent);
  await paste(ann, { plain: `${server.url}/` });
  await waitForValue(
    error,
    "This is not a link to a room. Room links contain /r/ and the room name.",
    {
      what: "the first words",
    },
  );
  await paste(ann, { plain: "Hello, join me" });
  await waitForValue(
    error,
    "This is not a link or a room name. Room names use letters, digits, - and _.",
    { what: "the second words" },
  );
  await paste(ann, { plain: `${server.url}/r/tea and ${server.url}/r/den?camera=0` });
  await ann.press("Join den");
  await waitForValue(() => address(ann), "/r/den?camera=0", { what: "the chosen room" });
});

Deno.test("a misspelt link leads on with its key, also where it only offers the room", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/R//den.?camera=0#invite=a.b`);
  const { page } = ann;
  const invite = (room: string) =>
    page.evaluate(
      (room) =>
        new Map<string, { invite?: string }>(
          JSON.parse(localStorage.getItem("parley.keys") ?? "[]"),
        )
          .get(room)?.invite,
      room,
    );
  await waitForValue(() => invite("den"), "a.b", { what: "the invite" });
  assertEquals(await address(ann), "/r/den?camera=0");
  await page.goto(`${server.url}/r/tea%20room?camera=0#invite=c.d`);
  await ann.press("Join tea-room");
  await waitForValue(() => invite("tea-room"), "c.d", { what: "the other invite" });
  assertEquals(await address(ann), "/r/tea-room?camera=0");
});
