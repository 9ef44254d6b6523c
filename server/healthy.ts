/** `parley healthy`: whether the server beside us is ready, for containers that have nothing else to ask with. */
import type { Config } from "./settings/options.ts";

const patienceMs = 4_000;

/** Asks the server on this machine that has the same settings. */
export async function isHealthy(
  { host, port, basePath, tlsCert, tlsSelfSigned, acmeDomain }: Config,
): Promise<boolean> {
  const everywhere = host === "0.0.0.0" || host === "::";
  const hostname = everywhere ? "127.0.0.1" : host;
  try {
    if (tlsCert !== undefined || tlsSelfSigned || acmeDomain.length > 0) {
      // Its certificate is for other names than this one, so only whether it listens can be seen.
      (await Deno.connect({ hostname, port })).close();
      return true;
    }
    const answer = await fetch(`http://${hostname}:${port}${basePath}/readyz`, {
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
