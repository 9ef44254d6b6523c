/**
 * `deno task screenshots`: a picture of every screen × size × theme × language, made with the real
 * server and real calls.
 * Invariants:
 * 1 It has a time limit, per screen and in all: a screen that misses it is named and left out, and
 *   the exit code is 1.
 * 2 One call per language serves all screens; people only join, so nothing is set up twice.
 */
import { resolve } from "node:path";
import type { Page } from "puppeteer-core";
import { loadEveryLateWord } from "../tests/late_words.ts";
import { launchChromium, startRestartable } from "../tests/rig/mod.ts";
import { contactSheet, fileOf, type Picture, pictureOf } from "./screenshots/contact_sheet.ts";
import type { Scene, Screen } from "./screenshots/scenes.ts";
import { screens } from "./screenshots/screens.ts";
import { projectFolder } from "./server_command.ts";
import { Studio } from "./screenshots/studio.ts";
import { readWanted, type SizeName, sizes, type Theme, type Wanted } from "./screenshots/wanted.ts";

/** Five people gather in half of it on two busy processors. */
const screenMs = 180_000;
/** For all screens in one language; two idle processors take a quarter of it. */
const languageMs = 15 * 60_000;

/** Rejects when `work` takes too long. */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${screenMs / 1000} s`)), screenMs);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Uses the protocol, because the library would reload the page for a touch screen. */
async function resize(page: Page, { width, height, touch }: typeof sizes[SizeName]): Promise<void> {
  await page.setViewport({ width, height });
  const session = await page.createCDPSession();
  await session.send("Emulation.setTouchEmulationEnabled", { enabled: touch, maxTouchPoints: 5 });
  await session.detach();
}

async function paint(page: Page, theme: Theme): Promise<void> {
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: theme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    const ends = document.getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
      .map((animation) => animation.finished);
    await Promise.allSettled(ends);
    await frame();
  });
}

class Shooting {
  readonly #wanted: Wanted;
  readonly #total: number;
  readonly failures: string[] = [];
  #made = 0;

  constructor(wanted: Wanted, chosen: readonly Screen[]) {
    this.#wanted = wanted;
    const windows = chosen.flatMap((screen) => this.#sizesOf(screen));
    this.#total = windows.length * wanted.themes.length * wanted.languages.length;
  }

  async shoot(studio: Studio, screen: Screen): Promise<void> {
    const started = performance.now();
    if (started > languageMs * this.#wanted.languages.length) {
      this.failures.push(`${screen.name}, ${studio.language}: the time for all screens was over`);
      return;
    }
    let scene: Scene | undefined;
    try {
      scene = await inTime((async () => {
        await studio.gather(screen.people);
        return await screen.stage(studio);
      })());
      await inTime(this.#pictures(scene, { screen, language: studio.language }));
    } catch (error) {
      this.failures.push(`${screen.name}, ${studio.language}: ${error}`);
    }
    // A screen that fails to clean up must not prevent the next one.
    await Promise.resolve(scene?.end?.()).catch((error) => this.failures.push(`${error}`));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${this.#made}/${this.#total} ${studio.language} ${screen.name} ${seconds} s`);
  }

  #sizesOf({ sizes }: Screen): readonly SizeName[] {
    return this.#wanted.sizes.filter((size) => sizes?.includes(size) ?? true);
  }

  async #pictures(
    { page, open, shut }: Scene,
    { screen, language }: { screen: Screen; language: string },
  ): Promise<void> {
    for (const size of this.#sizesOf(screen)) {
      await resize(page, sizes[size]);
      await open?.();
      for (const theme of this.#wanted.themes) {
        await paint(page, theme);
        const file = fileOf({ screen: screen.name, size, theme, language });
        await page.screenshot({ path: `${this.#wanted.folder}/${file}`, optimizeForSpeed: true });
        this.#made++;
      }
      await shut?.();
    }
  }
}

/** All pictures in the folder, those of earlier runs included, in the order of the screens. */
async function picturesIn(folder: string): Promise<Picture[]> {
  const found: Picture[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const picture = pictureOf(name);
    if (picture !== undefined) found.push(picture);
  }
  const place = ({ screen }: Picture) => screens.findIndex(({ name }) => name === screen);
  return found.sort((a, b) => place(a) - place(b) || (fileOf(a) < fileOf(b) ? -1 : 1));
}

async function makePictures(wanted: Wanted): Promise<string[]> {
  const chosen = screens.filter(({ name }) => wanted.screen(name));
  if (chosen.length === 0) throw new Error(`no screen matches --only; the screens are\n${names()}`);
  await loadEveryLateWord();
  await Deno.mkdir(wanted.folder, { recursive: true });
  const shooting = new Shooting(wanted, chosen);
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  for (const language of wanted.languages) {
    await using studio = new Studio(chromium, server, language);
    for (const screen of chosen) await shooting.shoot(studio, screen);
  }
  return shooting.failures;
}

function names(): string {
  return screens.map(({ name }) => name).join("\n");
}

if (import.meta.main) {
  const read = readWanted(Deno.args);
  if (read.list) console.log(names());
  else {
    const wanted = { ...read, folder: resolve(projectFolder, read.folder) };
    const failures = await makePictures(wanted);
    const pictures = await picturesIn(wanted.folder);
    await Deno.writeTextFile(`${wanted.folder}/index.html`, contactSheet(pictures));
    console.log(`\n${pictures.length} pictures: ${read.folder}/index.html`);
    for (const failure of failures) console.error(failure);
    Deno.exit(failures.length === 0 ? 0 : 1);
  }
}
