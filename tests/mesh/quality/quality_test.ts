import { assert, assertEquals } from "../../assert.ts";
import { ladderOf } from "../../../mesh/quality/ladder.ts";
import { Quality } from "../../../mesh/quality/quality.ts";
import type { Rank, Watch } from "../../../mesh/link/peer_message.ts";
import type { SenderRule } from "../../../mesh/link/sender_rules.ts";
import { fakeTrack } from "./quality_track.ts";
import { VirtualClock } from "../virtual_clock.ts";

function watch(width: number, rank: Rank = "rest", screen = 0): Watch {
  const want = (width: number) => ({ width, height: Math.round(width * 9 / 16), rank });
  return { type: "watch", camera: want(width), screen: want(screen) };
}

/** A room of viewers, each with the rule of its picture. */
class QualityRig {
  readonly clock = new VirtualClock();
  readonly viewers = new Map<string, Watch | undefined>();
  readonly rules = new Map<string, SenderRule>();
  changes = 0;
  readonly #tracks = { camera: fakeTrack(1280, 720), screen: null } as Record<
    "camera" | "screen",
    MediaStreamTrack | null
  >;
  readonly quality = new Quality({
    clock: this.clock,
    links: () =>
      [...this.viewers].map(([peerId, watch]) => ({
        peer: { peerId },
        watch,
        link: {
          limit: (slot: string, rule: SenderRule) => {
            const key = `${slot} ${peerId}`;
            if (this.rules.get(key) === rule) return;
            this.changes++;
            this.rules.set(key, rule);
          },
        },
      })),
    track: (slot) => this.#tracks[slot],
  });

  /** The rule by which a viewer's picture is encoded. */
  codec(peerId: string): string | undefined {
    return this.rules.get(`camera ${peerId}`)?.codec;
  }

  share(track: MediaStreamTrack | null): void {
    this.#tracks.screen = track;
  }

  /** Lines sent to a viewer; 0: none. */
  lines(peerId: string): number {
    const rule = this.rules.get(`camera ${peerId}`);
    return rule?.active ? Math.round(720 / rule.scaleResolutionDownBy) : 0;
  }

  /** So many measurements, a second apart, with these statistics for every viewer. */
  pass(seconds: number, part: Record<string, unknown> = {}): void {
    for (let second = 0; second < seconds; second++) {
      this.clock.advance(1_000);
      this.#frames += 30;
      for (const peerId of this.viewers.keys()) {
        const report = new Map<string, unknown>([["o", {
          type: "outbound-rtp",
          kind: "video",
          bytesSent: this.#frames * 4_000,
          framesEncoded: this.#frames,
          frameWidth: 1280,
          frameHeight: 720,
          qualityLimitationReason: "none",
          ...part,
        }]]);
        this.quality.addStatistics(peerId, report);
      }
      this.quality.adapt();
    }
  }
  #frames = 0;
}

Deno.test("each viewer gets the size of their tile, and who shows it nowhere gets nothing", () => {
  const rig = new QualityRig();
  rig.viewers.set("large", watch(1280)).set("small", watch(300)).set("hidden", watch(0));
  rig.viewers.set("old", undefined);
  rig.quality.decide();
  assertEquals(["large", "small", "hidden", "old"].map((id) => rig.lines(id)), [720, 180, 0, 720]);
  rig.viewers.set("hidden", watch(640, "pinned"));
  rig.quality.decide();
  assertEquals(rig.lines("hidden"), 360, "at once");
});

Deno.test("nothing is written while nothing changes", () => {
  const rig = new QualityRig();
  rig.viewers.set("a", watch(640)).set("b", watch(1280));
  rig.quality.decide();
  const before = rig.changes;
  rig.pass(60);
  assertEquals(rig.changes, before);
});

Deno.test("a strained processor costs the least important first; it comes back step by step", () => {
  const rig = new QualityRig();
  rig.viewers.set("pinned", watch(1280, "pinned"));
  for (const id of ["a", "b"]) rig.viewers.set(id, watch(1280));
  rig.quality.decide();
  rig.pass(11);
  rig.pass(3, { qualityLimitationReason: "cpu" });
  assert(rig.lines("a") < 720 && rig.lines("b") < 720);
  assertEquals(rig.lines("pinned"), 720);
  let last = rig.lines("a");
  const ladder = [90, 180, 270, 360, 540, 720];
  for (let second = 0; second < 240; second++) {
    rig.pass(1);
    const now = rig.lines("a");
    assert(ladder.indexOf(now) - ladder.indexOf(last) <= 1, `${last} → ${now}`);
    last = now;
  }
  assertEquals([rig.lines("a"), rig.lines("b")], [720, 720]);
});

Deno.test("a busy processor makes every picture of a full room small, and takes none away", () => {
  const rig = new QualityRig();
  const ids = Array.from({ length: 15 }, (_, index) => `viewer ${index}`);
  for (const id of ids) rig.viewers.set(id, watch(640));
  rig.quality.decide();
  rig.pass(11);
  rig.pass(120, { qualityLimitationReason: "cpu", framesEncoded: 0 });
  assertEquals(ids.map((id) => rig.lines(id)), ids.map(() => 90));
});

