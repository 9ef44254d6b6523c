/** Dialogs of a call with five people, and planned rooms on the first page. */
import { moveWordsOf } from "../../app/ui/words/late/move.ts";
import { planWordsOf } from "../../app/ui/words/late/plans.ts";
import { powerWordsOf } from "../../app/ui/words/late/powers.ts";
import { fill } from "../../app/ui/phrases.ts";
import { waitFor } from "../../tests/rig/mod.ts";
import { cast } from "./actor.ts";
import { type Screen, shutAll } from "./scenes.ts";
import type { Studio } from "./studio.ts";

/** A dialog of the viewer that a press opens and Escape closes. */
function dialog(name: string, open: (studio: Studio) => Promise<void>): Screen {
  return {
    name,
    people: 5,
    stage: (studio) => {
      const { page } = studio.viewer;
      return {
        page,
        open: async () => {
          await open(studio);
          await waitFor(() => page.$("dialog[open]"), { what: name });
        },
        shut: () => shutAll(page),
      };
    },
  };
}

/** Opens the panel of people, and presses something in it. */
async function inPeople({ viewer, words }: Studio, name: string): Promise<void> {
  await viewer.press(words.room.peoplePanel);
  await viewer.press(name);
}

/** Opens the menu of the second person in the panel, and presses a row. */
async function ofPerson(studio: Studio, row: string): Promise<void> {
  const [, second] = cast[studio.language];
  await inPeople(studio, fill(studio.words.owners.menu, { name: second?.name ?? "" }));
  await studio.viewer.press(row);
}

/** A first page with a planned room, whose calendar file is offered, and the form for another. */
async function planned(studio: Studio) {
  const peer = await studio.open(`${studio.server.current.url}/`);
  const words = planWordsOf(studio.words);
  await peer.press(words.plan);
  await waitFor(() => peer.page.$(".plan-form"), { what: "the form" });
  await peer.page.$eval('.plan-form input[type="datetime-local"]', (field) => {
    if (!(field instanceof HTMLInputElement)) return;
    field.value = "2031-05-02T18:30";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await peer.press(words.save);
  await waitFor(() => peer.page.$(".plan .quiet-key"), { what: "the plan" });
  await peer.page.click(".plan .quiet-key");
  await peer.press(words.plan);
  await waitFor(() => peer.page.$(".plan-form"), { what: "the form again" });
  return { page: peer.page, end: () => peer.close() };
}

/** The page before joining, where a person types the code of another device. */
async function taking(studio: Studio) {
  const { server, room, secret } = studio;
  const address = `${server.current.url}/r/${encodeURIComponent(room)}#k=${secret}`;
  const peer = await studio.open(address);
  await (await waitFor(() => peer.page.$(".take-key"), { what: "the key" })).asLocator().click();
  await waitFor(() => peer.page.$("dialog[open] .move-field"), { what: "the dialog" });
  return { page: peer.page, end: () => peer.close() };
}

/** All of them. */
export const dialogScreens: readonly Screen[] = [
  { name: "home-plans", people: 0, stage: planned },
  dialog("rights", (studio) => ofPerson(studio, powerWordsOf(studio.words).rights)),
  dialog("remove", (studio) => ofPerson(studio, studio.words.owners.remove)),
  dialog("times", async (studio) => {
    const words = powerWordsOf(studio.words);
    await inPeople(studio, words.times);
    const { page } = studio.viewer;
    await (await waitFor(() => page.$("dialog [role=switch]"), { what: "hours" })).click();
    await waitFor(() => page.$(".reserved-week"), { what: "the week" });
  }),
  dialog("attendance", (studio) => inPeople(studio, powerWordsOf(studio.words).attendance)),
  dialog("move", async (studio) => {
    await studio.viewer.press(studio.words.room.more);
    await studio.viewer.press(moveWordsOf(studio.words).key);
    await waitFor(() => studio.viewer.page.$(".move-digits"), { what: "the code" });
  }),
  { name: "take", people: 2, stage: taking },
];
