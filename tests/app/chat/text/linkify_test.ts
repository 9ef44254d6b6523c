// Where an address begins and ends in a line that people wrote, and where it leads.

import { assert, assertEquals } from "../../../assert.ts";
import { linkify } from "../../../../app/chat/text/linkify.ts";

const links = (text: string) => linkify(text).filter((part) => part.kind === "link");
const a = "https://a.example/b";

/** A line and the addresses in it, as they stand there. */
const table: [line: string, ...addresses: string[]][] = [
  // Brackets
  [
    "(see https://en.wikipedia.org/wiki/Foo_(bar))",
    "https://en.wikipedia.org/wiki/Foo_(bar)",
  ],
  ["https://en.wikipedia.org/wiki/Foo_(bar).", "https://en.wikipedia.org/wiki/Foo_(bar)"],
  ["https://a.example/(b)/(c)", "https://a.example/(b)/(c)"],
  ["https://a.example/b(c(d))e", "https://a.example/b(c(d))e"],
  ["((https://a.example/b))", a],
  ["[https://a.example/b]", a],
  ["[the page](https://a.example/b).", a],
  ["[one](https://a.example/b)[two](https://c.example/)", a, "https://c.example/"],
  ["{https://a.example/b}", a],
  ["https://a.example/?q[]=1&r[2]=3", "https://a.example/?q[]=1&r[2]=3"],
  ["(https://a.example/b[1])", "https://a.example/b[1]"],
  ["https://a.example/b(see below)", "https://a.example/b(see"],
  ["https://a.example/b (", a],
  ["https://a.example/b(", a],
  ["<https://a.example/b>", a],
  ["http://[::1]:8000/x", "http://[::1]:8000/x"],
  ["[http://[::1]:8000]", "http://[::1]:8000"],
  // Quotation marks and apostrophes
  ["https://a.example/it's_here", "https://a.example/it's_here"],
  ["https://en.wikipedia.org/wiki/Ender's_Game.", "https://en.wikipedia.org/wiki/Ender's_Game"],
  ["https://a.example/Schrödinger’s_cat", "https://a.example/Schrödinger’s_cat"],
  ["https://a.example's page", "https://a.example"],
  ["https://a.example’s page", "https://a.example"],
  ["https://a.example:8443's", "https://a.example:8443"],
  ["'https://a.example/b'", a],
  ["'https://a.example/b','https://c.example/'", a, "https://c.example/"],
  ["fetch('https://a.example/b')", a],
  ['"https://a.example/b"', a],
  ["`https://a.example/b`", a],
  ["‘https://a.example/b’", a],
  ["‘https://a.example/b’, he said", a],
  ["“https://a.example/b”", a],
  ["„https://a.example/b“", a],
  ["„https://a.example/b”", a],
  ["‚https://a.example/b‘", a],
  ["«https://a.example/b»", a],
  ["« https://a.example/b »", a],
  ["»https://a.example/b«", a],
  ["‹https://a.example/b›", a],
  ["「https://a.example/b」", a],
  ["『https://a.example/b』です", a],
  ["“https://a.example/b”是", a],
  ["《https://a.example/b》", a],
  ["【https://a.example/b】", a],
  ["〈https://a.example/b〉", a],
  ["＂https://a.example/b＂", a],
  ["（https://a.example/b）", a],
  ["⟨https://a.example/b⟩", a],
  // The end of a sentence
  ["Is it https://a.example/b?", a],
  ["https://a.example/b!", a],
  ["https://a.example/b,", a],
  ["https://a.example/b;", a],
  ["https://a.example/b:", a],
  ["https://a.example/b...", a],
  ["https://a.example/b…", a],
  ["https://a.example/b?!", a],
  ["https://a.example/b).\"'", a],
  ["https://a.example/b — and", a],
  ["https://a.example/b—", a],
  ["去 https://a.example/b，然后", a],
  ["看https://a.example/b。", a],
  ["https://a.example/b、https://c.example/", a, "https://c.example/"],
  ["https://a.example/b！", a],
  ["https://a.example/b？", a],
  ["https://a.example/b；", a],
  ["https://a.example/b～", a],
  ["راجع https://a.example/b،", a],
  ["https://a.example/b؟", a],
  ["https://a.example/b۔", a],
  ["https://a.example/b।", a],
  ["https://a.example/b։", a],
  ["*https://a.example/b*", a],
  ["**https://a.example/b**", a],
  ["_https://a.example/b_", a],
  ["~~https://a.example/b~~", a],
  ["|https://a.example/b|", a],
  ["https://a.example,https://c.example/", "https://a.example", "https://c.example/"],
  [
    "https://a.example/b,https://c.example/d;HTTP://e.example",
    a,
    "https://c.example/d",
    "HTTP://e.example",
  ],
  ["https://a.example*b*", "https://a.example"],
  // What belongs to the address
  ["https://a.example/?to=https://c.example/", "https://a.example/?to=https://c.example/"],
  [
    "https://a.example/web/2020/https://c.example/",
    "https://a.example/web/2020/https://c.example/",
  ],
  ["https://a.example/b,c", "https://a.example/b,c"],
  ["https://a.example?q='s", "https://a.example?q='s"],
  ["https://a.example/b_", "https://a.example/b_"],
  ["https://a.example/b/", "https://a.example/b/"],
  ["https://a.example/#", "https://a.example/#"],
  ["https://a.example/?a=1&b=2%20", "https://a.example/?a=1&b=2%20"],
  ["https://a.example/a.b,c;d:e!f*g", "https://a.example/a.b,c;d:e!f*g"],
  ["https://a.example/@ann/+1/$2/~x", "https://a.example/@ann/+1/$2/~x"],
  [
    "https://en.wikipedia.org/wiki/Michelson–Morley",
    "https://en.wikipedia.org/wiki/Michelson–Morley",
  ],
  ["https://ja.wikipedia.org/wiki/佐々木", "https://ja.wikipedia.org/wiki/佐々木"],
  ["https://zh.wikipedia.org/wiki/中国 好", "https://zh.wikipedia.org/wiki/中国"],
  ["https://fa.wikipedia.org/wiki/می‌خواهم", "https://fa.wikipedia.org/wiki/می‌خواهم"],
  ["https://ca.wikipedia.org/wiki/Col·legi", "https://ca.wikipedia.org/wiki/Col·legi"],
  ["https://a.example/😀", "https://a.example/😀"],
  ["HTTPS://A.EXAMPLE/B", "HTTPS://A.EXAMPLE/B"],
  ["https://a.example\nhttp://c.example", "https://a.example", "http://c.example"],
  ["https://a.example:8443/b", "https://a.example:8443/b"],
  // What cannot be seen, or turns the rest around
  ["https://a.example/b\u202Egnp.exe", a],
  ["https://a.example/b\u200f", a],
  ["https://a.example/b\u2067x", a],
  ["https://a.example/b\u061cx", a],
  ["https://a.exam\u200bple/", "https://a.exam"],
  ["https://a.example/b\u00adx", a],
  ["https://a.example/b\ufeff", a],
  ["https://a.example/b\u200d", a],
  ["https://a.example/b\u0007", a],
  // No addresses
  ["javascript:alert(1)"],
  ["data:text/html,x"],
  ["xhttps://a.example"],
  ["https://"],
  ["https://)"],
  ["https://a.example:99999/"],
  ["https://paypal.com@evil.example/"],
  ["https://ann:secret@a.example/"],
  ["https://paypal.com\\@evil.example/", "https://paypal.com"],
];

