import { createHash } from "node:crypto";
import { assert, assertEquals } from "../../assert.ts";
import { moveLimits } from "../../../protocol/mod.ts";
import { hour, Life, sealedRoom, type Visitor } from "./life.ts";

const code = "c".repeat(43);
const hashOf = (claim: string) => createHash("sha256").update(claim).digest("base64url");

function offer(laptop: Visitor, claim = code): void {
  laptop.say({ type: "offer-move", claim: hashOf(claim), parcel: `parcel-${claim[0]}` });
}

function claim(life: Life, shown = code, address = "192.0.2.1"): Visitor {
  const phone = life.arrive({ address });
  phone.say({ type: "claim-move", room: "tea", claim: shown });
  return phone;
}

/** A room with Bo, who watches, and Ann at her laptop, who offers to move. */
function meeting(): { life: Life; bo: Visitor; laptop: Visitor } {
  const life = new Life(hour);
  const bo = life.join({ name: "Bo" });
  const laptop = life.join();
  offer(laptop);
  return { life, bo, laptop };
}

/** What a claimer joins with. */
function tokenOf(phone: Visitor): string {
  const { resume } = phone.last("move-parcel") ?? {};
  assert(resume !== undefined, "no parcel");
  return resume;
}

function takeOver(life: Life): Visitor {
  const phone = claim(life);
  phone.say({ type: "join", room: "tea", name: "Ann", resume: tokenOf(phone) });
  return phone;
}

Deno.test("a person moves to another device, and the others are told nothing", () => {
  const { life, bo, laptop } = meeting();
  assertEquals(laptop.last("move-offered")?.lifetimeMs, moveLimits.offerMs);
  const heard = bo.during(() => {
    const phone = claim(life);
    assertEquals(phone.last("move-parcel")?.parcel, "parcel-c");
    assertEquals([laptop.refused, laptop.isInside], [undefined, true], "still the laptop");
    phone.say({ type: "join", room: "tea", name: "Ann", resume: tokenOf(phone) });
    assertEquals([phone.peerId, phone.last("welcome")?.resumed], [laptop.peerId, true]);
  });
  assertEquals(heard, []);
  assertEquals(laptop.refused, "replaced");
  assertEquals(life.members, [bo.peerId, laptop.peerId]);
});

Deno.test("the raised hand and the owner come along", () => {
  const life = new Life(hour);
  const laptop = life.join();
  const hand = { microphone: true, camera: false, screen: false, hand: true };
  laptop.say({ type: "state", state: hand });
  offer(laptop);
  const phone = takeOver(life);
  assertEquals(phone.last("hands")?.peerIds, [laptop.peerId]);
  assertEquals([phone.isOwner, phone.key !== undefined], [true, true]);
});

Deno.test("of two devices with one code, one gets the parcel", () => {
  const { life, laptop } = meeting();
  const [one, other] = [claim(life), claim(life)];
  assert(one.last("move-parcel") !== undefined);
  assertEquals(other.last("move-refused")?.reason, "no-code");
  assertEquals(other.last("move-parcel"), undefined);
  assertEquals(laptop.heard.filter(({ type }) => type === "move-taken").length, 1);
});

Deno.test("a code ends after two minutes", () => {
  const { life } = meeting();
  life.at += moveLimits.offerMs;
  assertEquals(claim(life).last("move-refused")?.reason, "no-code");
  life.tick(0);
  assertEquals(life.core.sizes().moves, 0);
});

Deno.test("a code ends with the dialog, the next code, the membership and its page", () => {
  const ends: readonly ((laptop: Visitor, life: Life) => void)[] = [
    (laptop) => laptop.say({ type: "cancel-move" }),
    (laptop) => offer(laptop, "d".repeat(43)),
    (laptop) => laptop.say({ type: "leave" }),
    (laptop, life) => {
      laptop.lose();
      life.join({ resume: laptop.token });
    },
    (laptop, life) => {
      laptop.lose();
      life.tick(15_000);
    },
  ];
  for (const end of ends) {
    const { life, laptop } = meeting();
    end(laptop, life);
    assertEquals(claim(life).last("move-refused")?.reason, "no-code", `${end}`);
  }
});

