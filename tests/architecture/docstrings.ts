// Which exports have no docstring: a JSDoc comment that ends directly above the declaration.

/// <reference lib="deno.unstable" />

import type { SourceFile } from "./source_files.ts";

/** The names of a file's exported declarations without a docstring. Overloads need one together. */
export function findUndocumented({ path, text }: Pick<SourceFile, "path" | "text">): string[] {
  const documented = new Set<string>();
  const bare = new Set<string>();
  const add = (node: Deno.lint.Node, names: string[]) => {
    const group = hasDocstring(text, node.range[0]) ? documented : bare;
    names.forEach((name) => group.add(name));
  };
  Deno.lint.runPlugin(
    {
      name: "docstrings",
      rules: {
        docstrings: {
          create: () => ({
            ExportNamedDeclaration: (node) => add(node, declaredNames(node.declaration)),
            ExportDefaultDeclaration: (node) => add(node, ["default"]),
          }),
        },
      },
    },
    `file:///${path}`,
    text,
  );
  return [...bare].filter((name) => !documented.has(name));
}

/** Whether a JSDoc comment ends on the line above `offset`, where a declaration starts. */
function hasDocstring(text: string, offset: number): boolean {
  const above = text.slice(0, offset);
  if (!/\*\/[ \t]*\r?\n?[ \t]*$/.test(above)) return false;
  return above.startsWith("/**", above.lastIndexOf("/*"));
}

function declaredNames(declaration: Deno.lint.ExportNamedDeclaration["declaration"]): string[] {
  if (declaration === null || declaration === undefined) return [];
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.map(({ id }) => id.type === "Identifier" ? id.name : "?");
  }
  const { id } = declaration;
  return [id?.type === "Identifier" ? id.name : "?"];
}
