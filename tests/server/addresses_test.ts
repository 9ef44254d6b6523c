import fc from "fast-check";
import { roomName } from "../../protocol/mod.ts";
import { readAddress } from "../../server/addresses.ts";
import { assert, assertEquals } from "../assert.ts";

function read(address: string, base = "") {
  return readAddress(new URL(`http://here${address}`), base);
}

/** Where the address leads at once; undefined where it does not. */
function led(address: string, base = ""): string | undefined {
  const reading = read(address, base);
  return reading.kind === "redirect" ? reading.location : undefined;
}

Deno.test("correct addresses are unchanged", () => {
  const rooms = [
    "/r/tea",
    "/r/tea?join=1&name=Dr.",
    "/r/%74ea",
    "/r/caf%c3%a9",
    "/r/-tea_",
    "/r/茶",
  ];
  const others = [
    "/",
    "/doctor",
    "/admin",
    "/healthz",
    "/styles.css?v=1",
    "/r/tea/inside",
    "/r/tea/doorbell",
    "/r",
    "/r/",
  ];
  for (const path of [...rooms, ...others]) assertEquals(read(path).kind, "right", path);
  for (const path of ["/talk", "/talk/", "/talk/r/tea", "/r/tea/", "/talking/r/tea/"]) {
    assertEquals(read(path, "/talk").kind, "right", path);
  }
});

Deno.test("a secret that reached the server with an escaped fragment goes no further", () => {
  const addresses = {
    "/r/tea%23k=s.1": "/r/tea#k=",
    "/r/tea%23k%3Ds.1": "/r/tea#k=",
    "/r/tea%3Fjoin=1%23k=s.1": "/r/tea?join=1#k=",
    "/r/tea?join=1%23K=s.1&invite=a.b": "/r/tea?join=1#K=&invite=a.b",
    "/r/tea?join=1%23invite=a.b&amp;k=s.1": "/r/tea?join=1#invite=a.b&k=",
    "/r/tea.%23invite=a.b&k=s.1": "/r/tea#invite=a.b&k=",
  };
  for (const [address, to] of Object.entries(addresses)) assertEquals(led(address), to, address);
});

Deno.test("an address with one possible room redirects there, with its query", () => {
  const ends = [
    ..."/.,;:!*)]}>'\"’”»… \u3002\u300d\u200b\u200d\u2060\ufeff\u00ad\u00a0\u202e\n\0",
    "//",
    "/index.html",
    "/.",
    "/%20",
    ").",
    ".”",
    "?",
    "\\",
  ];
  for (const end of ends) {
    const escaped = end.startsWith("/") ? end : encodeURIComponent(end);
    assertEquals(led(`/r/tea${escaped}?join=1`), "/r/tea?join=1", JSON.stringify(end));
  }
  for (const start of [" ", "“", "<", "(", "\u200b", "**"]) {
    assertEquals(led(`/r/${encodeURIComponent(start)}tea`), "/r/tea", start);
  }
  const others = {
    "//r/tea": "/r/tea",
    "/r//tea": "/r/tea",
    "/R/Tea": "/r/Tea",
    "/r/te%C2%ADa": "/r/tea",
    "/r/cafe%CC%81": "/r/caf%C3%A9",
    "/r/%25E8%258C%25B6": "/r/%E8%8C%B6",
    "/r/tea%2F": "/r/tea",
    "/r/tea?join=1.": "/r/tea?join=1",
    "/r/tea?camera=0&join=1%E2%80%9D": "/r/tea?camera=0&join=1",
    "/r/tea%3Fjoin=1": "/r/tea?join=1",
    "/r/tea%23invite=a.b": "/r/tea#invite=a.b",
    "/r/tea%3Fjoin=1%23invite=a.b": "/r/tea?join=1#invite=a.b",
    "/r/tea?join=1%23invite=a.b": "/r/tea?join=1#invite=a.b",
    "/r/tea?join=1&amp;camera=0": "/r/tea?join=1&camera=0",
    "/r/tea?join=1&amp%3Bcamera=0.": "/r/tea?join=1&camera=0",
    "/r/%23tea": "/r/tea",
    "/r%2Ftea": "/r/tea",
    "/R%2ftea%2F": "/r/tea",
    "/r%20/tea": "/r/tea",
    "/%E2%80%8Br/tea": "/r/tea",
    "/r./tea": "/r/tea",
  };
  for (const [from, to] of Object.entries(others)) assertEquals(led(from), to, from);
});

