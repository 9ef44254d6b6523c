// The chat as a person uses it, with a record of every frame the page sent and got.

import {
  joinByLink,
  type LaunchedBrowser,
  openPeer,
  type Peer,
  type RunningServer,
  waitFor,
} from "../rig/mod.ts";

declare global {
  // Put into the page by `recordFrames`.
  var __frames: { sent: string[]; got: string[] } | undefined;
}

/** Runs in the page, before anything else. */
function recordFrames(): void {
  const frames = { sent: [] as string[], got: [] as string[] };
  globalThis.__frames = frames;
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ data }) => frames.got.push(String(data)));
    }
    override send(frame: string): void {
      frames.sent.push(frame);
      super.send(frame);
    }
  };
}

/** Comes into a room to write, with its frames on record. */
export async function enter(
  browser: LaunchedBrowser,
  { server, room, name }: { server: RunningServer; room: string; name: string },
): Promise<Peer> {
  const peer = await openPeer(browser, `${server.url}/`);
  await peer.page.evaluateOnNewDocument(recordFrames);
  await peer.page.goto(server.room(room, { name, join: "1", camera: "0", microphone: "0" }));
  await waitFor(() => peer.page.$("#chat-box"), { what: `${name}'s message box` });
  return peer;
}

/** The same without a record. */
export function visit(
  browser: LaunchedBrowser,
  { server, room, name }: { server: RunningServer; room: string; name: string },
): Promise<Peer> {
  return joinByLink(browser, { server, room, name, camera: false, microphone: false });
}

/** All frames of one direction so far, as one text. */
export function frames({ page }: Peer, way: "sent" | "got"): Promise<string> {
  return page.evaluate((way) => (globalThis.__frames?.[way] ?? []).join("\n"), way);
}

/** Waits until the chat log holds `text`. */
export async function waitForChat(peer: Peer, text: string): Promise<void> {
  await waitFor(async () => (await peer.chat()).includes(text), { what: `"${text}" in the chat` });
}

/** Waits until the chat log holds `text` no more. */
export async function waitForNone(peer: Peer, text: string): Promise<void> {
  await waitFor(async () => !(await peer.chat()).includes(text), { what: `no "${text}"` });
}

/** Opens the menu of the newest line with `text`, by keyboard, and picks a row. */
export async function pick(peer: Peer, text: string, row: string | RegExp): Promise<void> {
  await waitForChat(peer, text);
  await waitFor(() =>
    peer.page.evaluate((text) => {
      const lines = [...document.querySelectorAll(".chat-line")];
      const line = lines.findLast((line) => line.textContent?.includes(text));
      const key = line?.querySelector<HTMLElement>(".line-key");
      key?.focus();
      return document.activeElement === key && key !== null;
    }, text), { what: `the key of "${text}"` });
  await peer.page.keyboard.press("Enter");
  await waitFor(() => peer.page.$("[role=menu]"), { what: "the menu" });
  await peer.press(row);
}

/** What stands in the message box. */
export function written({ page }: Peer): Promise<string> {
  return page.$eval("#chat-box", (box) => box instanceof HTMLTextAreaElement ? box.value : "");
}

/** Replaces what stands in the message box, as pasting does, and sends it. */
export async function rewrite(peer: Peer, text: string): Promise<void> {
  await peer.page.focus("#chat-box");
  await peer.page.$eval("#chat-box", (box, text) => {
    if (box instanceof HTMLTextAreaElement) box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
  await peer.page.keyboard.press("Enter");
}
