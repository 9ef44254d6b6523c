import fc from "fast-check";
import { pastedLine, readPasted } from "../../../app/home/pasted.ts";
import { assertEquals } from "../../assert.ts";

const home = "https://meet.example.org/";
const link = "https://meet.example.org/r/tea#invite=a.b-_";

/** Where a text leads, with the other server's name before it; its kind when it leads nowhere. */
function leads(text: string, from = home): string {
  const pasted = readPasted(text, from);
  if (pasted.kind !== "links") return pasted.kind;
  return pasted.links.map(({ sure, host, href }) =>
    (host === undefined ? href : `${host}: ${href}`) + (sure ? "" : "?")
  ).join(" or ");
}

function all(wanted: Readonly<Record<string, string>>, from = home): void {
  for (const [text, to] of Object.entries(wanted)) assertEquals(leads(text, from), to, text);
}

Deno.test("a name leads to its room, also as people write it", () => {
  all({
    "attic": "/r/attic",
    "  attic ": "/r/attic",
    "“attic”.": "/r/attic",
    "#attic": "/r/attic",
    "daily standup": "/r/daily-standup",
    "Tea room.": "/r/Tea-room",
    "阁楼": "/r/%E9%98%81%E6%A5%BC",
    "attic?join=1": "/r/attic?join=1",
    "attic/": "/r/attic",
  });
});

Deno.test("a link leads to its room with all that it holds, with or without its beginning", () => {
  all({
    "/r/attic": "/r/attic",
    "r/attic?join=1": "/r/attic?join=1",
    "meet.example.org/r/attic#invite=a.b": "/r/attic#invite=a.b",
    "https://meet.example.org/r/attic?name=Ann%20B&join=1#owner=a.b":
      "/r/attic?name=Ann%20B&join=1#owner=a.b",
    "http://meet.example.org/R/attic/": "/r/attic",
    "https://MEET.example.org./r/attic": "/r/attic",
    "https://meet.example.org/#attic": "/r/attic",
    "https://meet.example.org/r/attic?join=1&amp;camera=0": "/r/attic?join=1&camera=0",
    "/r/%E9%98%81%E6%A5%BC": "/r/%E9%98%81%E6%A5%BC",
    "https:/meet.example.org/r/attic": "/r/attic",
    "https:meet.example.org/r/attic": "/r/attic",
    "https://meet.example.org/r%2Fattic": "/r/attic",
    "https://meet.example.org/r/attic?name=Ann%20(work)&join=1":
      "/r/attic?name=Ann%20%28work%29&join=1",
    "(https://meet.example.org/r/attic?name=Ann(x))": "/r/attic?name=Ann%28x%29",
    "<https://meet.example.org/r/attic?join=1&camera=0\n  #invite=a.b>":
      "/r/attic?join=1&camera=0#invite=a.b",
  });
});

Deno.test("an own link that may mean a room is a question", () => {
  all({
    "https://meet.example.org/r/tea%20room?join=1": "/r/tea-room?join=1?",
    "https://meet.example.org/r/tea&join=1": "/r/tea?",
    "/r/a%2Fb": "/r/a?",
    "https://meet.example.org/r/tea%20room https://meet.example.org/r/tea": "/r/tea",
    "https://other.example/r/tea%20room": "no-room",
    "https://www.reddit.com/r/tea/comments/1": "no-room",
  });
});

Deno.test("a link is found in whatever stands around it", () => {
  const around = [
    "Hi all,\nwe meet on Monday at 10: LINK.\nSee you, Ann (ann@example.org)",
    "LINK, please come",
    "<LINK>",
    "(LINK)",
    "[LINK]",
    "“LINK”",
    "'LINK'",
    "«LINK»",
    "*LINK*",
    "**Link:** LINK!",
    "[Join](LINK)",
    "[LINK](LINK)",
    "加入会议：LINK。",
    "点击LINK",
    "&lt;LINK&gt;",
    "&quot;LINK&quot;",
    "<LINK|tea>",
    "https://www.google.com/url?q=LINK",
    "LINK\u200b",
    "https://meet.example.org/ LINK https://meet.example.org/doctor",
    "https://www.google.com/url?q=" + encodeURIComponent(link) + "&sa=D",
    "https://eur.safelinks.example/?url=" + encodeURIComponent(link) + "&data=05",
  ];
  for (const text of around) {
    assertEquals(leads(text.replaceAll("LINK", link)), "/r/tea#invite=a.b-_", text);
  }
});

