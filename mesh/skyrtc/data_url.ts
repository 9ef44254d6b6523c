/**
 * Writes and reads data URLs in pieces, so that no file is in memory as text. Only base64, because
 * browsers encode files in it.
 */

const header = "data:application/octet-stream;base64,";
/** UTF-16 units of a header, which only contains a type. */
const headerMost = 512;

/** Makes a data URL of bytes that come in pieces. */
export class DataUrlWriter {
  #rest = new Uint8Array(0);
  #begun = false;

  /** The next characters of the URL; `last`: adds the padding at the end. */
  write(bytes: Uint8Array, { last }: { readonly last: boolean }): string {
    const all = new Uint8Array(this.#rest.length + bytes.length);
    all.set(this.#rest);
    all.set(bytes, this.#rest.length);
    // Three bytes become four characters.
    const whole = last ? all.length : all.length - all.length % 3;
    this.#rest = all.slice(whole);
    const text = btoa(String.fromCharCode(...all.subarray(0, whole)));
    if (this.#begun) return text;
    this.#begun = true;
    return header + text;
  }
}

/** Reads a data URL that comes in pieces. */
export class DataUrlReader {
  /** The characters of the header so far; undefined after its comma. */
  #head: string | undefined = "";
  /** Up to three characters of an incomplete group. */
  #rest = "";

  /** The next bytes of the file; undefined if it is no data URL in base64. */
  read(data: string): Uint8Array<ArrayBuffer> | undefined {
    if (this.#head === undefined) return this.#decode(data);
    const head = this.#head + data;
    const comma = head.indexOf(",");
    if (comma < 0) {
      this.#head = head;
      return head.length > headerMost ? undefined : new Uint8Array(0);
    }
    if (!/^data:[^,]*;base64$/i.test(head.slice(0, comma))) return undefined;
    this.#head = undefined;
    return this.#decode(head.slice(comma + 1));
  }

  /** Whether the URL may end here. The URL of an empty file may have no comma. */
  get isWhole(): boolean {
    return this.#rest === "" && (this.#head ?? "data:").startsWith("data:");
  }

  #decode(data: string): Uint8Array<ArrayBuffer> | undefined {
    const all = this.#rest + data;
    const whole = all.length - all.length % 4;
    this.#rest = all.slice(whole);
    try {
      return Uint8Array.from(atob(all.slice(0, whole)), (character) => character.charCodeAt(0));
    } catch {
      return undefined;
    }
  }
}
