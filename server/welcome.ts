/** What is printed for the person who starts the server: where to browse, and for phones a code to scan. */
import { isEverywhere, originAt } from "./listen_address.ts";
import type { Config } from "./settings/options.ts";
import { lanAddress, thisMachine } from "./tls/self_signed.ts";
import { version } from "./version.ts";
import { renderUnicodeCompact } from "uqr";

/** The words, with their line ends. */
export function welcome({ config, port, secure }: {
  config: Config;
  port: number;
  secure: boolean;
}): string {
  const { host, basePath } = config;
  const at = (host: string) => originAt(host, { port, secure }) + basePath;
  const lines = [`Parley ${version} is at ${at(isEverywhere(host) ? "localhost" : host)}`];
  if (config.tlsSelfSigned) {
    const address = isEverywhere(host) ? lanAddress(thisMachine(host)) : host;
    if (address !== undefined) {
      const url = at(address);
      lines.push(
        "",
        `On your network: ${url}`,
        "The certificate is our own, so each browser warns once; choose to go on.",
        "",
        renderUnicodeCompact(url),
        "",
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Writes to a stream that may be closed. */
export function print(
  text: string,
  stream: Pick<typeof Deno.stdout, "writeSync"> = Deno.stdout,
): void {
  try {
    stream.writeSync(new TextEncoder().encode(text));
  } catch {
    // A closed stdout is no reason not to serve.
  }
}
