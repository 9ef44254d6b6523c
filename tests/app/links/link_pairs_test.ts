import { assertEquals } from "../../assert.ts";
import {
  culpritOf,
  type LinkPair,
  pairsOf as pairsFrom,
  relayedOf,
  type Reports,
} from "../../../app/links/link_pairs.ts";
import { linkFigures } from "../../../app/links/link_figures.ts";
import type { Rung } from "../../../app/links/rung.ts";
import { linkRemarks } from "../../../app/links/link_words.ts";
import { type LinkReport, relayPlace } from "../../../protocol/mod.ts";
import type { SeenReport } from "../../../app/room/room_store.ts";
import { wordsOf } from "../../../app/ui/words/catalogue.ts";

const good = { state: "connected", path: "direct", protocol: "udp", rtt: 20 } as const;
const bad = { state: "failed", cause: "no-relay" } as const;

/** As a server with its own relay names it, beside another one over UDP if `more` says so. */
function relaysOf(...more: string[]) {
  const own = ["udp", "tcp"].map((way) => `turn:here:443?transport=${way}`);
  return {
    iceServers: [{ urls: [...own, "turns:here:443?transport=tcp", ...more] }],
    server: { hostname: "here", port: "" },
  };
}

function pairsOf(members: readonly string[], reports: Reports, relays = relaysOf()): LinkPair[] {
  return pairsFrom(members, { reports, placeOf: (end) => relayPlace(end, relays) });
}

function link(peerId: string, more: Partial<SeenReport> = good): SeenReport {
  const nothing = { path: "unknown", protocol: "unknown", rtt: null, loss: null } as const;
  return { peerId, state: "connecting", ...nothing, kbps: null, cause: null, since: 0, ...more };
}

/** Both ends of every pair say `more`, unless `told` says something else for "one other". */
function room(members: string[], told: Record<string, Partial<SeenReport>> = {}): Reports {
  return new Map(members.map((one) => [
    one,
    members.filter((other) => other !== one)
      .map((other) => link(other, told[`${one} ${other}`] ?? good)),
  ]));
}

function outline(pairs: readonly LinkPair[]): string[] {
  return pairs.map(({ ends, state, path }) =>
    `${ends.join(" ")}: ${state === "connected" ? path : state}`
  );
}

function titles(members: string[], reports: Reports): string[] {
  const pairs = pairsOf(members, reports);
  const facts = {
    pairs,
    selfId: members[0] ?? "",
    nameOf: (id: string) => id,
    called: (id: string) => id === members[0] ? "You" : id,
    isAway: () => false,
  };
  return linkRemarks(facts, wordsOf("en")).map(({ title, line }) => `${title} | ${line}`);
}

Deno.test("each pair occurs once, whichever end reports it, worst first", () => {
  const members = ["me", "ana", "bob"];
  assertEquals(pairsOf(["me"], new Map()), []);
  assertEquals(outline(pairsOf(members, room(members))), [
    "me ana: direct",
    "me bob: direct",
    "ana bob: direct",
  ]);
  const troubled = room(members, { "bob ana": bad, "me ana": link("ana", {}) });
  assertEquals(outline(pairsOf(members, troubled)), [
    "ana bob: failed",
    "me ana: connecting",
    "me bob: direct",
  ]);
});

Deno.test("an unreported pair is unknown, one report is enough, the worse of two counts", () => {
  const members = ["me", "ana", "skyrtc"];
  const reports: Reports = new Map([
    ["me", [link("ana"), link("skyrtc", { ...good, path: "relayed", protocol: "tcp" })]],
    ["ana", [link("me", { state: "reconnecting", since: 7 })]],
    ["gone", [link("ana", bad)]],
  ]);
  const pairs = pairsOf(members, reports);
  assertEquals(outline(pairs), [
    "me ana: reconnecting",
    "ana skyrtc: unknown",
    "me skyrtc: relayed",
  ]);
  assertEquals(pairs[0]?.since, 7);
  assertEquals(pairs[2]?.protocol, "tcp");
});

Deno.test("figures come from who measured them: own round trip, the worse loss, the better rate", () => {
  const reports = room(["me", "ana"], {
    "me ana": { ...good, rtt: 30, loss: 2, kbps: 900 },
    "ana me": { ...good, rtt: 40, loss: 15, kbps: null },
  });
  const [pair] = pairsOf(["me", "ana"], reports);
  assertEquals([pair?.rtt, pair?.loss, pair?.kbps], [30, 15, 900]);
});

Deno.test("the more specific cause wins, with its end", () => {
  const reports = room(["me", "ana"], {
    "me ana": { state: "failed", cause: "no-path" },
    "ana me": { state: "failed", cause: "relay-unreachable" },
  });
  const [pair] = pairsOf(["me", "ana"], reports);
  assertEquals([pair?.cause, pair?.causeAt], ["relay-unreachable", "ana"]);
});

