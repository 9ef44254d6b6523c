import { assert, assertEquals, assertThrows } from "../assert.ts";
import { BadSetting, Secrets } from "../../server/secrets.ts";
import { readSettings } from "../../server/settings/settings.ts";
import { withFolder } from "../sockets/folder.ts";

function secretsOf(flags: Record<string, string>): Secrets {
  const read = readSettings({ flags: new Map(Object.entries(flags)), env: {}, readText: () => "" });
  assert(read.ok, JSON.stringify(read));
  return new Secrets(read.settings.config);
}

const secret = "0123456789abcdef0123456789abcdef";

Deno.test("the secret file gives every node the same key, with or without a line's end", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, secret);
    await Deno.writeTextFile(`${folder}/b`, `${secret}\r\n`);
    await Deno.writeTextFile(`${folder}/other`, `${secret}0`);
    const [a, b, other] = ["a", "b", "other"].map((name) =>
      secretsOf({ "secret-file": `${folder}/${name}` }).signingKey
    );
    assertEquals(a?.length, 32);
    assertEquals(a, b);
    assert(String(a) !== String(other), "another text is another key");
    assertEquals(secretsOf({}).signingKey, undefined);
  }));

Deno.test("a short secret, a missing file and one without a certificate are named", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/short`, secret.slice(1));
    const redis = { "redis": "rediss://a" };
    const short = { "secret-file": `${folder}/short` };
    assertThrows(() => secretsOf(short), BadSetting, "has 31 characters, it needs 32; make one");
    const missing = { ...redis, "redis-password-file": `${folder}/none` };
    assertThrows(() => secretsOf(missing), BadSetting, "--redis-password-file: cannot read");
    const noCertificate = { ...redis, "redis-ca-file": `${folder}/short` };
    assertThrows(() => secretsOf(noCertificate), BadSetting, "has no certificate in PEM");
  }));
