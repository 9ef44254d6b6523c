// Import circles: groups of files each of which reaches every other one of its group by imports, types included.

import { resolveImport, type SourceFile } from "./source_files.ts";

/** One circle: its files, sorted. */
export type Circle = readonly string[];

/** All circles of the source, sorted by their first file; a file that imports itself is one, too. */
export function findCircles(sources: readonly SourceFile[], map: Record<string, string>): Circle[] {
  const paths = new Set(sources.map(({ path }) => path));
  const imports = new Map<string, readonly string[]>();
  for (const { path, imports: facts } of sources) {
    const targets = facts.map(({ specifier }) => resolveImport(path, specifier, map))
      .flatMap((target) => "file" in target && paths.has(target.file) ? [target.file] : []);
    imports.set(path, targets);
  }
  const reached = new Map([...paths].map((path) => [path, reachedFrom(path, imports)]));
  const circles = new Map<string, Circle>();
  for (const [path, targets] of reached) {
    if (!targets.has(path)) continue;
    const circle = [...targets].filter((other) => reached.get(other)?.has(path)).sort();
    circles.set(circle.join(), circle);
  }
  return [...circles].sort(([one], [other]) => one < other ? -1 : 1).map(([, circle]) => circle);
}

/** Every file that `start` imports, directly or not; `start` itself only if a circle leads back to it. */
function reachedFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const target of imports.get(path) ?? []) {
      if (found.has(target)) continue;
      found.add(target);
      open.push(target);
    }
  }
  return found;
}
