// What is remembered of the own picture.

import { assertEquals } from "../../assert.ts";
import {
  type PictureEffect,
  readEffect,
  storedEffect,
  treatmentOf,
  withTurn,
} from "../../../app/own_picture/picture_effect.ts";

const plain: PictureEffect = { blur: "off", turns: [] };

Deno.test("a picture is turned by quarters, and for its own camera only", () => {
  const once = withTurn(plain, "front");
  assertEquals(treatmentOf(once, "front"), { blur: "off", turn: 90 });
  assertEquals(treatmentOf(once, "back"), { blur: "off", turn: 0 });
  const thrice = withTurn(withTurn(once, "front"), "front");
  assertEquals(treatmentOf(thrice, "front").turn, 270);
  assertEquals(withTurn(thrice, "front"), plain);
});

Deno.test("the last twenty turned cameras are remembered", () => {
  const many = Array.from({ length: 25 }, (_, index) => `camera ${index}`);
  const effect = many.reduce(withTurn, plain);
  assertEquals(effect.turns.length, 20);
  assertEquals(treatmentOf(effect, "camera 4").turn, 0);
  assertEquals(treatmentOf(effect, "camera 24").turn, 90);
});

Deno.test("what is stored is read again, and nothing is stored where nothing is done", () => {
  const effect = { ...withTurn(plain, "front"), blur: "strong" } satisfies PictureEffect;
  assertEquals(readEffect(JSON.parse(JSON.stringify(storedEffect(effect)))), effect);
  assertEquals(storedEffect(plain), undefined);
});

Deno.test("a stored effect that is malformed does nothing", () => {
  const malformed = [
    undefined,
    null,
    "light",
    { blur: "light" },
    { blur: "all", turns: [] },
    { blur: "off", turns: [{ deviceId: "front", turn: 45 }] },
    { blur: "off", turns: [], extra: 1 },
  ];
  for (const stored of malformed) assertEquals(readEffect(stored), plain);
});
