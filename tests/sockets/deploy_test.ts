// The files in deploy/ that are not started elsewhere: whole, and as safe as they claim.

import { parse, parseAll } from "@std/yaml/mod.js";
import { assert, assertEquals } from "../assert.ts";
import { projectFolder } from "../../scripts/server_command.ts";
import { options } from "../../server/settings/options.ts";
import { selfSigned } from "../../server/tls/self_signed.ts";

/** The variables that are no settings. */
function unknownIn(environment: Record<string, unknown>): string[] {
  return Object.keys(environment).filter((variable) => !variables.has(variable));
}

interface Ingress {
  readonly spec: { readonly rules: { http: { paths: { path: string }[] } }[] };
}

function pathsOf({ spec: { rules } }: Ingress): string[] {
  return rules.flatMap(({ http: { paths } }) => paths.map(({ path }) => path));
}

/** A folder with a certificate under each name that the files use; gone when disposed of. */
async function folderWithCertificate(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  const names = { names: ["talk.example.org"], addresses: [] };
  const { cert, key } = await selfSigned(undefined, () => names).read();
  await Deno.writeTextFile(`${path}/fullchain.pem`, cert);
  await Deno.writeTextFile(`${path}/privkey.pem`, key);
  await Deno.writeTextFile(`${path}/talk.example.org.pem`, `${cert}\n${key}`);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Runs a program that checks a file; fails with what it says. */
async function accepts(program: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await new Deno.Command(program, {
    args,
    cwd: projectFolder,
    stdout: "null",
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
}

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

const variables = new Set(Object.values(options).map(({ variable }) => variable));

Deno.test("the mounts and settings of the compose file exist", async () => {
  const file: unknown = parse(await given("compose.yaml"));
  const { services, secrets } = Object(file);
  assertEquals(Object.keys(services), ["parley"]);
  assertEquals(unknownIn(services.parley.environment), []);
  await Deno.stat(`${projectFolder}deploy/${services.parley.build.context}/main.ts`);
  await Deno.stat(`${projectFolder}${services.parley.build.dockerfile}`);
  assertEquals(Object.keys(secrets), ["admin-token"]);
  const { ports, environment } = services.parley;
  const udp = environment.PARLEY_TURN_PORT;
  assert(ports.includes(`${udp}:${udp}/udp`), "the relay's port is published");
});

Deno.test("each node of the compose file for a cluster has its address, its port and known settings", async () => {
  const { services, secrets } = Object(parse(await given("compose.cluster.yaml")));
  const { balancer, redis, ...nodes } = services;
  const addressOf = ({ networks }: typeof balancer) => networks.parley.ipv4_address;
  const places = Object.values(nodes).map((node) => `${addressOf(node)}:8000`);
  assertEquals(places.length, 3);
  for (const file of ["Caddyfile.cluster", "nginx.cluster.conf", "haproxy.cluster.cfg"]) {
    const text = await given(file);
    for (const place of places) assert(text.includes(place), `${file}: ${place}`);
    assert(text.includes(`--redis redis://${addressOf(redis)} `), `${file}: Redis`);
    assert(text.includes(`--trust-proxy ${addressOf(balancer)} `), `${file}: the balancer`);
  }
  for (const { environment, ports, secrets: own } of Object.values<typeof balancer>(nodes)) {
    assertEquals(unknownIn(environment), []);
    assertEquals(environment.PARLEY_REDIS, `redis://${addressOf(redis)}`);
    assertEquals(environment.PARLEY_TRUST_PROXY, addressOf(balancer));
    const udp = environment.PARLEY_TURN_PORT;
    assertEquals(ports, [`${udp}:${udp}/udp`]);
    assertEquals(own, Object.keys(secrets));
  }
  assert(redis.command.includes("noeviction"), "a lease that is evicted would have two holders");
});

Deno.test("the pods of the Kubernetes manifest are probed, drained and few at a time away", async () => {
  const documents = Object(parseAll(await given("kubernetes.yaml")));
  const kinds = documents.map(({ kind }: { kind: string }) => kind);
  assertEquals(kinds, ["Deployment", "PodDisruptionBudget", "Service", "Ingress", "Ingress"]);
  const [deployment, budget, service, pages, sockets] = documents;
  const { spec } = deployment.spec.template;
  const [parley] = spec.containers;
  assertEquals(
    unknownIn(Object.fromEntries(parley.env.map(({ name }: { name: string }) => [name, true]))),
    [],
  );
  assertEquals(parley.readinessProbe.httpGet.path, "/readyz");
  assertEquals(parley.livenessProbe.httpGet.path, "/healthz", "Redis is no reason for a restart");
  const [, sleep] = parley.lifecycle.preStop.exec.command;
  assert(spec.terminationGracePeriodSeconds >= Number(sleep) + 6, "time to hand rooms on");
  assertEquals(budget.spec.maxUnavailable, 1);
  for (const { selector } of [budget.spec, deployment.spec]) {
    assertEquals(selector.matchLabels, deployment.spec.template.metadata.labels);
  }
  assertEquals(service.spec.selector, deployment.spec.template.metadata.labels);
  assertEquals(pathsOf(pages), ["/"]);
  assertEquals(pathsOf(sockets), ["/ws"]);
  assertEquals(Object.values(sockets.metadata.annotations), ["$arg_room"]);
});

for (const name of ["nginx.conf", "nginx.cluster.conf"]) {
  Deno.test(`nginx accepts ${name}`, async () => {
    await using folder = await folderWithCertificate();
    const site = (await given(name)).replaceAll(/\/etc\S+(?=\/)/g, folder.path);
    await Deno.writeTextFile(`${folder.path}/site.conf`, site);
    const main = `${folder.path}/nginx.conf`;
    await Deno.writeTextFile(
      main,
      `pid ${folder.path}/pid; events {} http { include ${folder.path}/site.conf; }`,
    );
    await accepts("nginx", "-t", "-q", "-p", folder.path, "-c", main);
  });
}

Deno.test("HAProxy accepts its file", async () => {
  await using folder = await folderWithCertificate();
  const file = `${folder.path}/haproxy.cfg`;
  const text = await given("haproxy.cluster.cfg");
  await Deno.writeTextFile(file, text.replace("/etc/haproxy", folder.path));
  await accepts("haproxy", "-c", "-f", file);
});

for (const name of ["Caddyfile", "Caddyfile.cluster"]) {
  Deno.test(`Caddy accepts ${name}`, async () => {
    await accepts("caddy", "validate", "--config", `deploy/${name}`, "--adapter", "caddyfile");
  });
}

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
