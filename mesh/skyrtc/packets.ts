/**
 * The packets on the data channel of a SkyRTC page: JSON, `__msg` for text and `__file` for files,
 * as observed on the wire. No packet makes this code throw.
 */
import { codePoints, limits } from "../../protocol/mod.ts";
import { fileLimits } from "../files/file_message.ts";

/** A packet of a SkyRTC page. */
export type SkyrtcPacket =
  | { readonly kind: "text"; readonly text: string }
  /** Offers a file; `size` in bytes. */
  | {
    readonly kind: "ask";
    readonly sendId: string;
    readonly name: string;
    readonly size: number;
  }
  | { readonly kind: "accept" | "refuse"; readonly sendId: string }
  /** The next characters of the file's data URL. */
  | {
    readonly kind: "chunk";
    readonly sendId: string;
    readonly data: string;
    readonly last: boolean;
  };

const sendIdMost = 128;

/** Parses one packet; undefined for anything else that the data channel delivers. */
export function readPacket(frame: unknown): SkyrtcPacket | undefined {
  if (typeof frame !== "string" || frame.length > limits.frameBytes) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(value));
  if (fields.get("type") === "__msg") return readText(fields.get("data"));
  return fields.get("type") === "__file" ? readFile(fields) : undefined;
}

function readText(data: unknown): SkyrtcPacket | undefined {
  if (typeof data !== "string") return undefined;
  const whole = data.toWellFormed();
  const text = codePoints(whole) <= limits.chatText
    ? whole
    : [...whole].slice(0, limits.chatText).join("");
  return text.trim() === "" ? undefined : { kind: "text", text };
}

function readFile(fields: ReadonlyMap<string, unknown>): SkyrtcPacket | undefined {
  const sendId = fields.get("sendId");
  if (typeof sendId !== "string" || sendId === "" || sendId.length > sendIdMost) return undefined;
  const kind = fields.get("signal");
  switch (kind) {
    case "ask": {
      const name = fields.get("name");
      const size = Number(fields.get("size"));
      const isFile = typeof name === "string" && Number.isSafeInteger(size) && size >= 0;
      if (!isFile || size > fileLimits.fileBytes) return undefined;
      return { kind, sendId, name: name.toWellFormed().slice(-fileLimits.rawName), size };
    }
    case "accept":
    case "refuse":
      return { kind, sendId };
    case "chunk": {
      const data = fields.get("data");
      return typeof data === "string"
        ? { kind, sendId, data, last: fields.get("last") === true }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The packet for a text. */
export function textPacket(data: string): string {
  return JSON.stringify({ type: "__msg", data });
}

/** The packet for a signal about a file. */
export function filePacket(
  fields: { readonly signal: string; readonly sendId: string } & Readonly<Record<string, unknown>>,
): string {
  return JSON.stringify({ type: "__file", ...fields });
}
