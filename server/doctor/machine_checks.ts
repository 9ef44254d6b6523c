/** What the machine gives this program: descriptors, the port, the folder it keeps things in. */
import { listenHosts, originAt, reachableHost } from "../listen_address.ts";
import { memoryLimit } from "../memory_watch.ts";
import type { Config } from "../settings/options.ts";
import { bad, type Check, ok, reasonOf, skipped } from "./check.ts";

/** Each socket is one, each of its pages some more for a moment. */
const descriptorsLeast = 4_096;

/** `folder`: where the key is kept; undefined: nowhere. */
export async function machineChecks(
  config: Config,
  { folder, refusals }: { folder: string | undefined; refusals: readonly string[] },
): Promise<Check[]> {
  return [descriptors(), await portCheck(config), folderCheck(folder, refusals), memory()];
}

/** Opens as many as a server needs: Deno gives no program but an all-powerful one a look at its limits. */
function descriptors(): Check {
  const name = "file descriptors";
  const opened: Deno.FsFile[] = [];
  try {
    while (opened.length < descriptorsLeast) opened.push(Deno.openSync("/dev/null"));
    return ok(name, `${descriptorsLeast} or more may be open`);
  } catch (error) {
    // EMFILE: what this process may open; ENFILE: what the whole machine may.
    if (opened.length === 0) {
      return skipped(name, `cannot be seen on this system: ${reasonOf(error)}`);
    }
    return bad("warn", {
      name,
      seen: `only ${opened.length} more may be open, each socket is one`,
      fix: "LimitNOFILE=65536 in the unit, or: ulimit -n 65536 before the start",
    });
  } finally {
    for (const file of opened) file.close();
  }
}

async function portCheck({ host, port, basePath }: Config): Promise<Check> {
  const name = `port ${port}`;
  try {
    for (const hostname of listenHosts(host)) Deno.listen({ hostname, port }).close();
    return ok(name, "is free for a server with these settings");
  } catch (error) {
    if (error instanceof Deno.errors.PermissionDenied) {
      return bad("fail", {
        name,
        seen: "may not be listened on",
        fix: "below 1024: AmbientCapabilities=CAP_NET_BIND_SERVICE in the unit, or a proxy",
      });
    }
    if (!(error instanceof Deno.errors.AddrInUse)) {
      return bad("fail", { name, seen: reasonOf(error), fix: "choose another --host" });
    }
  }
  const answer = await fetch(`${originAt(reachableHost(host), { port })}${basePath}/healthz`)
    .catch(() => undefined);
  const text = await answer?.text();
  return text?.includes('"faults"') ? ok(name, "a Parley listens there") : bad("warn", {
    name,
    seen: "something listens there that is no plain Parley",
    fix: `see what: ss -ltnp 'sport = :${port}'`,
  });
}

function folderCheck(folder: string | undefined, refusals: readonly string[]): Check {
  const name = "state folder";
  if (folder === undefined) {
    return bad("warn", {
      name,
      seen: `none can be written: ${refusals.join("; ")}`,
      fix:
        "name one with --state-dir: without it a restart ends all calls, and owners lose their rooms",
    });
  }
  const mode = (Deno.statSync(folder).mode ?? 0) & 0o077;
  return mode === 0 ? ok(name, folder) : bad("warn", {
    name,
    seen: `${folder} can be read by others, who could make keys for every room`,
    fix: `chmod 700 ${folder}`,
  });
}

function memory(): Check {
  const limit = memoryLimit();
  if (limit === undefined) return skipped("memory", "its limit cannot be seen on this system");
  const mb = Math.round(limit / 2 ** 20);
  return mb >= 256 ? ok("memory", `${mb} MB`) : bad("warn", {
    name: "memory",
    seen: `${mb} MB`,
    fix: "a server needs about 100 MB for itself and 50 kB for each person: give it 256 MB",
  });
}
