/** Captions: under the speakers, their dialog, and the question whether to write them. */
import { captionWordsOf } from "../../app/ui/words/late/captions.ts";
import { hear, type Peer, recogniseLocally, waitFor } from "../../tests/rig/mod.ts";
import type { Screen } from "./scenes.ts";
import type { Studio } from "./studio.ts";

async function openDialog(peer: Peer, { words }: Studio): Promise<void> {
  await peer.press(words.room.more);
  await peer.press(words.room.captions);
  await waitFor(() => peer.page.$(".captions-dialog"), { what: "the dialog" });
}

/** Shows captions, or hides them. */
async function toggle(peer: Peer, studio: Studio): Promise<void> {
  await openDialog(peer, studio);
  const key = `[role="switch"][aria-label="${captionWordsOf(studio.words).show}"]`;
  await (await waitFor(() => peer.page.$(key), { what: "the switch" })).asLocator().click();
  await peer.page.keyboard.press("Escape");
}

/** A page looks for a recogniser when somebody first wants captions. */
async function prepare({ viewer, others }: Studio): Promise<void> {
  for (const { page } of [viewer, ...others]) {
    const isReady = await page.evaluate(() => Reflect.has(globalThis, "speech"));
    if (!isReady) await page.evaluate(recogniseLocally);
  }
}

async function agree({ page }: Peer): Promise<void> {
  const key = ".captions-answers button:last-child";
  await (await waitFor(() => page.$(key), { what: "the question" })).asLocator().click();
  await waitFor(() => page.evaluate(() => Reflect.get(globalThis, "speech").running === 1), {
    what: "the recogniser",
  });
}

const said = {
  en: [
    "The ferry leaves at ten past nine from the northern pier.",
    "If it rains, we meet in the café beside the lock and wait for the next one",
  ],
  "zh-CN": ["渡船九点十分从北边的码头出发。", "如果下雨，我们就在船闸旁边的咖啡馆碰头，等下一班"],
  es: [
    "El ferri sale a las nueve y diez del muelle norte.",
    "Si llueve, nos vemos en el café junto a la esclusa y esperamos el siguiente",
  ],
  fr: [
    "Le ferry part à neuf heures dix du quai nord.",
    "S’il pleut, on se retrouve au café près de l’écluse et on attend le suivant",
  ],
  de: [
    "Die Fähre fährt um zehn nach neun am nördlichen Anleger ab.",
    "Wenn es regnet, treffen wir uns im Café neben der Schleuse und warten auf die nächste",
  ],
  ja: [
    "フェリーは9時10分に北の桟橋から出ます。",
    "雨が降ったら、水門のそばのカフェに集まって次の便を待ちましょう",
  ],
  "pt-BR": [
    "A balsa sai às nove e dez do cais norte.",
    "Se chover, a gente se encontra no café ao lado da eclusa e espera a próxima",
  ],
  ar: [
    "تغادر العبّارة في التاسعة وعشر دقائق من الرصيف الشمالي.",
    "إذا أمطرت، نلتقي في المقهى بجوار القنطرة وننتظر العبّارة التالية",
  ],
} as const;

/** Two of those with a microphone write captions, and the viewer sees them. */
async function written(studio: Studio): Promise<void> {
  const { viewer, others: [ana, , noor], language } = studio;
  const [first, second] = said[language];
  if (ana === undefined || noor === undefined) return;
  await prepare(studio);
  await toggle(viewer, studio);
  for (const peer of [ana, noor]) await agree(peer);
  await hear(ana, first, true);
  await hear(noor, second, false);
  await openDialog(viewer, studio);
  await waitFor(() => viewer.page.$(".captions-lines"), { what: "the transcript" });
}

/** All screens of captions. */
export const captionScreens: readonly Screen[] = [
  {
    name: "captions-ask",
    people: 5,
    stage: async (studio) => {
      const { viewer: { page }, others: [, , , last] } = studio;
      await prepare(studio);
      if (last !== undefined) await toggle(last, studio);
      await waitFor(() => page.$(".captions-ask"), { what: "the question" });
      return {
        page,
        end: async () => {
          if (last !== undefined) await toggle(last, studio);
        },
      };
    },
  },
  {
    name: "captions-dialog",
    people: 5,
    stage: async (studio) => {
      await written(studio);
      return {
        page: studio.viewer.page,
        end: async () => {
          await studio.viewer.page.keyboard.press("Escape");
          await toggle(studio.viewer, studio);
        },
      };
    },
  },
];
