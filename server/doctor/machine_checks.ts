/** What the machine gives this program: descriptors, the port, the folder it keeps things in. */
import type { Config } from "../settings/options.ts";
import { memoryLimit } from "../memory_watch.ts";
import { bad, type Check, ok, reasonOf, skipped } from "./check.ts";

/** Each socket is one, each of its pages some more for a moment. */
const descriptorsLeast = 4_096;

/** `folder`: where the key is kept; undefined: nowhere. */
export async function machineChecks(
  { host, port }: Config,
  { folder, refusals }: { folder: string | undefined; refusals: readonly string[] },
): Promise<Check[]> {
  return [descriptors(), await portCheck(host, port), folderCheck(folder, refusals), memory()];
}

function descriptors(): Check {
  const name = "file descriptors";
  let text: string;
  try {
    text = Deno.readTextFileSync("/proc/self/limits");
  } catch {
    return skipped(name, "cannot be seen on this system");
  }
  const soft = /^Max open files +(\S+)/m.exec(text)?.[1] ?? "unlimited";
  return soft === "unlimited" || Number(soft) >= descriptorsLeast
    ? ok(name, `${soft} may be open`)
    : bad("warn", {
      name,
      seen: `only ${soft} may be open, each socket is one`,
      fix: "LimitNOFILE=65536 in the unit, or: ulimit -n 65536 before the start",
    });
}

async function portCheck(hostname: string, port: number): Promise<Check> {
  const name = `port ${port}`;
  try {
    Deno.listen({ hostname, port }).close();
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
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
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
