/** `dev.ts` serves with rebuild and reload, on the port of --port or PORT; `dev.ts build` writes `_fresh/`. */
import { Builder } from "fresh/dev";
import { readCommand } from "./server/config.ts";

const builder = new Builder();
if (Deno.args.includes("build")) {
  await builder.build();
} else {
  const command = readCommand(Deno.args, (variable) => Deno.env.get(variable));
  if (command.kind === "serve") {
    const { port, host: hostname } = command.config;
    await builder.listen(() => import("./main.ts"), { port, hostname });
  } else {
    console.error(command.text);
    Deno.exit(2);
  }
}
