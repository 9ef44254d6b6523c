/** What a screen is. */
import type { Page } from "puppeteer-core";
import type { Studio } from "./studio.ts";
import type { SizeName } from "./wanted.ts";

/** A staged screen. `open` and `shut` are called around the pictures of each size, `end` last. */
export interface Scene {
  readonly page: Page;
  readonly open?: () => Promise<void>;
  readonly shut?: () => Promise<void>;
  readonly end?: () => Promise<unknown>;
}

/** `people`: how many must be in the room, the viewer included; screens are sorted by it. */
export interface Screen {
  readonly name: string;
  readonly people: number;
  /** The window sizes that have this screen; undefined: all. */
  readonly sizes?: readonly SizeName[];
  readonly stage: (studio: Studio) => Scene | Promise<Scene>;
}

/** Closes whatever is open. */
export async function shutAll(page: Page): Promise<void> {
  for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
  await page.evaluate(() => {
    const panel = [...document.querySelectorAll<HTMLElement>("aside.panel:not(.unseen)")].at(-1);
    panel?.querySelector<HTMLElement>(".panel-back")?.click();
  });
}
