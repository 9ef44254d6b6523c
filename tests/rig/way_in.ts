// The way into a call, counted in round trips over a slow line.

import type { Page } from "puppeteer-core";
import type { SeenRequest, SlowLine } from "./slow_line.ts";
import { waitFor } from "./wait_for.ts";

/** What a person who comes in reaches one after the other. */
export const stages = [
  /** The page is drawn. */
  "page",
  /** Its code runs. */
  "code",
  /** The socket is open. */
  "socket",
  /** The list of members is there. */
  "list",
  /** The room is drawn. */
  "room",
  /** The answer to the first offer is there. */
  "answer",
  /** The first connection to another person is up. */
  "link",
  /** The first picture of another person is shown. */
  "picture",
] as const;

/** One of them. */
export type Stage = typeof stages[number];

/** The round trips of a way in. */
export interface WayIn {
  /** After how many round trips each stage was reached. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  readonly requests: readonly SeenRequest[];
}

/** A way in that takes more is none. */
const mostRoundTrips = 40;
/** How long a page between two documents is asked, ms. */
const betweenMs = 500;
/** The time that media may take to flow directly between two browsers, ms. */
const mediaMs = 10_000;

/** Runs in the page before its scripts: notes the stages that leave no other trace. */
export function watchWayIn(): void {
  const reached = new Set<string>();
  Object.assign(globalThis, { __reached: reached });
  document.addEventListener("fresh-alive", () => reached.add("code"));
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, subprotocols?: string | string[]) {
      super(url, subprotocols);
      this.addEventListener("open", () => reached.add("socket"));
      this.addEventListener("message", ({ data }) => {
        if (String(data).startsWith('{"type":"welcome"')) reached.add("list");
      });
    }
  };
}

/** Runs in the page: the stages reached so far. */
function readStages(): string[] {
  const reached: Set<string> = Reflect.get(globalThis, "__reached") ?? new Set();
  const isDrawn = performance.getEntriesByName("first-contentful-paint").length > 0;
  // The page before this one has no heading.
  if (isDrawn && document.querySelector("h1") !== null) reached.add("page");
  if (document.querySelector("[data-self]") !== null) reached.add("room");
  for (const { connection, log } of globalThis.__rtc ?? []) {
    const offers = log.some(({ state }) => state === "have-local-offer");
    if (offers && connection.signalingState === "stable") reached.add("answer");
    if (connection.connectionState === "connected") reached.add("link");
  }
  const videos = [...document.querySelectorAll<HTMLVideoElement>("[data-peer-id] > video")];
  if (videos.some(({ videoWidth, currentTime }) => videoWidth > 0 && currentTime > 0)) {
    reached.add("picture");
  }
  return [...reached];
}

/** The same from outside. Between two documents the browser does not answer, so nothing is read. */
async function stagesOf(page: Page): Promise<string[]> {
  const { promise: nothing, resolve } = Promise.withResolvers<[]>();
  const timer = setTimeout(resolve, betweenMs, []);
  const read = page.evaluate(readStages).catch(() => []);
  return await Promise.race([read, nothing]).finally(() => clearTimeout(timer));
}

/**
 * Counts the round trips of one way in, from `begin` (a navigation or a click) to the first picture
 * of another person. Media goes directly between the browsers, not over the line: once the answer
 * is there, the line rests until the picture comes.
 */
export async function countWayIn(
  { line, page, begin }: { line: SlowLine; page: Page; begin: () => Promise<unknown> },
): Promise<WayIn> {
  const found: Partial<Record<Stage, number>> = {};
  const look = async () => {
    const reached = await stagesOf(page);
    for (const stage of stages) if (reached.includes(stage)) found[stage] ??= line.roundTrips;
    return found.picture;
  };
  line.begin();
  // It ends with the last of what the page loads.
  void begin().catch(() => {});
  while (line.roundTrips < mostRoundTrips) {
    await line.settle();
    await look();
    if (found.answer !== undefined) {
      await waitFor(look, { what: "a picture", timeout: mediaMs }).catch(() => {});
    }
    if (found.picture !== undefined) {
      const requests = [...line.requests];
      await line.end();
      return { stages: found, requests };
    }
    await line.step();
  }
  throw new Error(`No picture in ${mostRoundTrips} round trips: ${JSON.stringify(found)}`);
}