Deno.test("trouble that comes and goes does not make pictures swing with it", () => {
  const rig = new QualityRig();
  for (const id of ["a", "b", "c"]) rig.viewers.set(id, watch(1280));
  rig.quality.decide();
  rig.pass(11);
  const before = rig.changes;
  for (let minute = 0; minute < 5; minute++) {
    rig.pass(2, { qualityLimitationReason: "cpu" });
    rig.pass(58);
  }
  // Three viewers, six steps: oscillating with each of the five troubles would exceed a hundred.
  assert(rig.changes - before <= 60, `${rig.changes - before} changes`);
});

Deno.test("a young connection's way of feeling forward is no trouble", () => {
  const rig = new QualityRig();
  rig.viewers.set("a", watch(1280));
  rig.quality.decide();
  rig.pass(9, { qualityLimitationReason: "bandwidth", bytesSent: 1_000 });
  assertEquals(rig.lines("a"), 720);
});

Deno.test("a screen of letters keeps its size while cameras give way", () => {
  const rig = new QualityRig();
  rig.share(fakeTrack(1920, 1080, "detail"));
  for (const id of ["a", "b", "c"]) rig.viewers.set(id, watch(400, "rest", 1600));
  rig.quality.setLight(true);
  rig.pass(20);
  for (const id of ["a", "b", "c"]) {
    assert(
      (rig.rules.get(`screen ${id}`)?.maxBitrate ?? 0) >
        (rig.rules.get(`camera ${id}`)?.maxBitrate ?? 0),
    );
  }
});

Deno.test("a new screen is sent whole until its size is known, then as its tile needs it", () => {
  for (const [width, height, scale] of [[1280, 720, 1], [2560, 1440, 2]] as const) {
    const rig = new QualityRig();
    rig.viewers.set("a", watch(216, "rest", 1300));
    rig.viewers.set("hidden", watch(216));
    rig.pass(20);
    let settings = { width: 2560, height: 1440, frameRate: 30 };
    const track = Object.assign(fakeTrack(0, 0, "detail"), { getSettings: () => settings });
    rig.share(track);
    rig.pass(1);
    assertEquals(rig.rules.get("screen a")?.scaleResolutionDownBy, 1);
    assertEquals(rig.rules.get("screen hidden")?.active, false);
    settings = { width, height, frameRate: 15 };
    rig.pass(5);
    assertEquals(rig.rules.get("screen a")?.scaleResolutionDownBy, scale, `${width} pixels`);
  }
});

Deno.test("the first seconds of a screen count for no budget", () => {
  const rig = new QualityRig();
  rig.viewers.set("a", watch(1280, "rest", 1900));
  rig.pass(20);
  rig.share(fakeTrack(1920, 1080, "detail"));
  rig.pass(3, { qualityLimitationReason: "cpu" });
  assertEquals([rig.lines("a"), rig.rules.get("screen a")?.maxBitrate], [720, 2_500_000]);
  rig.pass(3, { qualityLimitationReason: "cpu" });
  assert(rig.lines("a") < 720, "then they do");
});

Deno.test("text on a line that carries little is small only if it cannot be slow", () => {
  const text = ladderOf({ use: "text", width: 1920, height: 1080, frameRate: 15 });
  const whole = text.filter(({ scale }) => scale === 1).map(({ bitrate }) => bitrate);
  assertEquals(text.slice(0, whole.length).every(({ scale }) => scale === 1), true);
  assert(Math.min(...whole) <= 400_000);
});

Deno.test("it says when the machine has too much to do for long, not after a moment", () => {
  const rig = new QualityRig();
  rig.viewers.set("a", watch(1280));
  rig.pass(11);
  rig.pass(10, { qualityLimitationReason: "cpu" });
  assertEquals(rig.quality.strained, false);
  rig.pass(6, { qualityLimitationReason: "cpu" });
  assertEquals(rig.quality.strained, true);
  rig.quality.setLight(true);
  rig.pass(60);
  assertEquals(rig.quality.strained, true, "for this visit");
  rig.quality.clear();
  assertEquals(rig.quality.strained, false);
});

Deno.test("who left is forgotten, a camera that stops asks for nothing", () => {
  const rig = new QualityRig();
  rig.viewers.set("a", watch(640));
  rig.quality.decide();
  rig.viewers.clear();
  rig.rules.clear();
  rig.pass(2);
  assertEquals(rig.rules.size, 0);
  rig.viewers.set("a", watch(1280));
  rig.quality.decide();
  assertEquals(rig.lines("a"), 720, "a new link with the same id starts anew");
});

Deno.test("each viewer gets the codec that both ends do in hardware, when that is known", () => {
  const rig = new QualityRig();
  rig.viewers.set("phone", { ...watch(640), efficient: ["video/H264"] });
  rig.viewers.set("laptop", { ...watch(640), efficient: ["video/AV1", "video/H264"] });
  rig.viewers.set("old", watch(640));
  rig.quality.decide();
  assertEquals(rig.codec("laptop"), undefined);
  rig.quality.setEfficient(["video/AV1", "video/H264"]);
  assertEquals(["phone", "laptop", "old"].map((peerId) => rig.codec(peerId)), [
    "video/H264",
    "video/AV1",
    undefined,
  ]);
});
