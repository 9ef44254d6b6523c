/** What is printed for the person who starts the server: where to browse, and for phones a code to scan. */
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
  const scheme = secure ? "https" : "http";
  const everywhere = config.host === "0.0.0.0" || config.host === "::";
  const suffix = port === (secure ? 443 : 80) ? "" : `:${port}`;
  const at = (host: string) =>
    `${scheme}://${host.includes(":") ? `[${host}]` : host}${suffix}${config.basePath}`;
  const lines = [`Parley ${version} is at ${at(everywhere ? "localhost" : config.host)}`];
  if (config.tlsSelfSigned) {
    const address = everywhere ? lanAddress(thisMachine()) : config.host;
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