/** A line as it can be read in a list of tests. */
function quoted(line: string): string {
  const hidden = /\p{Cf}/gu;
  return JSON.stringify(line).replace(hidden, (sign) => `<${sign.codePointAt(0)?.toString(16)}>`);
}

for (const [line, ...addresses] of table) {
  Deno.test(`${quoted(line)} holds ${addresses.join(" and ") || "no address"}`, () => {
    assertEquals(links(line).map(({ text }) => text), addresses);
    check(line);
  });
}

/** What is true of every line. */
function check(line: string): void {
  const parts = linkify(line);
  assertEquals(parts.map(({ text }) => text).join(""), line, "nothing is lost or added");
  for (const part of parts) {
    if (part.kind === "text") continue;
    const { protocol, href, hostname } = new URL(part.href);
    assert(/^https?:$/.test(protocol));
    assertEquals(href, new URL(part.text).href, "it leads where it says");
    assertEquals(
      part.host ?? hostname,
      hostname,
      "a host that reads otherwise is told as it really is",
    );
    assert(part.host !== undefined || part.text.toLowerCase().includes(hostname), part.text);
    assert(!/[\s\p{Bidi_Control}"<>]/u.test(part.text), "it reads in one direction");
  }
}

Deno.test("a host that looks like another one is shown as it is", () => {
  const hosts = (line: string) =>
    links(line).map((part) => part.kind === "link" ? part.host : undefined);
  assertEquals(hosts("https://аррӏе.com/"), ["xn--80ak6aa92e.com"]);
  assertEquals(hosts("https://müller.example/"), ["xn--mller-kva.example"]);
  assertEquals(hosts("https://ｇｏｏｄ.example/"), ["good.example"]);
  assertEquals(hosts("http://3232235777/"), ["192.168.1.1"]);
  assertEquals(hosts("http://0x7f.1/"), ["127.0.0.1"]);
  assertEquals(hosts("https://A.example:443/b"), [undefined]);
});

Deno.test("any combination of parts loses nothing, and every link leads where it says", () => {
  const pieces = [
    ..."()[]{}<>'\"`‘’“”«»*_~|.,;:!?…—-/\\@#%&。，」\u202e\u2066\u2069\u200b\u200d\u00ad 中éא😀",
    "https://",
    " https://a.example/",
    "http://",
    "a.example",
    "b",
    "\n",
    "аррӏе.com",
  ];
  let state = 7;
  const random = (below: number) => {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    return (state >>> 8) % below;
  };
  let found = 0;
  for (let round = 0; round < 20_000; round++) {
    const line = Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join(
      "",
    );
    check(line);
    found += links(line).length;
  }
  assert(found > 1_000, `${found} links were looked at`);
});

Deno.test("a long line of punctuation is parsed quickly", () => {
  for (const sign of ["*", "(", "'", "https://a.example/.", "_"]) {
    check(`https://a.example/${sign.repeat(4_000)}b`);
  }
});
