// Everything by keyboard: what Tab reaches, what opens and closes, and where the focus is then.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
} from "../rig/mod.ts";

const desktop = { width: 1440, height: 900 };
const phone = { width: 360, height: 740, hasTouch: true, isMobile: true };

/**
 * Names of everything on the page that can be pressed or filled in and is in sight, twins told
 * apart.
 */
function controls({ page }: Peer): Promise<string[]> {
  return page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      "a[href], button:not(:disabled), input:not([hidden]), select, textarea, [tabindex='0']",
    );
    return [...all].filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      const isInSight = element.checkVisibility({ visibilityProperty: true }) && width > 1 &&
        height > 1;
      return isInSight && element.closest("[inert], [aria-hidden=true], .unseen") === null;
    }).map((element, index) => {
      element.dataset.reach = `${index}`;
      const name = element.getAttribute("aria-label") ?? (element.textContent ?? "").trim();
      return `${index} ${name || element.id || element.tagName}`;
    });
  });
}

/**
 * Walks with Tab through the whole page once, and says which of the controls had the focus, and
 * whether it was seen.
 */
async function walk(
  { page }: Peer,
  steps: number,
): Promise<{ reached: Set<string>; unseen: string[] }> {
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press("Tab");
    const [index, name, isMarked] = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return ["", "", true] as const;
      const marks = [element, element.querySelector(".bar-key-face"), element.parentElement];
      const isMarked = marks.some((part) => {
        if (!(part instanceof Element)) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
        return outlineStyle !== "none" && parseFloat(outlineWidth) > 0 || boxShadow !== "none";
      });
      return [element.dataset.reach ?? "", element.outerHTML.slice(0, 120), isMarked] as const;
    });
    if (index !== "") reached.add(index);
    if (index !== "" && !isMarked) unseen.push(name);
  }
  return { reached, unseen };
}

function activeName({ page }: Peer): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body || element === null) return "nothing";
    return element.getAttribute("aria-label") ?? element.id;
  });
}

async function missed(peer: Peer): Promise<string[]> {
  const all = await controls(peer);
  const { reached, unseen } = await walk(peer, all.length + 12);
  const left = all.filter((name) => !reached.has(name.split(" ")[0] ?? ""));
  return [
    ...left.map((name) => `not reached: ${name}`),
    ...unseen.map((name) => `no mark: ${name}`),
  ];
}

/** Waits until the tiles have their places in the stage as large as it is now. */
function waitForArranged({ page }: Peer): Promise<unknown> {
  const arranged = () =>
    page.evaluate(() => {
      const stage = document.querySelector("#stage")?.getBoundingClientRect();
      const tiles = [...document.querySelectorAll("#stage .tile")];
      return stage !== undefined && tiles.every((tile) => {
        const { top, bottom, left, right } = tile.getBoundingClientRect();
        return top >= stage.top && bottom <= stage.bottom && left >= stage.left &&
          right <= stage.right;
      });
    });
  return waitFor(arranged, { what: "all tiles inside the stage" });
}

for (const size of [desktop, phone]) {
  Deno.test(`Tab reaches every control of the room and shows where it is, ${size.width} wide`, async () => {
    await using server = await startServer();
    await using chromium = await launchChromium();
    await using mira = await joinByLink(chromium, { server, room: "tabs", name: "Mira" });
    await mira.page.setViewport(size);
    await waitFor(() => mira.page.$(".invitation"), { what: "the invitation" });
    await waitFor(() => mira.page.$(".more button"), { what: "the bar" });
    assert((await controls(mira)).length > 5, "the page has controls");
    assertEquals(await missed(mira), [], "alone");

    await using ana = await joinByLink(chromium, {
      server,
      room: "tabs",
      name: "Ana",
      camera: false,
    });
    await waitForTiles([mira, ana], 1);
    await mira.page.keyboard.press("Escape");
    await ana.say("a line");
    await mira.page.focus("#stage");
    await mira.page.keyboard.press("c");
    await waitFor(() => mira.page.$("#chat:not(.unseen) .chat-line"), { what: "the line" });
    // On a phone the stage becomes a strip, in which the local picture is no inset.
    await waitForArranged(mira);
    assertEquals(await missed(mira), [], "with the chat");
    assertEquals(await allComplaints([mira, ana]), []);
  });
}

Deno.test("what a key opens takes the focus, and gives it back to the key", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using mira = await joinByLink(chromium, { server, room: "back", name: "Mira" });
  const { page } = mira;
  await page.setViewport(desktop);
  await waitFor(() => page.$("#key-chat"), { what: "the bar" });
  const lost: string[] = [];
  const openers = [
    "Microphone and speaker",
    "Camera settings",
    "React",
    "More",
    "Connections",
    "People",
    "Chat",
  ];
  for (const name of openers) {
    const key = await waitFor(() => page.$(`.bar [aria-label="${name}"]:not(.phone-only)`), {
      what: name,
    });
    await key.focus();
    await page.keyboard.press("Enter");
    await waitFor(async () => await activeName(mira) !== name, {
      what: `the focus to go into ${name}`,
    });
    const inside = await activeName(mira);
    if (inside === "nothing" || inside === "stage") lost.push(`${name} opens, focus on ${inside}`);
    await page.keyboard.press("Escape");
    await waitFor(async () => await activeName(mira) !== inside, { what: `${name} to close` });
    const back = await activeName(mira);
    if (back !== name) lost.push(`${name} closes, focus on ${back}`);
  }
  assertEquals(lost, []);
  assertEquals(await allComplaints([mira]), []);
});

Deno.test("on a phone the focus is never lost when a panel closes", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using mira = await joinByLink(chromium, { server, room: "back", name: "Mira" });
  const { page } = mira;
  await page.setViewport(phone);
  await waitFor(() => page.$(".more button"), { what: "the bar" });
  for (const letter of ["c", "p", "l"] as const) {
    await page.keyboard.press(letter);
    await waitFor(() => page.$("aside.panel:not(.unseen), .links-view"), { what: "a panel" });
    await mira.press("Close");
    await waitFor(async () => await page.$("aside.panel:not(.unseen), .links-view") === null, {
      what: "no panel",
    });
    const focus = await activeName(mira);
    assert(focus !== "nothing", `after ${letter}: ${focus}`);
  }
});