Deno.test("a person whom nobody reaches is named, the own person too; one of two people is not", () => {
  const members = ["me", "ana", "bob", "cem"];
  const all = (one: string, others: string[]) =>
    Object.fromEntries(others.map((other) => [`${one} ${other}`, bad]));
  const culprit = (told: Record<string, Partial<LinkReport>>, who = members) =>
    culpritOf(pairsOf(who, room(who, told)));
  assertEquals(culprit({}), undefined);
  assertEquals(culprit(all("bob", ["me", "ana", "cem"])), "bob");
  assertEquals(culprit(all("me", ["ana", "bob", "cem"])), "me");
  assertEquals(culprit(all("bob", ["me", "ana"])), undefined, "Cem reaches Bob");
  assertEquals(culprit({ "me ana": bad }, ["me", "ana"]), undefined);
  assertEquals(
    culprit({ "me ana": bad, "me bob": bad, "ana bob": bad }, ["me", "ana", "bob"]),
    undefined,
  );
});

Deno.test("a relayed pair is reported once, for the person with the most of them", () => {
  const members = ["me", "ana", "bob", "cem"];
  const far = { ...good, path: "relayed" } as const;
  const slow = { ...far, protocol: "tcp" } as const;
  const told = { "me cem": far, "ana cem": far, "bob cem": far, "me ana": far, "ana bob": slow };
  assertEquals(relayedOf(pairsOf(members, room(members, told))), [
    { rung: "udp-here", peerId: "cem", to: ["me", "ana", "bob"] },
    { rung: "udp-here", peerId: "me", to: ["ana"] },
    { rung: "tcp-here", peerId: "ana", to: ["bob"] },
  ]);
});

Deno.test("plain words: the culprit, the broken, the waiting, the relayed, the rest", () => {
  const members = ["me", "ana", "bob"];
  assertEquals(titles(members, room(members)), [
    "All 3 connections are direct | Fastest: You and ana, 20 ms. Slowest: ana and bob, 20 ms.",
  ]);
  const told = { "ana me": bad, "ana bob": { state: "reconnecting", since: 1 } } as const;
  const said = titles(members, room(members, told));
  assertEquals(said.map((each) => each.split(" | ")[0]), [
    "ana’s network is the likely cause",
    "You and ana cannot connect",
    "ana and bob are reconnecting",
    "1 other connection is direct",
  ]);
  assertEquals(said[1]?.includes("this server offers no relay"), true);
  const alone = titles(["me", "ana"], new Map());
  assertEquals(alone[0]?.startsWith("Nothing is known about 1 pair"), true);
});

Deno.test("a relayed pair is named after the slower of its two ways to a relay, at whichever end", () => {
  const rungOf = (mine: Partial<SeenReport>, theirs: Partial<SeenReport>, ...more: string[]) => {
    const told = { "me ana": { ...good, ...mine }, "ana me": { ...good, ...theirs } };
    return pairsOf(["me", "ana"], room(["me", "ana"], told), relaysOf(...more))[0]?.rung;
  };
  const over = (protocol: SeenReport["protocol"], more: Partial<SeenReport> = {}) =>
    ({ path: "relayed", protocol, ...more }) as const;
  // An end that has no relay itself does not know how the other one reaches its relay.
  const reaches = over("unknown");
  const table: readonly [Partial<SeenReport>, Partial<SeenReport>, Rung][] = [
    [{}, {}, "direct"],
    [reaches, reaches, "unknown-unknown"],
    [reaches, over("udp"), "udp-here"],
    [over("udp"), {}, "udp-here"],
    [over("udp"), over("tcp"), "tcp-here"],
    [over("tls"), over("tcp"), "tls-here"],
    [over("tls", { relay: "elsewhere" }), reaches, "tls-elsewhere"],
    [over("udp", { relay: "elsewhere" }), reaches, "udp-elsewhere"],
    [over("udp", { relay: "unknown" }), reaches, "udp-unknown"],
  ];
  for (const [mine, theirs, rung] of table) {
    assertEquals(rungOf(mine, theirs), rung, JSON.stringify([mine, theirs]));
    if (mine.relay === undefined) assertEquals(rungOf(theirs, mine), rung, "from the other end");
  }
  const beside = "turn:elsewhere?transport=udp";
  assertEquals(rungOf(reaches, over("udp"), beside), "udp-unknown", "it may be either server");
  assertEquals(rungOf(over("udp", { relay: "here" }), {}, beside), "udp-here");
});

Deno.test("every rung has words, a line below the summary, and its protocol once", () => {
  const words = wordsOf("en");
  const figures = (more: Partial<SeenReport>) => {
    const [pair] = pairsOf(["me", "ana"], room(["me", "ana"], { "me ana": { ...good, ...more } }));
    return pair && linkFigures(pair, words);
  };
  assertEquals(figures({}), "Direct · UDP · 20 ms");
  assertEquals(figures({ path: "relayed" }), "Relayed by this server · 20 ms");
  assertEquals(figures({ path: "relayed", protocol: "tcp" }), "Relayed over TCP · 20 ms");
  assertEquals(figures({ path: "relayed", protocol: "tls" }), "Relayed over the web port · 20 ms");
  const slow = { ...good, path: "relayed", protocol: "tls" } as const;
  assertEquals(titles(["me", "ana"], room(["me", "ana"], { "me ana": slow })), [
    "You reach ana through a relay | Relayed over the web port, still encrypted.",
  ]);
});
