import { assertEquals } from "../assert.ts";
import { endMarked, newMark } from "../../scripts/test_processes.ts";

const sleeper = (mark: Record<string, string>) =>
  new Deno.Command(Deno.execPath(), {
    // Its child leads a process group of its own and outlives it, as a browser does.
    args: [
      "eval",
      "--quiet",
      `const child = new Deno.Command("sleep", { args: ["600"], detached: true, stdout: "null" }).spawn();
       child.unref(); console.log(child.pid); Deno.exit();`,
    ],
    env: mark,
    stdout: "piped",
    stderr: "inherit",
  }).output();

Deno.test({
  name: "a process that left its run's group ends with the run, and nobody else's",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const [mine, other] = [newMark(), newMark()];
    const [, stays] = await Promise.all([sleeper(mine), sleeper(other)]);
    assertEquals(endMarked(mine), 1);
    const pid = Number(new TextDecoder().decode(stays.stdout));
    assertEquals(Deno.readTextFileSync(`/proc/${pid}/comm`), "sleep\n");
    assertEquals(endMarked(other), 1);
  },
});
