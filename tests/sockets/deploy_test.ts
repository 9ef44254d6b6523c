// The files in deploy/ that are not started elsewhere: whole, and as safe as they claim.

import { parse } from "@std/yaml/mod.js";
import { assert, assertEquals } from "../assert.ts";
import { projectFolder } from "../../scripts/server_command.ts";
import { options } from "../../server/settings/options.ts";

function given(file: string): Promise<string> {
  return Deno.readTextFile(`${projectFolder}deploy/${file}`);
}

Deno.test("systemd-analyze rates the unit as little exposed", async () => {
  const { code, stdout } = await new Deno.Command("systemd-analyze", {
    args: ["security", "--offline=true", "--threshold=20", "deploy/parley.service"],
    cwd: projectFolder,
    stderr: "null",
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stdout).split("\n").at(-2));
});

Deno.test("systemd understands every line of the unit", async () => {
  const { stderr } = await new Deno.Command("systemd-analyze", {
    args: ["verify", "--man=no", "deploy/parley.service"],
    cwd: projectFolder,
    stdout: "null",
  }).output();
  const output = new TextDecoder().decode(stderr).split("\n").filter((line) =>
    line.includes("parley.service") && !line.includes("is not executable")
  );
  assertEquals(output, []);
});

Deno.test("everything the Dockerfile copies exists, and the container does not run as root", async () => {
  const text = await given("Dockerfile");
  const copied = [...text.matchAll(/^COPY (?!--from)(\S+)/gm)].map(([, path = ""]) => path);
  assertEquals(copied, ["."]);
  assert(/^EXPOSE 8000\/tcp 8000\/udp$/m.test(text), "the relay's port");
  assert(/^USER 10001$/m.test(text) && /^HEALTHCHECK .*"parley", "healthy"/m.test(text));
  const task = /deno@(\S+) task compile/.exec(text)?.[1];
  assert((await Deno.readTextFile(`${projectFolder}README.md`)).includes(`deno@${task}`));
});

Deno.test("the mounts and settings of the compose file exist", async () => {
  const file: unknown = parse(await given("compose.yaml"));
  const { services, secrets } = Object(file);
  assertEquals(Object.keys(services), ["parley"]);
  const variables = Object.keys(services.parley.environment);
  const known = new Set(Object.values(options).map(({ variable }) => variable));
  assertEquals(variables.filter((variable) => !known.has(variable)), []);
  await Deno.stat(`${projectFolder}deploy/${services.parley.build.context}/main.ts`);
  await Deno.stat(`${projectFolder}${services.parley.build.dockerfile}`);
  assertEquals(Object.keys(secrets), ["admin-token"]);
  const { ports, environment } = services.parley;
  const udp = environment.PARLEY_TURN_PORT;
  assert(ports.includes(`${udp}:${udp}/udp`), "the relay's port is published");
});

Deno.test("Traefik's file is YAML with the rule of one host", async () => {
  const { http } = Object(parse(await given("traefik.yaml")));
  assertEquals(http.routers.parley.service, "parley");
  assertEquals(http.services.parley.loadBalancer.healthCheck.path, "/readyz");
});

Deno.test("the manual names every file in deploy/", async () => {
  const manual = await Deno.readTextFile(`${projectFolder}docs/deploy.md`);
  for await (const { name } of Deno.readDir(`${projectFolder}deploy`)) {
    if (name !== "secrets") assert(manual.includes(`deploy/${name}`), name);
  }
});
