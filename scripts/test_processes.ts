// The processes of a test run, found by a variable that each of them inherits. A process group is
// not enough: a browser leads a group of its own, and one that outlives its run takes the processor
// from every run after it.

/** The variable that marks a run's processes. Parley refuses names like its own settings. */
const markVariable = "TEST_RUN";

/** A mark that no other run has, as the variables to start the run with. */
export function newMark(): Record<string, string> {
  return { [markVariable]: crypto.randomUUID() };
}

/**
 * Kills every process that was started with these variables of `newMark()`, even if its parent has
 * ended. Returns how many. Systems without `/proc` have no such list: there it kills none.
 */
export function endMarked(mark: Record<string, string>): number {
  const line = `${markVariable}=${mark[markVariable]}`;
  const ended = new Set<number>();
  const findMore = () => marked(line).filter((pid) => !ended.has(pid));
  // A process that starts others meanwhile is found with them in the next round.
  for (let found = findMore(); found.length > 0; found = findMore()) {
    for (const pid of found) {
      ended.add(pid);
      try {
        Deno.kill(pid, "SIGKILL");
      } catch {
        // It has ended already.
      }
    }
  }
  return ended.size;
}

function marked(line: string): number[] {
  const found: number[] = [];
  for (const name of processNames()) {
    try {
      // A process that was killed and not yet waited for no longer has variables.
      if (Deno.readTextFileSync(`/proc/${name}/environ`).split("\0").includes(line)) {
        found.push(Number(name));
      }
    } catch {
      // It has ended already, or belongs to somebody else.
    }
  }
  return found;
}

function processNames(): string[] {
  try {
    return [...Deno.readDirSync("/proc")].map(({ name }) => name).filter((name) =>
      /^\d+$/.test(name)
    );
  } catch {
    return [];
  }
}
