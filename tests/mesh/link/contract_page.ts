/**
 * Runs in a page: the scenarios with two PeerLinks over real connections. Bundled by
 * contract_test.ts.
 */
import { browserClock } from "../../../mesh/clock.ts";
import type { Slot } from "../../../mesh/events.ts";
import { watchLevel } from "../../../mesh/media/levels.ts";
import { PeerLink } from "../../../mesh/link/peer_link.ts";
import type { OpenSignal } from "../../../protocol/mod.ts";
import {
  expectAgreement,
  noteOffer,
  type ScenarioPair,
  scenarios,
  type ScenarioSide,
} from "./link_scenarios.ts";

const patienceMs = 15_000;
/** Both sides are settled if they are stable and nothing was sent for this long, ms. */
const quietMs = 250;

/** A moving picture or a tone. */
function newTrack(slot: Slot): MediaStreamTrack {
  const stream = slot === "camera" || slot === "screen" ? picture() : tone();
  const [track] = stream.getTracks();
  if (track === undefined) throw new Error("this browser makes no track");
  return track;
}

function picture(): MediaStream {
  const canvas = document.createElement("canvas");
  canvas.width = 160;
  canvas.height = 120;
  const context = canvas.getContext("2d");
  let frame = 0;
  setInterval(() => context?.fillRect(frame++ % 160, frame % 120, 8, 8), 50);
  return canvas.captureStream(15);
}

function tone(): MediaStream {
  const context = new AudioContext();
  const oscillator = context.createOscillator();
  const destination = context.createMediaStreamDestination();
  oscillator.connect(destination);
  oscillator.start();
  return destination.stream;
}

class RealSide implements ScenarioSide {
  readonly link: PeerLink;
  readonly wanted = new Map<Slot, MediaStreamTrack | null>();
  offers = 0;
  onOffer: (() => void) | undefined;
  lastSent = performance.now();
  #connection: RTCPeerConnection | undefined;

  constructor(name: "a" | "b", deliver: (signal: OpenSignal) => void) {
    this.link = new PeerLink({
      selfId: name,
      peerId: name === "a" ? "b" : "a",
      dialect: "parley",
      configuration: {},
      environment: {
        clock: browserClock,
        createStream: () => new MediaStream(),
        createConnection: (configuration) =>
          this.#connection = new RTCPeerConnection(configuration),
      },
      tracks: [],
      emit: (event) => {
        if (event.type !== "signal") return;
        const { signal } = event;
        if (signal.kind === "description" && signal.description.type === "offer") noteOffer(this);
        this.lastSent = performance.now();
        // A wire with random delays that transports JSON, like the real one.
        const text = JSON.stringify(signal);
        setTimeout(() => deliver(JSON.parse(text)), 5);
      },
    });
  }

  get connection(): RTCPeerConnection {
    if (this.#connection === undefined) throw new Error("no connection was made");
    return this.#connection;
  }

  /** False until one side has called. */
  get stable(): boolean {
    return this.#connection?.signalingState === "stable";
  }

  turn(slot: Slot, on: boolean): void {
    const track = on ? newTrack(slot) : null;
    this.wanted.set(slot, track);
    this.link.setTrack(slot, track);
  }
}

class RealPair implements ScenarioPair {
  readonly a: RealSide = new RealSide("a", (signal) => this.b.link.receive(signal));
  readonly b: RealSide = new RealSide("b", (signal) => this.a.link.receive(signal));

  async settle(): Promise<void> {
    const from = performance.now();
    await until("both are quiet", () => {
      const last = Math.max(from, this.a.lastSent, this.b.lastSent);
      return this.a.stable && this.b.stable && performance.now() - last > quietMs;
    });
    // A busy browser may be quiet in the middle. Without agreement the scenario fails by itself.
    await until("both agree", () => agrees(this)).catch(() => {});
  }

  connected(): Promise<void> {
    return until(
      "both are connected",
      () => this.a.link.state.kind === "connected" && this.b.link.state.kind === "connected",
    );
  }

  async flows(side: RealSide, slot: Slot): Promise<void> {
    const before = await received(side, slot);
    await until(`${slot} arrives`, async () => await received(side, slot) > before);
  }
}

function agrees(pair: RealPair): boolean {
  try {
    expectAgreement(pair);
    return true;
  } catch {
    return false;
  }
}

async function received(side: RealSide, slot: Slot): Promise<number> {
  const track = side.link.trackOf(slot);
  const receiver = side.connection.getReceivers().find((each) => each.track === track);
  let count = 0;
  (await receiver?.getStats())?.forEach((entry) => {
    if (entry.type !== "inbound-rtp") return;
    count += entry.kind === "video" ? entry.framesDecoded ?? 0 : entry.packetsReceived ?? 0;
  });
  return count;
}

async function until(words: string, truth: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!await truth()) {
    if (performance.now() > end) throw new Error(`expected within ${patienceMs} ms: ${words}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Resolves with "" or with the error. */
async function run(name: string): Promise<string> {
  const pair = new RealPair();
  const failures: string[] = [];
  const note = (event: PromiseRejectionEvent) => failures.push(`unhandled: ${event.reason}`);
  addEventListener("unhandledrejection", note);
  try {
    await scenarios[name]?.(pair);
  } catch (error) {
    failures.push(error instanceof Error ? `${error.message}\n${error.stack}` : String(error));
  } finally {
    pair.a.link.close();
    pair.b.link.close();
    removeEventListener("unhandledrejection", note);
  }
  return failures.join("\n");
}

/** Resolves with "" if the meter measures a tone, and nothing after its undo. */
async function runMeter(): Promise<string> {
  let [loudest, calls] = [0, 0];
  const stop = watchLevel(newTrack("microphone"), (level) => {
    loudest = Math.max(loudest, level);
    calls++;
  });
  try {
    await until("the meter hears the tone", () => loudest > 0.5);
  } catch (error) {
    return String(error);
  } finally {
    stop();
  }
  const before = calls;
  await new Promise((resolve) => setTimeout(resolve, 200));
  return calls === before ? "" : "the meter goes on after its undo";
}

Object.assign(globalThis, { runScenario: run, runMeter });
