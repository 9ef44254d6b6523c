import { assertEquals } from "../../assert.ts";
import { screenEnds, type Sharer } from "../../../app/talk/screen_ends.ts";

const ann: Sharer = { peerId: "a", name: "Ann", isShown: true, isLinked: true, mayShare: true };

function endOf(change: Partial<Sharer>, before: Sharer = ann): string[] {
  return screenEnds([before], [{ ...before, ...change }]).map(({ end }) => end);
}

Deno.test("a screen that is gone was stopped, lost with its link, or hidden by the owners", () => {
  assertEquals(endOf({ isShown: false }), ["stopped"]);
  assertEquals(endOf({ isShown: false, isLinked: false }), ["unlinked"]);
  assertEquals(endOf({ isShown: false, mayShare: false }), ["reserved"]);
  assertEquals(endOf({ isShown: false, isLinked: false, mayShare: false }), ["reserved"]);
});

Deno.test("a screen stands still while its link is being restored, or goes with it", () => {
  assertEquals(endOf({ isLinked: false }), ["frozen"]);
  assertEquals(endOf({ isLinked: true }, { ...ann, isLinked: false }), []);
  assertEquals(endOf({ isShown: false }, { ...ann, isLinked: false }), ["unlinked"]);
});

Deno.test("a screen goes with its sharer", () => {
  assertEquals(screenEnds([ann], []).map(({ end, sharer }) => [sharer.name, end]), [[
    "Ann",
    "left",
  ]]);
});

Deno.test("nothing is said of screens that stay, come, or were never shown", () => {
  assertEquals(endOf({}), []);
  assertEquals(endOf({ name: "Anna" }), []);
  const without = { ...ann, isShown: false };
  assertEquals(endOf({ isShown: true }, without), []);
  assertEquals(endOf({ isLinked: false }, without), []);
  assertEquals(screenEnds([without], []), []);
});
