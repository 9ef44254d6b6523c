import { assert, assertEquals } from "../../assert.ts";
import { deviceChanges } from "../../../app/devices/device_changes.ts";
import { deviceSentence } from "../../../app/devices/device_words.ts";
import { insideOf, toldIn } from "../../../app/inside/inside.ts";
import { insideWords } from "../../../app/inside/PeopleInside.tsx";
import { browserKind, explain } from "../../../app/devices/trouble.ts";
import { languages, wordsOf } from "../../../app/ui/words/catalogue.ts";

const en = wordsOf("en");
const zh = wordsOf("zh-CN");

function people(...names: string[]) {
  return names.map((name, hue) => ({ name, hue }));
}

Deno.test("people inside are named, all of three, two of more", () => {
  assertEquals(insideWords([], en), "Nobody is here yet");
  assertEquals(insideWords(people("Ann"), en), "Ann is inside");
  assertEquals(insideWords(people("Ann", "Bob", "Cem"), en), "Ann, Bob and Cem are inside");
  const five = people("Ann", "Bob", "Cem", "Dora", "Eve");
  assertEquals(insideWords(five, en), "Ann, Bob and 3 others are inside");
  assertEquals(insideWords(five, zh), "Ann、Bob和另外 3 人在房间里");
});

Deno.test("only valid answers about the people inside are accepted", () => {
  assertEquals(toldIn({ people: [{ name: "Ann", hue: 3 }] }), [{ name: "Ann", hue: 3 }]);
  assertEquals(toldIn({ people: [{ name: "Ann" }, 7, null, { name: 1, hue: 1 }] }), []);
  assertEquals(toldIn({ people: [{ name: "Ann", hue: -1 }] }), []);
  assertEquals(toldIn({ hidden: true }), "untold");
  for (const answer of [null, "people", 7, {}, { people: "Ann" }]) {
    assertEquals(toldIn(answer), undefined);
  }
});

Deno.test("people in a sealed room have the names that the link's secret opens", async () => {
  const sealed = (n: number) => ({ peerId: `p${n}`, sealed: { hello: `h${n}`, card: `c${n}` } });
  const told = toldIn({
    people: [{ ...sealed(1), hue: 3.5 }, { ...sealed(2), hue: 4 }, { ...sealed(3), hue: NaN }, {
      peerId: "p4",
      hue: 1,
      sealed: { hello: "h" },
    }],
  });
  assertEquals(told, [{ ...sealed(1), hue: 3 }, { ...sealed(2), hue: 4 }]);
  assert(told !== undefined && told !== "untold");
  const link = { room: "tea", secret: "s" };
  const opening = (...names: (string | undefined)[]) => ({
    ...link,
    open: (given: unknown, people: readonly unknown[]) => {
      assertEquals([given, people.length], [link, 2]);
      return Promise.resolve(names);
    },
  });
  const both = [{ name: "Ann", hue: 3 }, { name: "Bob", hue: 4 }];
  assertEquals(await insideOf(told, opening("Ann", "Bob")), both);
  assertEquals(await insideOf(told, opening(undefined, "Bob")), both.slice(1), "one is made up");
  assertEquals(await insideOf(told, opening(undefined, undefined)), "linkChanged");
});

Deno.test("a link that does not lead to the people inside says so before joining", async () => {
  const open = () => Promise.resolve([]);
  const named = toldIn({ people: [{ name: "Ann", hue: 3 }] });
  const sealed = toldIn({ people: [{ peerId: "p", hue: 1, sealed: { hello: "h", card: "c" } }] });
  assert(Array.isArray(named) && Array.isArray(sealed));
  const [bare, whole] = [undefined, "s"].map((secret) => ({ room: "tea", secret, open }));
  assert(bare && whole);
  assertEquals(await insideOf(named, bare), named);
  assertEquals(await insideOf(sealed, bare), "sealed");
  assertEquals(await insideOf(named, whole), "unsealed");
  assertEquals([await insideOf([], bare), await insideOf([], whole)], [[], []]);
});

function device(label: string, deviceId = label): MediaDeviceInfo {
  return { label, deviceId, groupId: "", kind: "audioinput", toJSON: () => ({}) };
}

function devices(microphones: MediaDeviceInfo[], speakers: MediaDeviceInfo[] = []) {
  return { cameras: [], microphones, speakers };
}

Deno.test("a connected headset is reported once, without the browser's numbers", () => {
  const before = devices([device("Built-in")]);
  const headset = device("Headset (046d:0a44)");
  const after = devices([device("Built-in"), headset], [headset]);
  const said = (from: typeof before, to: typeof before) =>
    deviceSentence(deviceChanges(from, to), en);
  assertEquals(said(before, after), "Connected: Headset.");
  assertEquals(said(after, before), "Disconnected: Headset.");
  assertEquals(said(after, after), undefined);
});

Deno.test("names that only appear with a permission are no news, nor is the browser's own choice", () => {
  const none = { came: [], went: [] };
  const nameless = devices([device("", "a")]);
  const named = devices([device("Built-in", "a")]);
  assertEquals(deviceChanges(nameless, named), none);
  assertEquals(deviceChanges(named, nameless), none);
  const chosen = devices([device("Default - Built-in", "default"), device("Built-in", "a")]);
  assertEquals(deviceChanges(named, chosen), none);
});

const agents = {
  "in-app": [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49",
    "Mozilla/5.0 (Linux; Android 15; wv) AppleWebKit/537.36 Version/4.0 Chrome/140.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/480]",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
  ],
  "ios-safari": [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
  ],
  "ios": [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
  ],
  "android": [
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
  ],
  "android-firefox": ["Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"],
  "edge": ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"],
  "chromium": ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"],
  "firefox": ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
  "safari": [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
  ],
  "other": ["curl"],
} as const;

Deno.test("each kind of browser is known by its name, an iPad by its touch", () => {
  for (const [kind, texts] of Object.entries(agents)) {
    for (const userAgent of texts) {
      assertEquals<string>(browserKind({ userAgent, touch: false }), kind, userAgent);
    }
  }
  const [userAgent] = agents.safari;
  assertEquals(browserKind({ userAgent, touch: true }), "ios-safari");
});

Deno.test("every failure has words and a way out in every browser and language", () => {
  const failures = [
    "denied",
    "system",
    "missing",
    "busy",
    "insecure",
    "unsupported",
    "unknown",
  ] as const;
  for (const language of languages) {
    for (const failure of failures) {
      for (const userAgent of Object.values(agents).flat()) {
        const said = explain(
          { failure, missing: "both", userAgent, touch: false },
          wordsOf(language),
        );
        assert(said.title !== "" && said.line !== "", `${failure} ${userAgent}`);
      }
    }
  }
});

Deno.test("inside another app the way out is the real browser, and trying again is not offered", () => {
  const [userAgent] = agents["in-app"];
  const said = explain({ failure: "unsupported", missing: "both", userAgent, touch: true }, zh);
  assertEquals(said, { title: zh.wayOut.inAppTitle, line: zh.wayOut.inApp, retry: false });
});

Deno.test("refusals by the system and by the browser have different words, per system", () => {
  const line = (userAgent: string) =>
    explain({ failure: "system", missing: "camera", userAgent, touch: false }, en).line;
  assertEquals(line(agents.safari[0]), en.wayOut.systemMac);
  assertEquals(line(agents.edge[0]), en.wayOut.systemWindows);
  assertEquals(line(agents.android[0]), en.wayOut.systemAndroid);
  assertEquals(line(agents.chromium[0]), en.wayOut.systemOther);
});
