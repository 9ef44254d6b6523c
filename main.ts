/** Composes the server. `app` is what Fresh builds and serves; run as a program, this also listens and drains. */
import { App, staticFiles } from "fresh";
import { readCommand } from "./server/config.ts";
import { BadSetting, createParley, type Parley, type State } from "./server/parley.ts";
import { type Fetch, serve } from "./server/serve.ts";

const command = readCommand(Deno.args, (variable) => Deno.env.get(variable));
let parley: Parley | undefined;

/** The pages and the API, in Fresh's terms. */
export const app = new App<State>()
  .use(staticFiles())
  .use((ctx) => {
    ctx.state.parley = parley ??= createParley(serveConfig());
    return ctx.next();
  })
  .fsRoutes();

function serveConfig() {
  // A development server hands us its own arguments, such as `build`: those mean the defaults.
  const settled = command.kind === "serve" ? command : readCommand([], () => undefined);
  if (settled.kind !== "serve") throw new Error("the defaults are a configuration");
  return settled.config;
}

async function start(): Promise<void> {
  if (command.kind !== "serve") {
    const { text } = command;
    if (command.kind === "print") console.log(text);
    else console.error(`parley: ${text}`);
    Deno.exit(command.kind === "print" ? 0 : 2);
  }
  const built: { default: { fetch: Fetch } } = await import("./_fresh/server.js");
  try {
    parley = createParley(command.config);
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error;
    console.error(`parley: ${error.message}`);
    Deno.exit(2);
  }
  serve(parley, built.default.fetch);
}

// Not awaited: server.js imports this module, which must have been evaluated by then.
if (import.meta.main) start();
