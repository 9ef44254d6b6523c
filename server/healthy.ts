/** `parley healthy`: the health check for containers, which may have no other HTTP client. */
import { originAt, reachableHost } from "./listen_address.ts";
import type { Config } from "./settings/options.ts";

/** How long to wait for the answer, ms. */
const patienceMs = 4_000;

/**
 * Whether the server on this machine with the same settings is ready. A node of a cluster need only
 * answer: a restart would not bring Redis back, and would end the calls that go on without it.
 */
export async function isHealthy(config: Config): Promise<boolean> {
  const { port, basePath } = config;
  const hostname = reachableHost(config.host);
  try {
    if (isSecure(config)) {
      // The certificate is for other names than this host, so the check only connects.
      (await Deno.connect({ hostname, port })).close();
      return true;
    }
    const path = config.redis === undefined ? "readyz" : "healthz";
    const answer = await fetch(`${originAt(hostname, { port })}${basePath}/${path}`, {
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
