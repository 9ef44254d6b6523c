/** `dev.ts` serves with rebuild and reload, on the port of --port or PORT; `dev.ts build` writes `_fresh/`. */
import { Builder } from "fresh/dev";
import { readCommand, thisStart } from "./server/settings/command.ts";

const builder = new Builder({
  modules: { "parley-client.js": "mesh/room_client.ts" },
  apart: ["AdminIsland", "DoctorIsland"],
});
if (Deno.args.includes("build")) {
  await builder.build();
} else {
  const command = readCommand(thisStart());
  if (command.kind === "serve") {
    const { port, host: hostname } = command.settings.config;
    await builder.listen(() => import("./main.ts"), { port, hostname });
  } else {
    if (command.kind === "print") console.error(command.text);
    else if (command.kind === "refuse") console.error(command.lines.join("\n"));
    else console.error("the development server only serves");
    Deno.exit(2);
  }
}
