/** `parley healthy`: whether the server beside us is ready, for containers that have nothing else to ask with. */
import { originAt, reachableHost } from "./listen_address.ts";
import type { Config } from "./settings/options.ts";

const patienceMs = 4_000;

/** Asks the server on this machine that has the same settings. */
export async function isHealthy(config: Config): Promise<boolean> {
  const { port, basePath } = config;
  const hostname = reachableHost(config.host);
  try {
    if (isSecure(config)) {
      // Its certificate is for other names than this one, so only whether it listens can be seen.
      (await Deno.connect({ hostname, port })).close();
      return true;
    }
    const answer = await fetch(`${originAt(hostname, { port })}${basePath}/readyz`, {
      signal: AbortSignal.timeout(patienceMs),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Whether a server with these settings speaks TLS. */
function isSecure({ tlsCert, tlsSelfSigned, acmeDomain }: Config): boolean {
  return tlsCert !== undefined || tlsSelfSigned || acmeDomain.length > 0;
}
