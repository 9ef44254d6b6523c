// One person: an isolated browser context with one page, and a record of all its errors.

import type { ElementHandle, Page } from "puppeteer-core";
import type { LaunchedBrowser } from "./browsers.ts";
import { collectConnections, readTiles, type StateChange, type TileMedia } from "./rtc_probe.ts";
import { usualMs, waitFor } from "./wait_for.ts";

/** Something a page should not have done. */
export interface Complaint {
  kind: "console" | "exception" | "failed request" | "third-party request";
  text: string;
}

/** One person's page; `await using` or `close()` ends it. */
export class Peer implements AsyncDisposable {
  readonly page: Page;
  /** Everything to complain about so far; empty after a good run. */
  readonly complaints: Complaint[] = [];
  #end: () => Promise<void>;
  #closed: Promise<void> | undefined;

  constructor(page: Page, end: () => Promise<void>) {
    this.page = page;
    this.#end = end;
  }

  /** Clicks the first visible button whose accessible name matches, once it is there. */
  async press(name: string | RegExp): Promise<void> {
    // A handle that is not disposed of would keep the whole page it was found in.
    await using button = await waitFor(() => findButton(this.page, name), {
      what: `a button named ${name}`,
    }).catch(async (error) => {
      throw new Error(`${error.message}\nat ${await this.#looks()}`, { cause: error });
    });
    // A locator waits until the button has stopped moving.
    await button.asLocator().setTimeout(usualMs).click();
  }

  /** Writes one line in the chat: into the message box, then Enter. */
  async say(text: string): Promise<void> {
    await using box = await waitFor(
      () => this.page.$('textarea, [role="textbox"], form input[type="text"]'),
      {
        what: "the message box",
      },
    );
    // By focus, as with the Tab key: on a small window the box may be in a panel that is closed.
    await box.focus();
    await box.type(text);
    await this.page.keyboard.press("Enter");
  }

  /** Address and text of the page, for the words of a failure. */
  async #looks(): Promise<string> {
    const text = await this.page.evaluate(() => document.body.innerText).catch(String);
    return `${this.page.url()}, which shows:\n${text.slice(0, 1_000)}`;
  }

  /** The current text of the chat log; "" if there is none. */
  chat(): Promise<string> {
    return this.page.evaluate(() =>
      document.querySelector<HTMLElement>('[role="log"]')?.innerText ?? ""
    );
  }

  /** What arrives at each remote tile. */
  media(): Promise<TileMedia[]> {
    return mediaReport(this.page);
  }

  /** State changes of every connection the page made, in order of creation. */
  states(): Promise<StateChange[][]> {
    return this.page.evaluate(() => (globalThis.__rtc ?? []).map(({ log }) => log));
  }

  /** Ends the page, and its context unless it shares that; harmless when called again. */
  close(): Promise<void> {
    return this.#closed ??= this.#end();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** Opens `url` as a new person; returns when the page is loaded. */
export async function openPeer(launched: LaunchedBrowser, url: string): Promise<Peer> {
  const context = await launched.browser.createBrowserContext();
  // In Firefox a tab behind another is hidden, and a hidden page asks nobody for pictures.
  const page = await context.newPage({ type: launched.name === "firefox" ? "window" : "tab" });
  return await arrive(launched, url, new Peer(page, () => context.close()));
}

/**
 * The same in the browser's default profile: other contexts are private windows, which keep their
 * file system in memory.
 */
export async function openProfilePeer(launched: LaunchedBrowser, url: string): Promise<Peer> {
  const page = await launched.browser.defaultBrowserContext().newPage();
  return await arrive(launched, url, new Peer(page, () => page.close()));
}

async function arrive(launched: LaunchedBrowser, url: string, peer: Peer): Promise<Peer> {
  const { page } = peer;
  page.setDefaultTimeout(usualMs);
  await settle(peer, url);
  // Several pages in one browser: each is to behave as if it were the one in front.
  if (launched.name === "chromium") await page.emulateFocusedPage(true);
  await page.goto(url, { waitUntil: "load" });
  return peer;
}

/** Does what "Duplicate tab" does: opens the same address with a copy of the session storage. */
export async function duplicateTab({ page: original }: Peer): Promise<Peer> {
  const page = await original.browserContext().newPage();
  const peer = new Peer(page, () => page.close());
  await settle(peer, original.url());
  await page.emulateFocusedPage(true);
  const stored = await original.evaluate(() => Object.entries(sessionStorage));
  await page.evaluateOnNewDocument((stored) => {
    if (sessionStorage.length > 0) return;
    for (const [key, value] of stored) sessionStorage.setItem(key, value);
  }, stored);
  await page.goto(original.url(), { waitUntil: "load" });
  return peer;
}

async function settle(peer: Peer, url: string): Promise<void> {
  watch(peer, new URL(url).origin);
  await peer.page.evaluateOnNewDocument(collectConnections);
}

/** What arrives at each remote tile of a page. */
export function mediaReport(page: Page): Promise<TileMedia[]> {
  return page.evaluate(readTiles);
}

function watch({ page, complaints }: Peer, origin: string): void {
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    complaints.push({ kind: "console", text: message.text() });
  });
  page.on("pageerror", (error) => {
    const text = error instanceof Error ? error.stack ?? error.message : String(error);
    complaints.push({ kind: "exception", text });
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(https?|wss?):/.test(url) || new URL(url).host === new URL(origin).host) return;
    complaints.push({ kind: "third-party request", text: url });
  });
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // A page that is left cancels what it was loading; that is no fault.
    if (/ABORTED|NS_BINDING_ABORTED/.test(why)) return;
    complaints.push({ kind: "failed request", text: `${request.url()} ${why}` });
  });
  page.on("response", (response) => {
    if (response.status() < 400) return;
    complaints.push({ kind: "failed request", text: `${response.url()} ${response.status()}` });
  });
}

async function findButton(
  page: Page,
  name: string | RegExp,
): Promise<ElementHandle<Element> | undefined> {
  for (const button of await page.$$('button, [role="button"], a[href], input[type="submit"]')) {
    const label = await button.evaluate((element) =>
      element.getAttribute("aria-label") ?? (element.textContent ?? "").trim()
    );
    const matches = typeof name === "string" ? label === name : name.test(label);
    if (matches && await button.isVisible()) return button;
    await button.dispose();
  }
  return undefined;
}
