/**
 * The page that diagnoses calls from this browser. Invariants:
 * 1 Every finding belongs to the current run: a new run starts with all checks open.
 * 2 Camera and microphone are requested only on demand, and released with the page.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import {
  browserFacts,
  capture,
  type CheckFacts,
  checkMeeting,
  checkStun,
  type DeviceAccess,
  type MediaFailure,
  type MeetingFinding,
  relaysOf,
  type ServerFinding,
  type StunFinding,
  stunServersOf,
  visitServer,
} from "../../mesh/mod.ts";
import { type IceServer, type RelayPlace, relayPlace, transportOf } from "../../protocol/mod.ts";

/** `open`: not checked yet. `none`: nothing to check. */
export type Finding<Found> =
  | { readonly kind: "open" }
  | { readonly kind: "running" }
  | { readonly kind: "none" }
  | Found;

/** One way to a relay, and the result of its check. */
export interface RelayCheck {
  readonly url: string;
  readonly transport: "udp" | "tcp" | "tls";
  readonly place: RelayPlace;
  readonly finding: Finding<MeetingFinding>;
}

/** A device under test; the page shows its track. */
export type DeviceFinding = Finding<
  | { readonly kind: "good"; readonly track: MediaStreamTrack }
  | { readonly kind: "failed"; readonly failure: MediaFailure }
>;

/** All findings. */
export interface DoctorReport {
  readonly secure: boolean;
  readonly server: Finding<ServerFinding>;
  readonly meeting: Finding<MeetingFinding>;
  readonly stun: Finding<StunFinding>;
  /** Undefined until the server has named them. */
  readonly relays: readonly RelayCheck[] | undefined;
  readonly camera: DeviceFinding;
  readonly microphone: DeviceFinding;
}

/** `server`: the address of the pages. The rest defaults to the browser's own. */
export interface DoctorOptions {
  readonly server: string;
  readonly secure: boolean;
  readonly mediaDevices: Pick<DeviceAccess, "getUserMedia"> | undefined;
  readonly facts?: CheckFacts;
}

const open = { kind: "open" } as const;
const running = { kind: "running" } as const;

/** One visit of the page. */
export class DoctorStore {
  readonly #options: DoctorOptions;
  readonly #facts: CheckFacts;
  readonly #report;
  #run = 0;
  #closed = false;

  constructor(options: DoctorOptions) {
    this.#options = options;
    this.#facts = options.facts ?? browserFacts;
    this.#report = signal<DoctorReport>(this.#blank());
  }

  get report(): ReadonlySignal<DoctorReport> {
    return this.#report;
  }

  /** Runs all checks but the devices. */
  async run(): Promise<void> {
    const run = ++this.#run;
    const { camera, microphone } = this.#report.peek();
    this.#report.value = { ...this.#blank(), camera, microphone };
    const note = (part: Partial<DoctorReport>) => {
      if (run === this.#run && !this.#closed) {
        this.#report.value = { ...this.#report.peek(), ...part };
      }
    };
    note({ server: running, meeting: running });
    const meeting = checkMeeting(undefined, this.#facts).then((found) => note({ meeting: found }));
    const { found, leave } = await visitServer(this.#options.server, this.#facts);
    note({ server: found });
    await meeting;
    if (found.kind === "good") await this.#outside(found.iceServers, note);
    leave();
  }

  /** Requests camera and microphone, each separately. */
  async tryDevices(): Promise<void> {
    this.#letGo();
    this.#change({ camera: running, microphone: running });
    const [camera, microphone] = [await this.#device("video"), await this.#device("audio")];
    this.#change({ camera, microphone });
    if (this.#closed) this.#letGo();
  }

  /** Releases the devices. */
  close(): void {
    this.#closed = true;
    this.#letGo();
  }

  async #outside(
    iceServers: readonly IceServer[],
    note: (part: Partial<DoctorReport>) => void,
  ): Promise<void> {
    const stunServers = stunServersOf(iceServers);
    const relays = relaysOf(iceServers);
    const checks = relays.map(({ urls }) => this.#unchecked(urls));
    note({ relays: [...checks], stun: stunServers.length === 0 ? { kind: "none" } : running });
    if (stunServers.length > 0) note({ stun: await checkStun(stunServers, this.#facts) });
    // One after the other: in parallel they would distort each other's round trips.
    for (const [index, relay] of relays.entries()) {
      const check = this.#unchecked(relay.urls);
      checks[index] = { ...check, finding: running };
      note({ relays: [...checks] });
      checks[index] = { ...check, finding: await checkMeeting(relay, this.#facts) };
      note({ relays: [...checks] });
    }
  }

  #unchecked(url: string): RelayCheck {
    const transport = transportOf(url);
    const server = new URL(this.#options.server);
    const place = relayPlace({ url, protocol: transport }, { iceServers: [], server });
    return { url, transport, place, finding: open };
  }

  async #device(kind: "video" | "audio"): Promise<DeviceFinding> {
    const { mediaDevices, secure } = this.#options;
    if (!secure) return { kind: "failed", failure: "insecure" };
    if (mediaDevices === undefined) return { kind: "failed", failure: "unsupported" };
    const captured = await capture(() => mediaDevices.getUserMedia({ [kind]: true }));
    if (!captured.ok) return { kind: "failed", failure: captured.failure };
    const [track] = captured.tracks;
    return track === undefined ? { kind: "failed", failure: "unknown" } : { kind: "good", track };
  }

  #letGo(): void {
    const { camera, microphone } = this.#report.peek();
    for (const device of [camera, microphone]) if (device.kind === "good") device.track.stop();
  }

  #change(part: Partial<DoctorReport>): void {
    this.#report.value = { ...this.#report.peek(), ...part };
  }

  #blank(): DoctorReport {
    return {
      secure: this.#options.secure,
      server: open,
      meeting: open,
      stun: open,
      relays: undefined,
      camera: open,
      microphone: open,
    };
  }
}
