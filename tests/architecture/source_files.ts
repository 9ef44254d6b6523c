// The project's own source as facts: which file imports what, and how long each function is. Read
// with Deno's own parser (the one of `deno lint`), so comments and strings cannot fool it.

/// <reference lib="deno.unstable" />

import { dirname, join } from "node:path/posix";
import { projectFolder } from "../../scripts/server_command.ts";

/** One import or re-export as it stands in a file. */
export interface ImportFact {
  specifier: string;
  line: number;
  /** Nothing of it is left at run time. */
  typeOnly: boolean;
  /** It is an import(). */
  late: boolean;
}

/** One function, method or arrow with a body. */
export interface FunctionFact {
  name: string;
  line: number;
  lines: number;
}

/** What is known of one source file; `path` is relative to the project and uses "/". */
export interface SourceFile {
  path: string;
  text: string;
  lines: number;
  imports: ImportFact[];
  functions: FunctionFact[];
  /** Names of what it exports at run time; "*" for `export *`. */
  exports: string[];
}

const SKIPPED = new Set(["node_modules", "_fresh", "dist"]);

/** Paths of all files under `folder` ("" for the project) whose name `pattern` accepts. */
export async function findFiles(folder: string, pattern: RegExp): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(projectFolder, folder))) {
    if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await findFiles(path, pattern));
    else if (pattern.test(entry.name)) found.push(path);
  }
  return found.sort();
}

/** Every TypeScript file of the project, parsed. */
export async function readSources(): Promise<SourceFile[]> {
  const paths = await findFiles("", /\.tsx?$/);
  return await Promise.all(
    paths.map(async (path) =>
      parseSource(path, await Deno.readTextFile(join(projectFolder, path)))
    ),
  );
}

/** The facts of one file's text. */
export function parseSource(path: string, text: string): SourceFile {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    lineStarts.push(at + 1);
  }
  const lineAt = (offset: number) => lineStarts.filter((start) => start <= offset).length;
  const file: SourceFile = {
    path,
    text,
    lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
    imports: [],
    functions: [],
    exports: [],
  };
  const collect: Deno.lint.Plugin = {
    name: "facts",
    rules: {
      facts: {
        create: () => ({ ...importVisitor(file, lineAt), ...functionVisitor(file, lineAt) }),
      },
    },
  };
  Deno.lint.runPlugin(collect, `file:///${path}`, text);
  return file;
}

type LineAt = (offset: number) => number;

function importVisitor(file: SourceFile, lineAt: LineAt): Deno.lint.LintVisitor {
  const add = (
    node: { type: string; range: Deno.lint.Range },
    specifier: unknown,
    typeOnly: boolean,
  ) => {
    const line = lineAt(node.range[0]);
    // A specifier that is computed cannot be checked here, so it is reported under a name no rule
    // allows.
    file.imports.push({
      specifier: typeof specifier === "string" ? specifier : "(computed)",
      line,
      typeOnly,
      late: node.type === "ImportExpression",
    });
  };
  return {
    ImportDeclaration: (node) => add(node, node.source.value, node.importKind === "type"),
    ImportExpression: (node) => add(node, literalValue(node.source), false),
    TSImportType: (node) => add(node, literalValue(node.argument), true),
    ExportAllDeclaration(node) {
      add(node, node.source.value, node.exportKind === "type");
      if (node.exportKind !== "type") file.exports.push("*");
    },
    ExportNamedDeclaration(node) {
      if (node.source) add(node, node.source.value, node.exportKind === "type");
      if (node.exportKind !== "type") file.exports.push(...namesOf(node));
    },
    ExportDefaultDeclaration: () => void file.exports.push("default"),
  };
}

function functionVisitor(file: SourceFile, lineAt: LineAt): Deno.lint.LintVisitor {
  const add = (node: Deno.lint.Node, name: string | undefined) => {
    const [start, end] = node.range;
    const line = lineAt(start);
    file.functions.push({ name: name ?? "(anonymous)", line, lines: lineAt(end - 1) - line + 1 });
  };
  return {
    FunctionDeclaration: (node) => add(node, node.id?.name),
    FunctionExpression: (node) => add(node, node.id?.name ?? keyOf(node.parent)),
    ArrowFunctionExpression: (node) => add(node, keyOf(node.parent)),
  };
}

function literalValue(node: Deno.lint.Node): unknown {
  if (node.type === "TSLiteralType") return literalValue(node.literal);
  return node.type === "Literal" ? node.value : undefined;
}

function namesOf(node: Deno.lint.ExportNamedDeclaration): string[] {
  const declared = node.declaration;
  const names: (string | undefined)[] = node.specifiers.map(({ exported }) =>
    exported.type === "Identifier" ? exported.name : undefined
  );
  if (declared?.type === "FunctionDeclaration" || declared?.type === "ClassDeclaration") {
    names.push(declared.id?.name);
  } else if (declared?.type === "VariableDeclaration") {
    names.push(...declared.declarations.map(({ id }) => id.type === "Identifier" ? id.name : "?"));
  }
  return names.filter((name) => name !== undefined);
}

function keyOf(parent: Deno.lint.Node): string | undefined {
  if (parent.type === "VariableDeclarator") {
    return parent.id.type === "Identifier" ? parent.id.name : undefined;
  }
  if (parent.type === "MethodDefinition" || parent.type === "Property") {
    return parent.key.type === "Identifier" ? parent.key.name : undefined;
  }
  return undefined;
}

/** Where an import of `from` leads: a path of the project, or a package name. */
export type Destination = { file: string } | { package: string };

/** Follows relative paths and the import map; "npm:preact@1/hooks" is the package "preact". */
export function resolveImport(
  from: string,
  specifier: string,
  map: Record<string, string>,
): Destination {
  if (specifier.startsWith("./") || specifier.startsWith("../")) {
    return { file: join(dirname(from), specifier) };
  }
  const key = Object.keys(map)
    .filter((key) => key === specifier || (key.endsWith("/") && specifier.startsWith(key)))
    .sort((a, b) => b.length - a.length)[0];
  const target = key === undefined ? specifier : map[key] + specifier.slice(key.length);
  if (target.startsWith("./")) return { file: join(target) };
  const name = /^(?:npm:\/?)?((?:@[^/]+\/)?[^@/]+)/.exec(target);
  return { package: target.startsWith("npm:") && name?.[1] ? name[1] : target };
}

/** The `imports` of import_map.json. */
export async function readImportMap(): Promise<Record<string, string>> {
  const map: unknown = JSON.parse(await Deno.readTextFile(join(projectFolder, "import_map.json")));
  if (typeof map !== "object" || map === null || !("imports" in map)) return {};
  const entries = Object.entries(Object(map.imports));
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
