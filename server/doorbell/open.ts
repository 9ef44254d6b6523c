/** The doorbell of a server, with the settings that are in force. */
import type { DoorbellFacts } from "../../protocol/mod.ts";
import type { Hub } from "../../signaling/mod.ts";
import type { LiveSettings } from "../settings/live_settings.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { Doorbell } from "./doorbell.ts";
import { push } from "./push_request.ts";
import { VapidKey } from "./vapid.ts";

/** What the server gives it. */
interface OpenParts {
  readonly settings: LiveSettings;
  readonly hub: () => Hub;
  /** The key that signs tokens, 32 bytes; undefined: it does not outlive the process. */
  readonly signingKey: () => Uint8Array | undefined;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "notice">;
}

/** A doorbell, and what pages are told of it. */
export interface OpenDoorbell {
  readonly bell: Doorbell;
  /** The key to subscribe with, or why there is none. */
  readonly facts: () => DoorbellFacts;
}

/** Opens it. A changed setting counts at once. */
export function openDoorbell(parts: OpenParts): OpenDoorbell {
  const { settings, hub, log, metrics } = parts;
  let made: { readonly from: Uint8Array; readonly key: VapidKey } | undefined;
  const key = () => {
    const from = parts.signingKey();
    if (!settings.config.doorbell || from === undefined) return undefined;
    if (made?.from !== from) made = { from, key: new VapidKey(from) };
    return made.key;
  };
  const bell = new Doorbell({
    key,
    contact: () => contactOf(settings.config),
    push: (request) => push(request, { origins: settings.config.doorbellOrigins }),
    onGone: (room, endpoint) => {
      hub().execute(room, { does: "remove-bell", endpoint })
        .catch((error) => log.fault("failed to remove a doorbell", error));
    },
    onOutcome: (outcome) => metrics.notice(outcome),
  });
  const facts = (): DoorbellFacts => {
    const found = key();
    if (found !== undefined) return { key: found.publicKey };
    return { off: settings.config.doorbell ? "no-state" : "setting" };
  };
  return { bell, facts };
}

function contactOf(
  { doorbellContact, acmeEmail, acmeDomain: [domain] }: LiveSettings["config"],
): string | undefined {
  if (doorbellContact !== undefined) return doorbellContact;
  if (acmeEmail !== undefined) return `mailto:${acmeEmail}`;
  return domain === undefined ? undefined : `https://${domain}`;
}
