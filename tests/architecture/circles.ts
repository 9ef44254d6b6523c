// Import circles: files that cannot be read, tested or loaded without each other.

import { resolveImport, type SourceFile } from "./source_files.ts";

/**
 * Every group of files that import each other, directly or through others; imports of types and
 * `import()` count. Paths within a group and groups by their first path are sorted. Imports of
 * files outside `sources` are ignored.
 */
export function findCircles(sources: SourceFile[], map: Record<string, string>): string[][] {
  const imported = new Map(sources.map((source) => [source.path, importedBy(source, map)]));
  const reached = new Map(sources.map(({ path }) => [path, reachableFrom(path, imported)]));
  const grouped = new Set<string>();
  const circles: string[][] = [];
  for (const path of [...imported.keys()].sort()) {
    const own = reached.get(path);
    if (grouped.has(path) || !own?.has(path)) continue;
    const circle = [...own].filter((other) => reached.get(other)?.has(path)).sort();
    circle.forEach((member) => grouped.add(member));
    circles.push(circle);
  }
  return circles;
}

function importedBy({ path, imports }: SourceFile, map: Record<string, string>): string[] {
  return imports.flatMap(({ specifier }) => {
    const to = resolveImport(path, specifier, map);
    return "file" in to ? [to.file] : [];
  });
}

/** The files that `start` imports, directly or not; with `start` if one of them imports it. */
function reachableFrom(
  start: string,
  imported: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...imported.get(start) ?? []];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const next = imported.get(path);
    if (next === undefined || reached.has(path)) continue;
    reached.add(path);
    open.push(...next);
  }
  return reached;
}
