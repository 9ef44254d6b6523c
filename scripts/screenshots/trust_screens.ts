/** The screens of trust, in a room whose people are real and whose trust is staged. */
import { lateWordsOf } from "../../app/ui/words/late/trust.ts";
import { waitFor } from "../../tests/rig/mod.ts";
import { cast } from "./actor.ts";
import { type Scene, type Screen, shutAll } from "./scenes.ts";
import { type Staged, type StagedTrust, stageTrust } from "./staged_trust.ts";
import type { Studio } from "./studio.ts";

const verified: StagedTrust = { trust: { kind: "verified" } };
const compared: StagedTrust = { ...verified, past: "compared" };
const alarm: StagedTrust = { trust: { kind: "alarm", alarm: "altered" } };
const doubt: StagedTrust = { trust: { kind: "unverified", doubt: "wrong-secret" } };
const checking: StagedTrust = { trust: { kind: "checking" } };

/** A room of five in which the viewer knows this; `by` opens something. */
function staged(
  name: string,
  what: (studio: Studio) => Partial<Staged>,
  by?: (studio: Studio) => Promise<void>,
): Screen {
  const stage = async (studio: Studio): Promise<Scene> => {
    const { viewer: { page }, language } = studio;
    const names = cast[language].slice(1).map(({ name }) => name);
    await stageTrust(page, { names, staged: { people: [], ...what(studio) } });
    return {
      page,
      end: () => stageTrust(page, { names, staged: undefined }),
      ...by && { open: () => by(studio), shut: () => shutAll(page) },
    };
  };
  return { name: `trust-${name}`, people: 5, stage };
}

/** The safety words with the first of the others. */
async function openWords({ viewer: { page } }: Studio): Promise<void> {
  await page.keyboard.press("p");
  await (await waitFor(() => page.$(".words-key"), { what: "the key to the words" })).click();
  await waitFor(() => page.$("dialog[open]"), { what: "the safety words" });
}

const good = { people: [compared, verified, verified, checking] };

/** The screens of trust, for a room of five. */
export const trustScreens: readonly Screen[] = [
  staged("open", () => ({ isOpen: true })),
  staged("open-people", () => ({ isOpen: true }), openPeople),
  staged("verified", () => good),
  staged("people", () => good, openPeople),
  staged("words", () => good, openWords),
  staged("alarm", () => ({ people: [alarm, verified, doubt, verified] })),
  staged("views", () => ({ people: [{ ...verified, viewsDiffer: true }, verified] })),
  staged("link", ({ language }) => ({ ...good, removed: cast[language][6]?.name ?? "" })),
  staged("connections", () => good, ({ viewer: { page } }) => page.keyboard.press("l")),
  staged("browser", () => ({ people: [verified, { ...verified, past: "other-browser" }] })),
  staged("differ", () => ({ people: [verified, verified] }), async (studio) => {
    const { viewer, words } = studio;
    await openWords(studio);
    await viewer.press(lateWordsOf(words).trust.differ);
  }),
];

async function openPeople({ viewer: { page } }: Studio): Promise<void> {
  await page.keyboard.press("p");
  await waitFor(() => page.$("#people"), { what: "the people" });
}
