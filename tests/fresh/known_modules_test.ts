import { findKnownModules, importOfKnown } from "../../fresh/build/known_modules.ts";
import { assertEquals } from "../assert.ts";

/** A build's outputs: entry (or ""), modules, static imports, late imports. */
type Built = Record<string, [entry: string, modules: string[], uses?: string[], late?: string[]]>;

interface Details {
  /** Modules with an import() of their own. */
  readonly leading?: readonly string[];
  /** In bytes; 1 by default. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Of modules, statically. */
  readonly imports?: Readonly<Record<string, readonly string[]>>;
}

function knownIn(
  built: Built,
  { leading = [], sizes = {}, imports = {} }: Details = {},
): Record<string, string[]> {
  const outputs = Object.fromEntries(
    Object.entries(built).map(([path, [entry, modules, uses = [], late = []]]) => [path, {
      bytes: 1,
      exports: [],
      entryPoint: entry === "" ? undefined : entry,
      inputs: Object.fromEntries(
        modules.map((module) => [module, { bytesInOutput: sizes[module] ?? 1 }]),
      ),
      imports: [
        ...uses.map((path) => ({ path, kind: "import-statement" as const })),
        ...late.map((path) => ({ path, kind: "dynamic-import" as const })),
      ],
    }]),
  );
  const late = [{ path: "late.ts", kind: "dynamic-import" as const }];
  const inputs = Object.fromEntries([
    ...leading.map((module) => [module, { bytes: 1, imports: late }] as const),
    ...Object.entries(imports).map(([module, used]) =>
      [module, {
        bytes: 1,
        imports: used.map((path) => ({ path, kind: "import-statement" as const })),
      }] as const
    ),
  ]);
  const known = findKnownModules({ inputs, outputs }, "boot.ts");
  return Object.fromEntries([...known].map(([entry, modules]) => [entry, [...modules].sort()]));
}

Deno.test("a late module knows what its page and the modules before it have loaded", () => {
  assertEquals(
    knownIn({
      boot: ["boot.ts", [], ["preact"]],
      preact: ["", ["preact"]],
      page: ["page.ts", ["page.ts"], ["preact", "icon"], ["room"]],
      icon: ["", ["icon.ts"]],
      room: ["room.ts", ["room.ts"], ["preact", "icon", "tile"], ["menu"]],
      tile: ["", ["tile.ts"]],
      menu: ["menu.ts", ["menu.ts"], ["tile"]],
    }),
    {
      "boot.ts": [],
      "page.ts": ["preact"],
      "room.ts": ["icon.ts", "preact"],
      "menu.ts": ["icon.ts", "preact", "tile.ts"],
    },
  );
});

Deno.test("a late module of two pages knows only what both have loaded", () => {
  assertEquals(
    knownIn({
      boot: ["boot.ts", ["boot.ts"]],
      one: ["one.ts", [], ["a", "both"], ["late"]],
      two: ["two.ts", [], ["b", "both"], ["late"]],
      a: ["", ["a.ts"]],
      b: ["", ["b.ts"]],
      both: ["", ["both.ts"]],
      late: ["late.ts", ["late.ts"]],
    })["late.ts"],
    ["boot.ts", "both.ts"],
  );
});

Deno.test("what leads to a late module is not known to it: it may be waiting for just that", () => {
  assertEquals(
    knownIn({
      boot: ["boot.ts", []],
      page: ["page.ts", ["page.ts"], ["waits"]],
      waits: ["", ["waits.ts"], ["plain"], ["late"]],
      plain: ["", ["plain.ts"]],
      late: ["late.ts", ["late.ts"], ["plain"]],
    })["late.ts"],
    ["plain.ts"],
  );
});

Deno.test("what many entries use is known to every page", () => {
  const late = ["1", "2", "3", "4"];
  assertEquals(
    knownIn({
      boot: ["boot.ts", []],
      home: ["home.ts", ["home.ts"]],
      page: ["page.ts", ["page.ts"], ["words"], late],
      words: ["", ["words.ts"]],
      ...Object.fromEntries(late.map((name) => [name, [`${name}.ts`, [], ["words"]]])),
    })["home.ts"],
    ["words.ts"],
  );
});

Deno.test("an entry that finds a module loaded does not make it one of every page", () => {
  const menus = ["1", "2", "3", "4", "5"];
  assertEquals(
    knownIn({
      boot: ["boot.ts", []],
      home: ["home.ts", ["home.ts"]],
      page: ["page.ts", ["page.ts"], [], ["room"]],
      room: ["room.ts", ["room.ts"], ["words"], menus],
      words: ["", ["words.ts"]],
      ...Object.fromEntries(menus.map((name) => [name, [`${name}.ts`, [], ["words"]]])),
    })["home.ts"],
    [],
  );
});

Deno.test("a small module that brings much along is not loaded by every page for a few users", () => {
  const late = ["1", "2", "3", "4"];
  const built = (bytes: number): string[] | undefined =>
    knownIn({
      boot: ["boot.ts", []],
      home: ["home.ts", ["home.ts"]],
      page: ["page.ts", ["page.ts"], [], late],
      words: ["", ["words.ts", "chinese.ts"]],
      ...Object.fromEntries(late.map((name) => [name, [`${name}.ts`, [], ["words"]]])),
    }, { sizes: { "chinese.ts": bytes }, imports: { "words.ts": ["chinese.ts"] } })["home.ts"];
  assertEquals(built(10), ["chinese.ts", "words.ts"]);
  assertEquals(built(1_000)?.includes("words.ts"), false);
});

Deno.test("what all pages use comes with the entry that loads them, but what leads to a late module", () => {
  const known = knownIn({
    boot: ["boot.ts", []],
    home: ["home.ts", ["home.ts"], ["header"]],
    page: ["page.ts", ["page.ts"], ["header", "own"]],
    header: ["", ["header.ts", "words.ts"], [], ["late"]],
    own: ["", ["own.ts"]],
    late: ["late.ts", ["late.ts"]],
  }, { leading: ["words.ts"] });
  assertEquals(known["boot.ts"], ["header.ts"]);
  assertEquals(known["home.ts"], ["header.ts"]);
});

Deno.test("a module of a worker or a worklet imports nothing that only its page has loaded", () => {
  const modules = new Set(["button.tsx"]);
  assertEquals(importOfKnown("app/late.ts", modules), 'import "known:app/late.ts";');
  assertEquals(importOfKnown("mesh/blur_worker.ts", modules), "");
  assertEquals(importOfKnown("mesh/noise_worklet.ts", modules), "");
});