Deno.test("a code works while its page has lost the server", () => {
  const { life, bo, laptop } = meeting();
  laptop.lose();
  assertEquals(bo.during(() => takeOver(life)), []);
  // Back, it must not take the call away from the phone.
  const back = life.join({ resume: laptop.token });
  assertEquals(back.refused, "replaced");
});

Deno.test("the token of a claim ends soon", () => {
  const { life, laptop } = meeting();
  const phone = claim(life);
  life.at += moveLimits.joinMs;
  phone.say({ type: "join", room: "tea", name: "Ann", resume: tokenOf(phone) });
  assertEquals(phone.last("welcome")?.resumed, false);
  assert(phone.peerId !== laptop.peerId);
});

Deno.test("the call goes back to the first device, however often the second has come back", () => {
  const { life, bo, laptop } = meeting();
  let phone = takeOver(life);
  for (let loss = 0; loss < 3; loss++) {
    phone.lose();
    phone = life.join({ resume: phone.token });
  }
  const resume = laptop.last("move-taken")?.resume;
  let back: Visitor | undefined;
  assertEquals(bo.during(() => back = life.join({ resume })), []);
  assertEquals([back?.peerId, phone.refused], [laptop.peerId, "replaced"]);
  assertEquals(life.join({ resume: phone.token }).refused, "replaced");
  assertEquals(life.join({ resume: laptop.token }).refused, "replaced");
});

Deno.test("after a third device, the first one cannot take the call back", () => {
  const { life, laptop } = meeting();
  const phone = takeOver(life);
  offer(phone);
  const tablet = takeOver(life);
  assertEquals(tablet.peerId, laptop.peerId);
  assertEquals(life.join({ resume: laptop.last("move-taken")?.resume }).refused, "replaced");
  assertEquals(life.join({ resume: phone.last("move-taken")?.resume }).refused, undefined);
  assertEquals(tablet.refused, "replaced");
});

Deno.test("wrong codes make their address wait, and no other", () => {
  const { life } = meeting();
  assertEquals(claim(life, "x".repeat(43)).last("move-refused")?.reason, "no-code");
  assertEquals(claim(life).last("move-refused")?.reason, "too-soon");
  assert(claim(life, code, "198.51.100.7").last("move-parcel") !== undefined);
});

Deno.test("a code of one room is none of another", () => {
  const { life } = meeting();
  life.join({}, "parley", "coffee");
  const phone = life.arrive();
  phone.say({ type: "claim-move", room: "coffee", claim: code });
  assertEquals(phone.last("move-refused")?.reason, "no-code");
});

Deno.test("a member that was removed cannot come back by its code or its tokens", () => {
  const life = new Life(hour);
  const owner = life.join({ name: "Bo" });
  const laptop = life.join();
  offer(laptop);
  const phone = claim(life);
  owner.say({ type: "remove", peerId: laptop.peerId, ban: false });
  phone.say({ type: "join", room: "tea", name: "Ann", resume: tokenOf(phone) });
  assertEquals(phone.last("welcome")?.resumed, false);
  assert(phone.peerId !== laptop.peerId);
});

Deno.test("after a restart the phone has the place, no matter which device comes back first", () => {
  const { life, laptop } = meeting();
  const phone = takeOver(life);
  const next = life.restart(1_000);
  const early = next.join({ resume: laptop.token });
  const late = next.join({ resume: phone.token });
  assertEquals([early.refused, late.peerId], ["replaced", laptop.peerId]);
  assertEquals(next.join({ resume: laptop.token }).refused, "replaced");
});

Deno.test("a member of a sealed room moves, and the others are told its new hello", () => {
  const [life, bo] = sealedRoom();
  const laptop = life.join({ sealed: {} });
  offer(laptop);
  const phone = claim(life);
  const sealed = { door: "d0", peerId: laptop.peerId, hello: "h-phone", card: "c-phone" };
  const heard = bo.during(() =>
    phone.say({ type: "join", room: "tea", name: "", sealed, resume: tokenOf(phone) })
  );
  assertEquals(heard, ["peer-hello"]);
  assertEquals([phone.peerId, laptop.refused], [laptop.peerId, "replaced"]);
});
