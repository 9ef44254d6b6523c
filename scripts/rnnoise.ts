/**
 * Writes mesh/processing/noise/rnnoise_code.js, which is RNNoise as plain JavaScript, from the
 * WebAssembly of @jitsi/rnnoise-wasm: `deno run -A scripts/rnnoise.ts`; see docs/decisions.md. It
 * is no part of the build, because Binaryen, which converts it, takes 110 MB. A test compares both.
 */
import { join } from "node:path";
import { minify } from "npm:terser@5.51.4";
import { projectFolder } from "./server_command.ts";
import { rnnoiseWasm } from "./rnnoise_wasm.ts";

const converter = "npm:binaryen@132.0.0/wasm2js";
const target = join(projectFolder, "mesh", "processing", "noise", "rnnoise_code.js");

/** The names that the package gives to what its WebAssembly exports and imports. */
const exportNames = {
  c: "memory",
  d: "start",
  f: "create",
  g: "allocate",
  h: "destroy",
  j: "process",
} as const;
const importNames = { a: "grow", b: "copy" } as const;

const notice = `// deno-fmt-ignore-file
// deno-lint-ignore-file
// @ts-self-types="./rnnoise_code.d.ts"
// Written by scripts/rnnoise.ts; do not edit.
/*! RNNoise, as @jitsi/rnnoise-wasm 0.2.1 (Apache-2.0) has it, turned into JavaScript.
Copyright (c) 2017, Mozilla; (c) 2007-2017, Jean-Marc Valin; (c) 2005-2017, Xiph.Org Foundation;
(c) 2003-2004, Mark Borgerding. Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:
- Redistributions of source code must retain the above copyright notice, this list of conditions and
the following disclaimer.
- Redistributions in binary form must reproduce the above copyright notice, this list of conditions
and the following disclaimer in the documentation and/or other materials provided with the
distribution.
- Neither the name of the Xiph.Org Foundation nor the names of its contributors may be used to
endorse or promote products derived from this software without specific prior written permission.
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE FOUNDATION OR CONTRIBUTORS
BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
(INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR
PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF
THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE. */
`;

/** The converter's output as a function that makes one instance. */
async function convert(wasm: Uint8Array): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "parley-rnnoise-" });
  const [from, to] = [join(folder, "in.wasm"), join(folder, "out.js")];
  await Deno.writeFile(from, wasm);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-lock", "-A", converter, from, "-O3", "-o", to],
    cwd: folder,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${converter} failed; see its output above`);
  const text = await Deno.readTextFile(to);
  await Deno.remove(folder, { recursive: true });
  return text;
}

/** Turns a module with imports and exports into one that exports `instantiate`. */
function asFunction(text: string): string {
  let changed = replaced(text, /^import \* as a from 'a';\n/m, "");
  changed = replaced(changed, /^var retasmFunc = [^]*/m, "");
  changed = replaced(
    changed,
    "function asmFunc(imports) {",
    "export function instantiate(imports) {",
  );
  changed = replaced(changed, "imports.a;", "imports;");
  for (const [short, name] of Object.entries(importNames)) {
    changed = replaced(changed, `= a.${short};`, `= a.${name};`);
  }
  const [body = "", exported = ""] = changed.split(/^ return \{\n(?=[^]*"c": )/m);
  const kept = exported.replaceAll(
    /^ {2}"([d-k])": (\w+),? *$/gm,
    (_, short, value) => short in exportNames ? `  "${nameOf(short)}": ${value},` : "",
  );
  return `${body} return {\n${replaced(kept, '"c":', `"${exportNames.c}":`)}`;
}

function nameOf(short: string): string {
  return Object.entries(exportNames).find(([key]) => key === short)?.[1] ?? short;
}

/** Throws if the text has no such part, so that another version of the converter is noticed. */
function replaced(text: string, part: string | RegExp, by: string): string {
  const changed = text.replace(part, by);
  if (changed === text) throw new Error(`the converter's output has no ${part}`);
  return changed;
}

if (import.meta.main) {
  const { code = "" } = await minify(asFunction(await convert(await rnnoiseWasm())), {
    module: true,
    compress: { passes: 2, ecma: 2020, inline: 1 },
    format: { max_line_len: 2_000 },
  });
  await Deno.writeTextFile(target, `${notice}${code}\n`);
  console.log(`Wrote ${target}: ${code.length} bytes`);
}
