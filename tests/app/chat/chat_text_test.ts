import { assertEquals } from "../../assert.ts";
import { standings } from "../../../app/chat/chat_grouping.ts";
import { linkify } from "../../../app/chat/text/linkify.ts";
import type { ChatEntry } from "../../../app/chat/chat_entries.ts";

function links(text: string): string[] {
  return linkify(text).flatMap((part) => part.kind === "link" ? [part.href] : []);
}

Deno.test("http and https addresses become links, the rest stays text", () => {
  assertEquals(linkify("see https://a.example/b now"), [
    { kind: "text", text: "see " },
    { kind: "link", text: "https://a.example/b", href: "https://a.example/b" },
    { kind: "text", text: " now" },
  ]);
  assertEquals(links("http://a.example and https://b.example/c?d=1#e"), [
    "http://a.example/",
    "https://b.example/c?d=1#e",
  ]);
});

Deno.test("nothing but http and https is ever linked", () => {
  for (
    const text of [
      "javascript:alert(1)",
      "data:text/html,<script>1</script>",
      "ftp://a.example",
      "//a.example",
      "xhttps://a.example",
      "<img src=x onerror=alert(1)>",
    ]
  ) assertEquals(links(text), [], text);
});

Deno.test("the parts of a line always add up to the line", () => {
  for (
    const text of [
      "",
      "plain",
      "https://a.example.",
      "(https://a.example/b) https://",
      "看 https://a.example/b。好",
    ]
  ) assertEquals(linkify(text).map((part) => part.text).join(""), text);
});

Deno.test("punctuation after an address belongs to the sentence", () => {
  assertEquals(links("Is it https://a.example/b?"), ["https://a.example/b"]);
  assertEquals(links("(see https://a.example/b)."), ["https://a.example/b"]);
  assertEquals(links("https://a.example/b_(c)"), ["https://a.example/b_(c)"]);
  assertEquals(links("去 https://a.example/b，然后"), ["https://a.example/b"]);
});

function said(at: number, part: Partial<Extract<ChatEntry, { kind: "line" }>> = {}): ChatEntry {
  return {
    kind: "line",
    key: `${at}`,
    ref: `${at}`,
    from: "a",
    name: "Ana",
    text: "x",
    at,
    own: false,
    delivery: "delivered",
    to: undefined,
    answers: undefined,
    version: "first",
    change: "none",
    refusal: undefined,
    recent: false,
    ...part,
  };
}

const joined: ChatEntry = { kind: "happened", key: "j", what: "joined", name: "Kenji", at: 0 };

Deno.test("lines of one person within three minutes share head and foot", () => {
  assertEquals(standings([said(0), said(1000), said(2000)]), [
    { first: true, last: false },
    { first: false, last: false },
    { first: false, last: true },
  ]);
});

Deno.test("another person, a pause, an event or another delivery starts anew", () => {
  const alone = { first: true, last: true };
  assertEquals(standings([said(0), said(1, { from: "b" })]), [alone, alone]);
  assertEquals(standings([said(0), said(3 * 60_000)]), [alone, alone]);
  assertEquals(standings([said(0), joined, said(1)]), [alone, alone, alone]);
  const own = { own: true };
  assertEquals(standings([said(0, own), said(1, { ...own, delivery: "waiting" })]), [alone, alone]);
});

Deno.test("own lines stay grouped although a pending one has no name yet", () => {
  const [first, second] = standings([
    said(0, { own: true, from: "", name: "" }),
    said(1, { own: true, from: "me", name: "Mira" }),
  ]);
  assertEquals([first?.last, second?.first], [false, false]);
});