Deno.test("below a base path it redirects below the base path", () => {
  assertEquals(led("//talk//R/tea/?join=1", "/talk"), "/talk/r/tea?join=1");
  assertEquals(led("/talk/index.html", "/talk"), "/talk/");
  assertEquals(led("/talk//", "/talk"), "/talk/");
  assertEquals(led("/TALK/R/tea", "/talk"), "/talk/r/tea");
  assertEquals(led("/a//b/doctor/", "/a/b"), "/a/b/doctor");
});

Deno.test("other pages are found, too", () => {
  const found = {
    "//": "/",
    "/index.html": "/",
    "/index.htm?x=1": "/?x=1",
    "/.": undefined,
    "/admin/": "/admin",
    "//Admin": "/admin",
    "/doctor.": "/doctor",
    "/DOCTOR//": "/doctor",
    "/doctor%20": "/doctor",
  };
  for (const [from, to] of Object.entries(found)) assertEquals(led(from), to, from);
});

Deno.test("an address with several meanings is offered", () => {
  const offers = {
    "/r/tea%20room": "tea-room",
    "/r/tea+room/": "tea-room",
    "/r/tea.bob": "tea-bob",
    "/r/tea%": "tea",
    "/r/caf%E9": "café",
    "/r/tea/bob": "tea",
    "/r/tea%2Fbob": "tea",
    "/r/tea&join=1": "tea",
    "/r/r/tea": "tea",
    "/r/https:/meet.example.org/r/tea": "tea",
    "/r/https%3A%2F%2Fmeet.example.org%2Fr%2Ftea": "tea",
    "/r/%E8%8C%B6%E9%A6": "茶",
    "/r/tea%E2%80": "tea",
  };
  for (const [from, room] of Object.entries(offers)) {
    const location = `/r/${encodeURIComponent(room)}?camera=0`;
    assertEquals(read(`${from}?camera=0`), { kind: "offer", room, location }, from);
  }
  for (const path of ["/r/%F0%9F%8D%B5", "/r/...", `/r/${"x".repeat(65)}`]) {
    assertEquals(read(path).kind, "right", `${path} means nothing`);
  }
});

Deno.test("every redirect stays on this server and ends there", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "/",
      "//",
      "r",
      "R",
      "/r/",
      "/r/tea",
      "talk",
      "evil.example",
      "@",
      ":",
      "\\",
      ".",
    ),
    fc.constantFrom(
      "%2F",
      "%5C",
      "%",
      "%E9",
      "%00",
      "%0D%0A",
      "?join=1.",
      "&amp;",
      "%23invite=",
      "?",
      "admin",
      "index.html",
    ),
    fc.string({ unit: "binary", maxLength: 4 }).map((text) => encodeURI(text.toWellFormed())),
  );
  const address = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join("")}`);
  fc.assert(
    fc.property(address, fc.constantFrom("", "/talk"), (address, base) => {
      const reading = read(base + address, base);
      if (reading.kind === "right") return;
      const { location } = reading;
      assert(/^[!-~]+$/.test(location), location);
      const there = new URL(location, "https://parley.example/x/y");
      assertEquals(there.origin, "https://parley.example");
      assert(there.pathname.startsWith(`${base}/`), location);
      assertEquals(readAddress(there, base).kind, "right", `${address} → ${location}`);
      if (reading.kind === "offer") assertEquals(roomName(reading.room), reading.room);
    }),
    { numRuns: 3_000 },
  );
});
