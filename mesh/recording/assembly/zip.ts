/**
 * One archive of several files, without compression (media is compressed already). Invariant: the
 * bytes of the files stay on the disk; each is read once, for its checksum.
 *
 * ZIP as in APPNOTE.TXT, with the 64-bit fields everywhere, because hours of pictures are more than
 * 4 GiB.
 */

/** A file of an archive; no two have the same name. */
export interface ZipFile {
  readonly name: string;
  readonly content: Blob;
}

/** Bit 11: names are UTF-8. */
const flags = 0x0800;
/** 4.5, the first version with 64-bit fields. */
const version = 45;
const all16 = 0xffff;
const all32 = 0xffffffff;

/** Makes the archive; `time`: the local time that each file gets. */
export async function zipFiles(files: readonly ZipFile[], time: Date): Promise<Blob> {
  const parts: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let position = 0;
  for (const { name, content } of files) {
    const crc = await crcOf(content);
    const entry = { name: new TextEncoder().encode(name), crc, size: content.size, time, position };
    const head = localHeader(entry);
    parts.push(head, content);
    directory.push(directoryEntry(entry));
    position += head.length + content.size;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = endOf({ count: files.length, size, position });
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

interface Entry {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly crc: number;
  readonly size: number;
  readonly time: Date;
  /** Of its local header. */
  readonly position: number;
}

function localHeader({ name, crc, size, time }: Entry): Uint8Array<ArrayBuffer> {
  return new Bytes().u32(0x04034b50).u16(version).u16(flags).u16(0).u32(dosTime(time)).u32(crc)
    .u32(all32).u32(all32).u16(name.length).u16(20).add(name)
    .u16(1).u16(16).u64(size).u64(size).bytes;
}

function directoryEntry({ name, crc, size, time, position }: Entry): Uint8Array<ArrayBuffer> {
  return new Bytes().u32(0x02014b50).u16(version).u16(version).u16(flags).u16(0)
    .u32(dosTime(time)).u32(crc).u32(all32).u32(all32).u16(name.length).u16(28)
    .u16(0).u16(0).u16(0).u32(0).u32(all32).add(name)
    .u16(1).u16(24).u64(size).u64(size).u64(position).bytes;
}

function endOf({ count, size, position }: {
  readonly count: number;
  readonly size: number;
  readonly position: number;
}): Uint8Array<ArrayBuffer> {
  return new Bytes().u32(0x06064b50).u64(44).u16(version).u16(version).u32(0).u32(0)
    .u64(count).u64(count).u64(size).u64(position)
    .u32(0x07064b50).u32(0).u64(position + size).u32(1)
    .u32(0x06054b50).u16(0).u16(0).u16(all16).u16(all16).u32(all32).u32(all32).u16(0).bytes;
}

/** Little-endian numbers, one after the other. */
class Bytes {
  readonly #bytes: number[] = [];

  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes);
  }

  u16(value: number): this {
    return this.add([value & 0xff, value >>> 8]);
  }

  u32(value: number): this {
    return this.u16(value & all16).u16(value >>> 16);
  }

  u64(value: number): this {
    return this.u32(value % 2 ** 32).u32(Math.floor(value / 2 ** 32));
  }

  add(bytes: Iterable<number>): this {
    this.#bytes.push(...bytes);
    return this;
  }
}

/** As MS-DOS has it: from 1980, in steps of two seconds. */
function dosTime(time: Date): number {
  const date = (Math.max(0, time.getFullYear() - 1980) << 9) | (time.getMonth() + 1) << 5 |
    time.getDate();
  const clock = time.getHours() << 11 | time.getMinutes() << 5 | time.getSeconds() >> 1;
  return (date << 16 | clock) >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ value >>> 1 : value >>> 1;
  return value;
});

async function crcOf(content: Blob): Promise<number> {
  let crc = all32;
  const reader = content.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    for (const byte of read.value) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ crc >>> 8;
  }
  return (crc ^ all32) >>> 0;
}
