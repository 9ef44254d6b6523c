import { assert, assertEquals } from "../assert.ts";
import { type Config, readCommand, version } from "../../server/config.ts";

function config(args: string[], env: Record<string, string> = {}): Config {
  const command = readCommand(args, (variable) => env[variable]);
  assert(command.kind === "serve", JSON.stringify(command));
  return command.config;
}

function refusal(args: string[], env: Record<string, string> = {}): string {
  const command = readCommand(args, (variable) => env[variable]);
  assert(command.kind === "refuse", JSON.stringify(command));
  assert(!command.text.includes("\n"), "a refusal is one line");
  return command.text;
}

Deno.test("a flag wins over its variable, the variable over the default", () => {
  assertEquals(config([]).port, 8000);
  assertEquals(config([], { PORT: "9001" }).port, 9001);
  assertEquals(config(["--port", "9002"], { PORT: "9001" }).port, 9002);
  assertEquals(config(["--port=9003"]).port, 9003);
  assertEquals(config([], { PORT: "" }).port, 8000, "an empty variable is not set");
  assertEquals(config(["--host", "::1"], { HOST: "0.0.0.0" }).host, "::1");
});

Deno.test("a bad value is one line with the name, the value and what is allowed", () => {
  assertEquals(
    refusal(["--port", "99999"]),
    '--port: "99999" is not a whole number from 0 to 65535',
  );
  assertEquals(refusal([], { PORT: "http" }), 'PORT: "http" is not a whole number from 0 to 65535');
  for (const text of ["1", "17", "eight", "-3", "4.5", ""]) {
    refusal([`--room-capacity=${text}`]);
  }
  assertEquals(config(["--room-capacity", "2"]).roomCapacity, 2);
  assertEquals(config(["--room-capacity", "16"]).roomCapacity, 16);
  assertEquals(config([]).chatHistory, "while-occupied");
  assertEquals(config(["--chat-history", "none"]).chatHistory, "none");
  refusal(["--chat-history", "forever"]);
  refusal(["--ice-servers", "stun:a"]);
  refusal(["--ice-servers", '[{"url":"stun:a"}]']);
  refusal(["--allow-origin", "example.org"]);
  refusal(["--allow-origin", "https://example.org/page"]);
});

Deno.test("unknown flags, missing values and stray words are refused by name", () => {
  assert(refusal(["--prot", "1"]).includes("--prot"));
  refusal(["--port"]);
  assert(refusal(["serve"]).includes("serve"));
});

Deno.test("lists are read as they are meant", () => {
  assertEquals(
    config(["--allow-origin", "https://a.example, http://b.example:81/"]).allowedOrigins,
    [
      "https://a.example",
      "http://b.example:81",
    ],
  );
  const iceServers = [{ urls: ["turn:a", "turn:b"], username: "u", credential: "c" }];
  assertEquals(
    config([], { PARLEY_ICE_SERVERS: JSON.stringify(iceServers) }).iceServers,
    iceServers,
  );
});

Deno.test("relays need their secret, and their URLs are turn: or turns:", () => {
  const urls = "turn:a.example:3478?transport=udp,turns:a.example";
  const read = config(["--turn-urls", urls, "--turn-secret-file", "/run/secret"]);
  assertEquals(read.turnUrls, ["turn:a.example:3478?transport=udp", "turns:a.example"]);
  assertEquals([read.turnSecretFile, read.turnLifetime], ["/run/secret", 3600]);
  assert(refusal(["--turn-urls", urls]).includes("--turn-secret-file"));
  refusal(["--turn-urls", "stun:a", "--turn-secret-file", "x"]);
  refusal(["--turn-lifetime", "9"]);
});

Deno.test("help and version are printed, whatever else is asked", () => {
  assertEquals(readCommand(["--version"], () => undefined), {
    kind: "print",
    text: `parley ${version}`,
  });
  assertEquals(readCommand(["-h"], () => undefined).kind, "print");
});
