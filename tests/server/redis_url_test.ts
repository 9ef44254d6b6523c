import { assertEquals, assertThrows } from "../assert.ts";
import { BadValue } from "../../server/settings/bad_value.ts";
import { redisPlace, redisPrefix } from "../../server/settings/redis_url.ts";

Deno.test("the URL of Redis says where it is: one server, sentinels or a cluster", () => {
  const plain = { isEncrypted: false, user: undefined };
  assertEquals(redisPlace("redis://cache"), {
    ...plain,
    kind: "server",
    address: { host: "cache", port: 6379 },
    database: 0,
  });
  assertEquals(redisPlace("rediss://parley@[2001:db8::1]:7000/3"), {
    isEncrypted: true,
    user: "parley",
    kind: "server",
    address: { host: "2001:db8::1", port: 7000 },
    database: 3,
  });
  assertEquals(redisPlace("redis+sentinel://a,b:5000/mymaster"), {
    ...plain,
    kind: "sentinel",
    sentinels: [{ host: "a", port: 26379 }, { host: "b", port: 5000 }],
    name: "mymaster",
  });
  assertEquals(redisPlace("rediss+cluster://a%40b@10.0.0.1:7000,10.0.0.2"), {
    isEncrypted: true,
    user: "a@b",
    kind: "cluster",
    seeds: [{ host: "10.0.0.1", port: 7000 }, { host: "10.0.0.2", port: 6379 }],
  });
});

Deno.test("a URL that Redis cannot be reached by is refused with what is allowed", () => {
  const reasons: Record<string, string> = {
    "": "redis://HOST:6379",
    "localhost:6379": "redis://HOST:6379",
    "http://localhost": "redis://HOST:6379",
    "redis://": "a host and a port",
    "redis://a:0": "a host and a port",
    "redis://a:70000": "a host and a port",
    "redis://a b": "a host and a port",
    "redis://a,b": "one host",
    "redis://a/cache": "the number of a database",
    "redis://:secret@a": "without a password",
    "redis://me:secret@a": "redis-password-file",
    "redis://%zz@a": "percent-encoded",
    "redis+sentinel://a": "the master's name",
    "redis+cluster://a/1": "without a database",
  };
  for (const [url, reason] of Object.entries(reasons)) {
    assertThrows(() => redisPlace(url), BadValue, reason);
  }
});

Deno.test("a prefix has no braces, which would move the keys of a room apart", () => {
  assertEquals(redisPrefix("parley:two"), "parley:two");
  for (const prefix of ["", "a{b", "a}", "a b", "x".repeat(65)]) {
    assertThrows(() => redisPrefix(prefix), BadValue);
  }
});