Deno.test("another server is named, and its link is left as it is", () => {
  all({
    "https://other.example/r/tea?join=1#invite=a.b":
      "other.example: https://other.example/r/tea?join=1#invite=a.b",
    "other.example/r/tea": "other.example: https://other.example/r/tea",
    "https://meet.example.org:8443/r/tea":
      "meet.example.org:8443: https://meet.example.org:8443/r/tea",
    "https://meet.example.org/talk/r/tea":
      "meet.example.org/talk: https://meet.example.org/talk/r/tea",
    "https://meet.example.org@evil.example/r/tea": "evil.example: https://evil.example/r/tea",
    "192.168.1.5:8000/r/tea": "192.168.1.5:8000: http://192.168.1.5:8000/r/tea",
    "http://[::1]:8000/r/tea": "[::1]:8000: http://[::1]:8000/r/tea",
    "https://other.example/#tea": "other.example: https://other.example/#tea",
  });
  all({
    "https://meet.example.org/talk/r/tea": "/talk/r/tea",
    "talk/r/tea": "nothing",
    "/talk/r/tea": "/talk/r/tea",
    "r/tea": "/talk/r/tea",
    "tea": "/talk/r/tea",
    "https://meet.example.org/r/tea": "meet.example.org: https://meet.example.org/r/tea",
  }, "https://meet.example.org/talk/");
  assertEquals(leads("localhost:8000/r/tea", "http://localhost:8000/"), "/r/tea");
});

Deno.test("of several links of one room the fullest counts; of several rooms none is chosen", () => {
  all({
    [`https://meet.example.org/r/tea ${link} https://meet.example.org/r/tea?join=1`]:
      "/r/tea#invite=a.b-_",
    "https://meet.example.org/r/tea https://meet.example.org/r/den": "/r/tea or /r/den",
    "https://other.example/r/tea https://meet.example.org/r/tea":
      "other.example: https://other.example/r/tea or /r/tea",
  });
});

Deno.test("text without a room leads nowhere, and links are found among other words", () => {
  for (const text of ["", "  ", "a/b", "#", "🍵", "Hello, join me", "Room: tea", "x".repeat(65)]) {
    assertEquals(leads(text), "nothing", text);
  }
  for (
    const text of [
      "https://meet.example.org/",
      "meet.example.org",
      "/r/",
      "/r/%",
      "https://en.wikipedia.org/wiki/Tea#History",
      "javascript:alert(1)//r/tea",
    ]
  ) assertEquals(leads(text), "no-room", text);
  assertEquals(leads("ftp://other.example/r/tea"), "nothing");
});

Deno.test("whatever is written, only our own addresses lead on without a question", () => {
  const piece = fc.constantFrom(
    ..."/ : @ # ? . \\ [ ] ( < \n % é tea r /r/ // http:// https:// javascript: data:".split(" "),
    "meet.example.org",
    "evil.example",
    "meet.example.org:1",
    " ",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const pasted = readPasted(pieces.join(""), home);
      if (pasted.kind !== "links") return;
      for (const { host, href } of pasted.links) {
        const { origin, protocol, pathname } = new URL(href, home);
        if (host === undefined) {
          assertEquals([origin, pathname.startsWith("/r/")], [new URL(home).origin, true], href);
        } else assertEquals(/^https?:$/.test(protocol) && href.includes("://"), true, href);
      }
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("a paste becomes one line, and a link that only its formatting holds is that link", () => {
  const html = `<p>Click <a class="b" href="${link}&amp;x=1">here</a></p>`;
  assertEquals(pastedLine({ plain: "Click here", html }, home), `${link}&amp;x=1`);
  assertEquals(pastedLine({ plain: `at\r\n${link}\r\nAnn`, html }, home), `at ${link} Ann`);
  assertEquals(pastedLine({ plain: "tea", html: "" }, home), "tea");
  assertEquals(
    pastedLine({ plain: "tea", html: '<a href="https://x.example/">tea</a>' }, home),
    "tea",
  );
});

const secret = `_-${"a9".repeat(20)}A`;
const sealed = `https://meet.example.org/r/tea#k=${secret}`;

Deno.test("a link to a sealed room keeps its secret, also broken over lines and beside others", () => {
  const to = `/r/tea#k=${secret}`;
  const [head, tail] = [sealed.slice(0, 60), sealed.slice(60)];
  all({
    [sealed]: to,
    [`${sealed}.`]: to,
    [`Hi all,\n${head}\n${tail}\nSee you, Ann`]: to,
    [`> Hi all,\n> ${head}\n> ${tail}\n> See you`]: to,
    [`${head} ${tail}`]: to,
    [`<${head}\n  ${tail}>`]: to,
    [`tea?join=1#k=${secret}`]: `/r/tea?join=1#k=${secret}`,
    [`${sealed}&amp;invite=a.b`]: `${to}&invite=a.b`,
    [`https://mail.example/?u=${encodeURIComponent(sealed)}`]: to,
    [`https://meet.example.org/r/tea?join=1#invite=a.b ${sealed}`]: to,
    [`${sealed} https://meet.example.org/r/tea?join=1#invite=a.b`]: to,
  });
  assertEquals(leads(`${sealed.slice(0, 60)} see you`), sealed.slice(24, 60));
});
