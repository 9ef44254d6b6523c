/** Checks of the machine: file descriptors, the port, the state folder, memory. */
import { listenHosts, originAt, reachableHost } from "../listen_address.ts";
import { memoryLimit } from "../memory_watch.ts";
import type { Config } from "../settings/options.ts";
import { bad, type Check, listenFailure, ok, reasonOf, skipped } from "./check.ts";

/** Each socket needs one, and each page load some more for a moment. */
const descriptorsLeast = 4_096;

/** Runs the checks. `folder`: the state folder; undefined: none is writable, see `refusals`. */
export async function machineChecks(
  config: Config,
  { folder, refusals }: { folder: string | undefined; refusals: readonly string[] },
): Promise<Check[]> {
  return [descriptors(), await portCheck(config), folderCheck(folder, refusals), memory()];
}

/** Opens as many as a server needs, because Deno shows the limit only with all permissions. */
function descriptors(): Check {
  const name = "file descriptors";
  const opened: Deno.FsFile[] = [];
  try {
    while (opened.length < descriptorsLeast) opened.push(Deno.openSync("/dev/null"));
    return ok(name, `${descriptorsLeast} or more may be open`);
  } catch (error) {
    // EMFILE: the limit of this process; ENFILE: that of the machine.
    if (opened.length === 0) {
      return skipped(name, `unknown on this system: ${reasonOf(error)}`);
    }
    return bad("warn", {
      name,
      seen: `only ${opened.length} more may be open, and each socket needs one`,
      fix: "set LimitNOFILE=65536 in the unit, or run ulimit -n 65536 before the start",
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
    const failure = listenFailure(error, { name, instead: "use a proxy" });
    if (failure !== undefined) return failure;
  }
  const answer = await fetch(`${originAt(reachableHost(host), { port })}${basePath}/healthz`)
    .catch(() => undefined);
  const text = await answer?.text();
  return text?.includes('"faults"') ? ok(name, "a Parley server listens on it") : bad("warn", {
    name,
    seen: "a program that does not answer as Parley over http listens on it",
    fix: `find it with: ss -ltnp 'sport = :${port}'`,
  });
}

function folderCheck(folder: string | undefined, refusals: readonly string[]): Check {
  const name = "state folder";
  if (folder === undefined) {
    return bad("warn", {
      name,
      seen: `no folder is writable: ${refusals.join("; ")}`,
      fix:
        "set --state-dir; without a folder, a restart ends all calls and owners lose their rooms",
    });
  }
  const mode = (Deno.statSync(folder).mode ?? 0) & 0o077;
  return mode === 0 ? ok(name, folder) : bad("warn", {
    name,
    seen: `other users can read ${folder} and could make keys for every room`,
    fix: `run chmod 700 ${folder}`,
  });
}

function memory(): Check {
  const limit = memoryLimit();
  if (limit === undefined) return skipped("memory", "the limit is unknown on this system");
  const mb = Math.round(limit / 2 ** 20);
  return mb >= 256 ? ok("memory", `${mb} MB`) : bad("warn", {
    name: "memory",
    seen: `${mb} MB`,
    fix: "give it 256 MB: a server needs about 100 MB, and 50 kB for each person",
  });
}
