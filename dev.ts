/** `dev.ts` serves with rebuild and reload, on the port of --port or PORT; `dev.ts build` writes `_fresh/`. */
import { Builder } from "fresh/dev";
import { readCommand, thisStart } from "./server/settings/command.ts";

const builder = new Builder();
if (Deno.args.includes("build")) {
  await builder.build();
} else {
  const command = readCommand(thisStart());
  if (command.kind === "serve") {
    const { port, host: hostname } = command.settings.config;
    await builder.listen(() => import("./main.ts"), { port, hostname });
  } else {
    console.error(command.kind === "print" ? command.text : command.lines.join("\n"));
    Deno.exit(2);
  }
}
