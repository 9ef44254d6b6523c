import { assertEquals, assertGreater } from "../assert.ts";
import { findUndocumented } from "./docstrings.ts";
import { readSources } from "./source_files.ts";

/** The folders in which every export has a docstring. */
const documentedFolders = [
  "app",
  "bench",
  "fresh",
  "islands",
  "mesh",
  "protocol",
  "routes",
  "scripts",
  "server",
  "signaling",
];

Deno.test("every export has a docstring directly above it", async () => {
  const sources = await readSources();
  for (const folder of documentedFolders) {
    const files = sources.filter(({ path }) => path.startsWith(`${folder}/`));
    assertGreater(files.length, 0, `the walk found ${folder}/`);
    const missing = files.flatMap((file) =>
      findUndocumented(file).map((name) => `${file.path}: ${name}`)
    );
    assertEquals(missing, []);
  }
});

Deno.test("an export without a docstring is found, whatever it declares", () => {
  const text = `/** Of the file. */

export interface A {}
export type B = A;
// A comment, but no docstring.
export const c = 1, d = 2;
/* The same. */
export function e() {}
/** Too far above. */

export class F {}
export enum G {}
export abstract class H {}
export default function () {}`;
  const missing = findUndocumented({ path: "x.ts", text });
  assertEquals(missing, ["A", "B", "c", "d", "e", "F", "G", "H", "default"]);
});

Deno.test("documented exports, re-exports and what is not exported are not reported", () => {
  const text = `/** Says what it is. */
export interface A {}
/**
 * Says it
 * in two lines.
 */
export const b = 1;
/** For all overloads. */
export function c(x: number): void;
export function c(x: string): void;
export function c() {}
/** On the same line. */ export class D {}
interface E {}
export { type E };
export * from "./y.ts";
/** The default. */
export default c;`;
  assertEquals(findUndocumented({ path: "x.ts", text }), []);
});
