/** The text that a start prints: the address of the pages, and a QR code for phones. */
import { isEverywhere, originAt } from "./listen_address.ts";
import type { Config } from "./settings/options.ts";
import { lanAddress, thisMachine } from "./tls/self_signed.ts";
import { version } from "./version.ts";

/** The lines of the text, each with its line end. */
export async function welcome({ config, port, secure }: {
  config: Config;
  port: number;
  secure: boolean;
}): Promise<string> {
  const { host, basePath } = config;
  const at = (host: string) => originAt(host, { port, secure }) + basePath;
  const lines = [`Parley ${version} is at ${at(isEverywhere(host) ? "localhost" : host)}`];
  if (config.tlsSelfSigned) {
    const address = isEverywhere(host) ? lanAddress(thisMachine(host)) : host;
    if (address !== undefined) {
      const { renderUnicodeCompact } = await import("uqr");
      const url = at(address);
      lines.push(
        "",
        `On your network: ${url}`,
        "The certificate is self-signed, so each browser warns once; choose to continue.",
        "",
        renderUnicodeCompact(url),
        "",
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Writes to a stream; a closed one is ignored. */
export function print(
  text: string,
  stream: Pick<typeof Deno.stdout, "writeSync"> = Deno.stdout,
): void {
  try {
    stream.writeSync(new TextEncoder().encode(text));
  } catch {
    // The server also serves with a closed stdout.
  }
}
