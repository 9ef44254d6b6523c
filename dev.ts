/**
 * `dev.ts` serves and reloads at each change, on --port or PORT; `dev.ts build` writes `_fresh/`.
 */
import { Builder } from "fresh/dev";
import { bundleClient } from "./scripts/client_module.ts";
import { joinStylesheets, minifyStylesheets } from "./scripts/stylesheets.ts";
import { readCommand, thisStart } from "./server/settings/command.ts";

// A separate variable, because the type of upstream's options knows only `root` of these.
const options = {
  root: ".",
  apart: ["AdminIsland", "DoctorIsland"],
  program: "main.ts",
  // Of what these load, the server renders the words and the page before joining.
  pageLoaders: /^(app(?!\/(ui\/words|enter)\/)|islands|mesh)\//,
};
const builder = new Builder(options);
const isBuild = Deno.args.includes("build");
const joined = await joinStylesheets("static");
const sheets = isBuild ? await minifyStylesheets(joined) : joined;
await writeStatic("parley-client.js", await bundleClient());
for (const [name, text] of sheets) await writeStatic(`${name}.css`, text);
if (isBuild) {
  await builder.build();
} else {
  const command = readCommand(thisStart());
  if (command.kind === "serve") {
    const { port, host: hostname } = command.settings.config;
    const program = () => import("./main.ts");
    // Upstream's `listen()` returns no server, so the port is told by `onListen` only.
    await builder.listen(program, { port, hostname, onListen: (address) => void ready(address) });
  } else {
    if (command.kind === "print") console.error(command.text);
    else if (command.kind === "refuse") console.error(command.lines.join("\n"));
    else console.error("the development server only serves");
    Deno.exit(2);
  }
}

/** Says where the server listens, and starts its relay. */
async function ready({ port }: Deno.NetAddr): Promise<void> {
  console.log(`Listening on http://localhost:${port}/`);
  const { relayForDevelopment } = await import("./main.ts");
  relayForDevelopment(port);
}

/**
 * Writes a generated static file. It leaves an unchanged one alone, so that watchers do not fire.
 */
async function writeStatic(name: string, text: string): Promise<void> {
  const file = `static/${name}`;
  const before = await Deno.readTextFile(file).catch(() => undefined);
  if (before !== text) await Deno.writeTextFile(file, text);
}
