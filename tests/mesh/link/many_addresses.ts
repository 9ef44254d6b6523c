// Connections of a machine with many addresses: the fake finds more than one candidate.

import { FakeConnection } from "./fake_connection.ts";
import { FieldEvent } from "./fake_event.ts";

/** Finds `count` candidates where the plain fake finds one. */
export class ManyAddresses extends FakeConnection {
  readonly #count: number;

  constructor(configuration: RTCConfiguration, count: number) {
    super(configuration);
    this.#count = count;
  }

  override dispatchEvent(event: Event): boolean {
    const found: unknown = Reflect.get(event, "candidate");
    if (typeof found === "object" && found !== null) {
      const text: unknown = Reflect.get(found, "candidate");
      for (let n = 1; n < this.#count && text !== ""; n++) {
        const candidate = { ...found, candidate: `${text} ${n}` };
        super.dispatchEvent(new FieldEvent("icecandidate", { candidate }));
      }
    }
    return super.dispatchEvent(event);
  }
}
