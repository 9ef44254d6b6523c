import { assertEquals } from "../../assert.ts";
import {
  type KeyStorage,
  mostVisits,
  PreferenceBook,
  storageKey,
} from "../../../app/ui/preferences.ts";
import { Page } from "../../../app/ui/page.ts";

function storage(content?: string): KeyStorage & { content: string | null } {
  return {
    content: content ?? null,
    getItem(key) {
      return key === storageKey ? this.content : null;
    },
    setItem(key, value) {
      if (key === storageKey) this.content = value;
    },
  };
}

const blocked: KeyStorage = {
  getItem: () => {
    throw new DOMException("blocked", "SecurityError");
  },
  setItem: () => {
    throw new DOMException("full", "QuotaExceededError");
  },
};

Deno.test("what one page stores the next one finds", () => {
  const shared = storage();
  const camera = { deviceId: "1", label: "Cam" };
  new PreferenceBook(shared).change({ name: "Mira", theme: "dark", language: "zh-CN", camera });
  const { name, theme, language, camera: found } = new PreferenceBook(shared).current.value;
  assertEquals({ name, theme, language, found }, {
    name: "Mira",
    theme: "dark",
    language: "zh-CN",
    found: camera,
  });
});

Deno.test("a blocked or missing storage only means that nothing is remembered", () => {
  for (const book of [new PreferenceBook(blocked), new PreferenceBook(undefined)]) {
    book.change({ name: "Mira" });
    assertEquals(book.current.value.name, "Mira");
  }
});

Deno.test("whatever the storage holds, the preferences are valid", () => {
  const { current: fresh } = new PreferenceBook(undefined);
  for (
    const content of [
      "",
      "{",
      "null",
      "7",
      "[]",
      `{"name":7,"theme":"pink","language":"xx","camera":{"deviceId":1},"visits":"x"}`,
      `{"visits":[null,7,{"room":"a b","at":1},{"room":"ok","at":"soon"}],"camera":null}`,
      `{"name":"\\u202e","language":"constructor","speaker":[]}`,
    ]
  ) assertEquals(new PreferenceBook(storage(content)).current.value, fresh.value, content);
});

Deno.test("good parts of a bad entry are kept", () => {
  const book = new PreferenceBook(
    storage(`{"name":"  Mira ","theme":7,"visits":[{"room":"attic","at":5},{"room":""}]}`),
  );
  assertEquals(book.current.value.name, "Mira");
  assertEquals(book.current.value.visits, [{ room: "attic", at: 5 }]);
});

Deno.test("rooms are remembered once each, the last first, a few of them", () => {
  const book = new PreferenceBook(storage());
  for (const [at, room] of ["a", "b", "a", "c", "d", "e", "f"].entries()) book.visit(room, at);
  const { visits } = book.current.value;
  assertEquals(visits.map(({ room }) => room), ["f", "e", "d", "c", "a"]);
  assertEquals(visits.length, mostVisits);
  book.forget("e");
  assertEquals(book.current.value.visits.length, mostVisits - 1);
});

Deno.test("a chosen language beats the one the server offered, and shows on the page", async () => {
  const page = new Page("zh-CN", storage());
  assertEquals([page.language.value, page.words.value.common.close], ["zh-CN", "关闭"]);
  const root = { lang: "zh-CN", dir: "ltr", dataset: { waiting: "" } as DOMStringMap };
  const undo = page.show(root);
  page.book.change({ language: "en", theme: "dark" });
  while (root.lang !== "en") await new Promise((resolve) => setTimeout(resolve));
  assertEquals(page.words.value.common.close, "Close");
  assertEquals(root.dataset, { theme: "dark" });
  undo();
  page.book.change({ theme: "light" });
  assertEquals(root.dataset.theme, "dark");
});

Deno.test("voice processing and the muted-speech hint are on by default", () => {
  const stored = (text: string) =>
    new PreferenceBook({ getItem: () => text, setItem: () => {} }).current.value;
  const all = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  assertEquals([stored("{}").processing, stored("{}").mutedHint], [all, true]);
  assertEquals(stored("{}").shareMotion, false);
  for (const odd of ["null", "7", '"x"', "[]"]) {
    assertEquals(stored(`{"processing":${odd}}`).processing, all);
  }
  const said = stored(
    '{"processing":{"noiseSuppression":false},"mutedHint":false,"shareMotion":true}',
  );
  assertEquals(said.processing, { ...all, noiseSuppression: false });
  assertEquals([said.mutedHint, said.shareMotion], [false, true]);
});
