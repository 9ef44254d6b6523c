/**
 * The behaviours that the Autobahn test suite describes, each named by the number of its case
 * there: framing, pings, reserved bits, opcodes, fragments, UTF-8, closing, limits. Binary
 * messages, which the suite echoes, are refused here.
 */
import { opcode } from "../../../server/websocket/frame.ts";
import { clientClose, type ClientFrame, clientFrame, joined } from "./client_frame.ts";

const start = (more: ClientFrame = {}) => clientFrame({ payload: "frag", fin: false, ...more });
const next = (more: ClientFrame = {}) =>
  clientFrame({ code: opcode.continuation, payload: "ment", ...more });
export const ping = (payload: string | Uint8Array = "") =>
  clientFrame({ code: opcode.ping, payload });
const pong = (payload = "") => clientFrame({ code: opcode.pong, payload });
const text = (payload: string | Uint8Array, more: ClientFrame = {}) =>
  clientFrame({ payload, ...more });

function hex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Greek and other letters of 2 to 4 bytes. */
const kosme = hex("cebae1bdb9cf83cebcceb5");
const surrogate = hex("eda080");
const edited = hex("656469746564");

/** The number of a case, the parts in which its bytes come, and what the reader calls. */
export const cases: readonly [string, readonly Uint8Array[], readonly string[]][] = [
  // 1 Framing
  ["1.1.1", [text("")], ["text "]],
  ["1.1.2", [text("*".repeat(125))], ["text of 125"]],
  ["1.1.3", [text("*".repeat(126))], ["text of 126"]],
  ["1.1.4", [text("*".repeat(127))], ["text of 127"]],
  ["1.1.5", [text("*".repeat(128))], ["text of 128"]],
  ["1.1.6", [text("*".repeat(65_535))], ["text of 65535"]],
  ["1.1.7", [text("*".repeat(65_536))], ["text of 65536"]],
  ["1.1.8 in pieces of 997", sliced(text("*".repeat(65_536)), 997), ["text of 65536"]],
  ["1.2.1 binary", [clientFrame({ code: opcode.binary })], ["fault 1003"]],
  // 2 Pings and pongs
  ["2.1", [ping()], ["ping 0"]],
  ["2.2", [ping("Hello, world!")], ["ping 13"]],
  ["2.3 binary payload", [ping(hex("00fffefdfcfb00ff"))], ["ping 8"]],
  ["2.4", [ping("*".repeat(125))], ["ping 125"]],
  ["2.5 over 125 bytes", [ping("*".repeat(126))], ["fault 1002"]],
  ["2.6 byte by byte", sliced(ping("*".repeat(125)), 1), ["ping 125"]],
  ["2.7 unsolicited pong", [pong()], ["pong"]],
  ["2.8 unsolicited pong, payload", [pong("hi")], ["pong"]],
  ["2.9 pong, then ping", [pong("hi"), ping("hi")], ["pong", "ping 2"]],
  ["2.10 ten pings", Array(10).fill(ping("x")), Array(10).fill("ping 1")],
  [
    "2.11 ten pings in pieces",
    sliced(joined(Array(10).fill(ping("x"))), 1),
    Array(10).fill("ping 1"),
  ],
  // 3 Reserved bits
  ["3.1", [text("Hello", { reserved: 1 })], ["fault 1002"]],
  ["3.2 after a good one", [text("a"), text("b", { reserved: 2 }), ping()], [
    "text a",
    "fault 1002",
  ]],
  ["3.3", [text("a"), text("b", { reserved: 3 })], ["text a", "fault 1002"]],
  ["3.4", sliced(joined([text("a"), text("b", { reserved: 4 })]), 1), ["text a", "fault 1002"]],
  ["3.5 binary", [clientFrame({ code: opcode.binary, reserved: 5 })], ["fault 1002"]],
  ["3.6 ping", [clientFrame({ code: opcode.ping, reserved: 6 })], ["fault 1002"]],
  ["3.7 close", [clientFrame({ code: opcode.close, reserved: 7 })], ["fault 1002"]],
  // 4 Opcodes
  ...[3, 4, 5, 6, 7].map((code, index): (typeof cases)[number] => [
    `4.1.${index + 1}`,
    [text("a"), clientFrame({ code, payload: "b" }), ping()],
    ["text a", "fault 1002"],
  ]),
  ...[11, 12, 13, 14, 15].map((code, index): (typeof cases)[number] => [
    `4.2.${index + 1}`,
    [text("a"), clientFrame({ code }), ping()],
    ["text a", "fault 1002"],
  ]),
  // 5 Fragments
  ["5.1 fragmented ping", [clientFrame({ code: opcode.ping, fin: false })], ["fault 1002"]],
  ["5.2 fragmented pong", [clientFrame({ code: opcode.pong, fin: false })], ["fault 1002"]],
  ["5.3", [start(), next()], ["text fragment"]],
  ["5.4 at once", [joined([start(), next()])], ["text fragment"]],
  ["5.5 byte by byte", sliced(joined([start(), next()]), 1), ["text fragment"]],
  ["5.6 ping between", [start(), ping("p"), next()], ["ping 1", "text fragment"]],
  ["5.7", [joined([start(), ping("p"), next()])], ["ping 1", "text fragment"]],
  ["5.8", sliced(joined([start(), ping("p"), next()]), 1), ["ping 1", "text fragment"]],
  ["5.9 nothing to continue", [next(), text("a")], ["fault 1002"]],
  ["5.10", [joined([next(), text("a")])], ["fault 1002"]],
  ["5.11", sliced(joined([next(), text("a")]), 1), ["fault 1002"]],
  ["5.12 not the last, nothing to continue", [next({ fin: false }), text("a")], ["fault 1002"]],
  ["5.13", [joined([next({ fin: false }), text("a")])], ["fault 1002"]],
  ["5.14", sliced(joined([next({ fin: false }), text("a")]), 1), ["fault 1002"]],
  ["5.15 after a complete one", [start(), next(), next({ fin: false })], [
    "text fragment",
    "fault 1002",
  ]],
  ["5.16", [next({ fin: false }), text("a"), next()], ["fault 1002"]],
  ["5.17", [next(), text("a"), next()], ["fault 1002"]],
  ["5.18 a new message within one", [start(), text("a")], ["fault 1002"]],
  [
    "5.19 five fragments, pings between",
    [
      start(),
      next({ fin: false }),
      ping("1"),
      next({ fin: false }),
      ping("2"),
      next({ fin: false }),
      next(),
    ],
    [
      "ping 1",
      "ping 1",
      "text fragmentmentmentment",
    ],
  ],
  ["5.20 at once", [joined([start(), ping("1"), next({ fin: false }), ping("2"), next()])], [
    "ping 1",
    "ping 1",
    "text fragmentment",
  ]],
  // 6 UTF-8
  ["6.1.1", [text("")], ["text "]],
  ["6.1.2 empty fragments", [
    start({ payload: "" }),
    next({ payload: "", fin: false }),
    next({ payload: "" }),
  ], ["text "]],
  ["6.1.3 only the middle has text", [
    start({ payload: "" }),
    next({ payload: "mid", fin: false }),
    next({ payload: "" }),
  ], ["text mid"]],
  ["6.2.1", [text("Hello-µ@ßöäüàá-UTF-8!!")], ["text of 22"]],
  ["6.2.2 fragments between letters", [
    start({ payload: "Hello-µ@ßöä" }),
    next({ payload: "üàá-UTF-8!!" }),
  ], ["text of 22"]],
  ["6.2.3 fragments of one byte", fragments(new TextEncoder().encode("Hello-µ@ßöä")), [
    "text Hello-µ@ßöä",
  ]],
  ["6.2.4", fragments(kosme), ["text κ\u1f79σμε"]],
  ["6.3.1 malformed", [text(joined([kosme, surrogate, edited]))], ["fault 1007"]],
  ["6.3.2 malformed, fragments of one byte", fragments(joined([kosme, surrogate, edited])), [
    "fault 1007",
  ]],
  ["6.4.1 at once, before the last fragment", [
    start({ payload: kosme }),
    next({ payload: hex("f4908080"), fin: false }),
  ], ["fault 1007"]],
  ["6.4.2", [
    start({ payload: joined([kosme, hex("f4")]) }),
    next({ payload: hex("90"), fin: false }),
  ], ["fault 1007"]],
  ["6.4.3 within a frame", sliced(text(joined([kosme, hex("f4908080"), edited])), 1), [
    "fault 1007",
  ]],
  ["6.5.1 letters of one byte", [text(hex("68656c6c6f24776f726c64"))], ["text hello$world"]],
  ["6.5.2", [text("hello¢world")], ["text hello¢world"]],
  ["6.5.3", [text("hello€world")], ["text hello€world"]],
  ["6.5.4", [text("hello𤭢world")], ["text hello𤭢world"]],
  ...["ce", "cebae1", "cebae1bd", "cebae1bdb9cf", "cebae1bdb9cf83ce", "cebae1bdb9cf83cebcce"].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [`6.6.${index * 2 + 1} cut off`, [text(hex(digits))], [
      "fault 1007",
    ]],
  ),
  ["6.6.11", [text(kosme)], ["text κ\u1f79σμε"]],
  ["6.7.1", [text(hex("00"))], ["text \0"]],
  ["6.7.2", [text(hex("c280"))], ["text \u0080"]],
  ["6.7.3", [text(hex("e0a080"))], ["text ࠀ"]],
  ["6.7.4", [text(hex("f0908080"))], ["text 𐀀"]],
  ...["f888808080", "fc8480808080"].map((digits, index): (typeof cases)[number] => [
    `6.8.${index + 1} five and six bytes`,
    [text(hex(digits))],
    ["fault 1007"],
  ]),
  ["6.9.1", [text(hex("7f"))], ["text \x7f"]],
  ["6.9.2", [text(hex("dfbf"))], ["text ߿"]],
  ["6.9.3", [text(hex("efbfbf"))], ["text \uffff"]],
  ["6.9.4", [text(hex("f48fbfbf"))], ["text 􏿿"]],
  ...["f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf"].map((digits, index): (typeof cases)[number] => [
    `6.10.${index + 1} above U+10FFFF`,
    [text(hex(digits))],
    ["fault 1007"],
  ]),
  ["6.11.1", [text(hex("ed9fbf"))], ["text ퟿"]],
  ["6.11.2", [text(hex("ee8080"))], ["text \ue000"]],
  ["6.11.3", [text(hex("efbfbd"))], ["text �"]],
  ["6.11.5", [text(hex("f4908080"))], ["fault 1007"]],
  ...["80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf"].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [
      `6.12.${index + 1} continuation bytes alone`,
      [text(hex(digits))],
      ["fault 1007"],
    ],
  ),
  ...["c020c120", "e020e120", "f020f120", "f820f920", "fc20fd20"].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [`6.13.${index + 1} first bytes alone`, [text(hex(digits))], [
      "fault 1007",
    ]],
  ),
  ...[
    "c0",
    "e080",
    "f08080",
    "f8808080",
    "fc80808080",
    "df",
    "efbf",
    "f7bfbf",
    "fbbfbfbf",
    "fdbfbfbfbf",
  ].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [`6.14.${index + 1} last byte missing`, [text(hex(digits))], [
      "fault 1007",
    ]],
  ),
  ["6.15.1", [text(hex("c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"))], [
    "fault 1007",
  ]],
  ...["fe", "ff", "fefeffff"].map((
    digits,
    index,
  ): (typeof cases)[number] => [`6.16.${index + 1}`, [text(hex(digits))], ["fault 1007"]]),
  ...["c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [`6.17.${index + 1} overlong`, [text(hex(digits))], [
      "fault 1007",
    ]],
  ),
  ...["c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [`6.18.${index + 1} overlong`, [text(hex(digits))], [
      "fault 1007",
    ]],
  ),
  ...["c080", "e08080", "f0808080", "f880808080", "fc8080808080"].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [`6.19.${index + 1} overlong zero`, [text(hex(digits))], [
      "fault 1007",
    ]],
  ),
  ...["eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [`6.20.${index + 1} surrogates`, [text(hex(digits))], [
      "fault 1007",
    ]],
  ),
  ...[
    "eda080edb080",
    "eda080edbfbf",
    "edadbfedb080",
    "edadbfedbfbf",
    "edae80edb080",
    "edae80edbfbf",
    "edafbfedb080",
    "edafbfedbfbf",
  ].map(
    (
      digits,
      index,
    ): (typeof cases)[number] => [`6.21.${index + 1} surrogate pairs`, [text(hex(digits))], [
      "fault 1007",
    ]],
  ),
  ["6.22.1 not a character, but UTF-8", [text(hex("efbfbe"))], ["text \ufffe"]],
  ["6.23.1", [text(hex("efbfb9"))], ["text \ufff9"]],
  ["a byte order mark is text", [text(hex("efbbbf41"))], ["text \ufeffA"]],
  // 7 Close
  ["7.1.1", [text("Hello"), clientClose(1000)], ["text Hello", "close 1000 "]],
  ["7.1.2 twice", [clientClose(1000), clientClose(1000)], ["close 1000 "]],
  ["7.1.3 ping after it", [clientClose(1000), ping()], ["close 1000 "]],
  ["7.1.4 text after it", [clientClose(1000), text("a")], ["close 1000 "]],
  ["7.1.5 within a message", [start(), clientClose(1000), next()], ["close 1000 "]],
  ["7.1.6", [joined([text("*".repeat(65_536)), text("Hello"), clientClose(1000)])], [
    "text of 65536",
    "text Hello",
    "close 1000 ",
  ]],
  ["7.3.1 no code", [clientClose()], ["close 1005 "]],
  ["7.3.2 one byte", [clientFrame({ code: opcode.close, payload: "a" })], ["fault 1002"]],
  ["7.3.3", [clientClose(1000)], ["close 1000 "]],
  ["7.3.4", [clientClose(1000, "Hello World!")], ["close 1000 Hello World!"]],
  ["7.3.5 reason of 123 bytes", [clientClose(1000, "*".repeat(123))], [
    `close 1000 ${"*".repeat(123)}`,
  ]],
  ["7.3.6 reason of 124 bytes", [clientClose(1000, "*".repeat(124))], ["fault 1002"]],
  ["7.5.1 reason is not UTF-8", [clientClose(1000, joined([kosme, surrogate, edited]))], [
    "fault 1007",
  ]],
  ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999].map(
    (
      code,
      index,
    ): (typeof cases)[number] => [`7.7.${index + 1}`, [clientClose(code)], [`close ${code} `]],
  ),
  ...[0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999].map(
    (
      code,
      index,
    ): (typeof cases)[number] => [`7.9.${index + 1}`, [clientClose(code)], ["fault 1002"]],
  ),
  ["7.13.1", [clientClose(5000)], ["fault 1002"]],
  ["7.13.2", [clientClose(65_535)], ["fault 1002"]],
  // 10 Auto-fragmentation
  ["10.1.1", chopped("*".repeat(65_536), 1_300), ["text of 65536"]],
  // Limits, and what only a broken client does
  ["64 KiB and one byte", [text("*".repeat(65_537))], ["fault 1009"]],
  ["64 KiB and one byte in fragments", chopped("*".repeat(65_537), 1_000), ["fault 1009"]],
  ["refused by its header alone", [text("", { claims: 65_537n })], ["fault 1009"]],
  ["2 to the 63", [text("", { claims: 2n ** 63n })], ["fault 1009"]],
  ["not masked", [text("a", { masked: false })], ["fault 1002"]],
  ["a length of 5 in two bytes", [text("Hello", { lengthBytes: 2 })], ["fault 1002"]],
  ["a length of 300 in eight bytes", [text("*".repeat(300), { lengthBytes: 8 })], ["fault 1002"]],
];

/** In pieces of so many bytes. */
export function sliced(bytes: Uint8Array, length: number): Uint8Array[] {
  return Array.from(
    { length: Math.ceil(bytes.length / length) },
    (_, index) => bytes.subarray(index * length, (index + 1) * length),
  );
}

/** A message whose fragments have one byte each. */
function fragments(bytes: Uint8Array): Uint8Array[] {
  return [...bytes].map((byte, index) =>
    clientFrame({
      code: index === 0 ? opcode.text : opcode.continuation,
      payload: new Uint8Array([byte]),
      fin: index === bytes.length - 1,
    })
  );
}

/** A message in fragments of so many bytes. */
function chopped(message: string, length: number): Uint8Array[] {
  const parts = sliced(new TextEncoder().encode(message), length);
  return parts.map((payload, index) =>
    clientFrame({
      code: index === 0 ? opcode.text : opcode.continuation,
      payload,
      fin: index === parts.length - 1,
    })
  );
}
