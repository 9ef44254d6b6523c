// The browser's own translation works on the page's text nodes, not knowing who drew them. What
// says how things are stays true: captions are left out of it, and what people wrote is drawn anew
// with each change.

import { assert, assertEquals } from "../assert.ts";
import {
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { rewrite } from "./chat_page.ts";

/**
 * How a tool puts its words in: its own nodes in place of a text, or other words in the text
 * that is there.
 */
type Way = "wrap" | "rewrite";

/**
 * Runs in the page: translates all there is and all that comes, as Chromium ("wrap") and Firefox
 * ("rewrite") do. `heeds`: leaves alone what a page asks to be left alone.
 */
function translatePage({ way, heeds }: { way: Way; heeds: boolean }): void {
  const done = new WeakSet<Node>();
  const left = "script, style, textarea, input" + (heeds ? ', .notranslate, [translate="no"]' : "");
  const translate = (text: Text) => {
    const { parentElement } = text;
    if (done.has(text) || parentElement === null || text.data.trim() === "") return;
    if (parentElement.closest(left) !== null) return;
    if (way === "rewrite") {
      done.add(text);
      text.data = `«${text.data}»`;
      return;
    }
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    const words = document.createTextNode(`«${text.data}»`);
    done.add(words);
    inner.append(words);
    outer.append(inner);
    text.replaceWith(outer);
  };
  const walk = (root: Node) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    if (root instanceof Text) texts.push(root);
    while (walker.nextNode() !== null) {
      if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
    }
    texts.forEach(translate);
  };
  walk(document.body);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) walk(node);
  }).observe(document.body, { childList: true, subtree: true });
}

/** The words on a key of the bar as they are seen, and as they are said. */
function keyWords({ page }: Peer, icon: RegExp): Promise<string[] | undefined> {
  return page.evaluate((source) => {
    const pattern = new RegExp(source);
    const key = [...document.querySelectorAll<HTMLElement>(".bar-key[aria-label]")]
      .find((key) => pattern.test(key.getAttribute("aria-label") ?? ""));
    const caption = key?.querySelector<HTMLElement>(".bar-key-caption")?.textContent ?? "";
    return key && [key.getAttribute("aria-label") ?? "", caption];
  }, icon.source);
}

/** The lines of the log, each as its text is seen. */
function lines({ page }: Peer): Promise<string[]> {
  return page.$$eval(".chat-line .chat-text", (all) => all.map((it) => it.textContent ?? ""));
}

/** Picks a row of the menu of the line that says `text` itself, and does not only quote it. */
async function pick(peer: Peer, text: string, row: string | RegExp): Promise<void> {
  await waitFor(() =>
    peer.page.evaluate((text) => {
      const line = [...document.querySelectorAll(".chat-line")].find((line) =>
        line.querySelector(".chat-text")?.textContent?.includes(text)
      );
      const key = line?.querySelector<HTMLElement>(".line-key");
      key?.focus();
      return document.activeElement === key && key !== undefined;
    }, text), { what: `the key of "${text}"` });
  await peer.page.keyboard.press("Enter");
  await peer.press(row);
}

function uncaught({ complaints }: Peer): string[] {
  return complaints.filter(({ kind }) => kind === "exception").map(({ text }) => text);
}

/** Mutes, unmutes and mutes again; the key says each time what a press would do. */
async function pressMicrophone(ann: Peer): Promise<void> {
  for (const [pressed, shown] of [["Mute", "Unmute"], ["Unmute", "Mute"], ["Mute", "Unmute"]]) {
    await ann.press(pressed ?? "");
    await waitForValue(() => keyWords(ann, /[Mm]ute$/), [shown ?? "", shown ?? ""], {
      what: `the key to say ${shown}`,
    });
  }
}

for (const way of ["wrap", "rewrite"] as const) {
  Deno.test(`translated (${way}), a running call says how things are, and a changed line is whole`, async () => {
    await using server = await startServer();
    await using chromium = await launchChromium();
    const talker = { server, room: "tea", camera: false };
    await using ann = await joinByLink(chromium, { ...talker, name: "Ann" });
    await ann.page.setViewport({ width: 1440, height: 900 });
    await ann.press("Chat");
    const bob = await joinByLink(chromium, { ...talker, name: "Bob" });
    await waitForTiles([ann, bob], 1);
    await bob.say("hello there");
    await waitForValue(() => lines(ann), ["hello there"], { what: "Bob's line" });
    await ann.page.evaluate(translatePage, { way, heeds: true });
    await waitForValue(() => lines(ann), ["«hello there»"], {
      what: "what was written, translated",
    });

    await pressMicrophone(ann);
    await pick(bob, "hello there", "Edit");
    await rewrite(bob, "good evening");
    await waitForValue(() => lines(ann), ["«good evening»edited"], { what: "the line, changed" });
    await pick(bob, "good evening", "Edit");
    await rewrite(bob, "good *night* https://example.org/ all");
    await waitFor(async () => {
      const [line = ""] = await lines(ann);
      return /night/.test(line) && /edited$/.test(line) && !/evening|hello/.test(line);
    }, { what: "the line, changed again" });
    await ann.say("mine");
    await waitFor(async () => (await lines(ann)).at(-1) === "«mine»", { what: "an own line" });
    await pick(bob, "mine", "Reply");
    await bob.say("yours");
    await waitFor(async () => (await lines(ann)).at(-1) === "«yours»", { what: "an answer" });
    await pick(ann, "mine", "Edit");
    await rewrite(ann, "ours");
    const quoted = () => ann.page.$eval(".chat-quote", (it) => it.textContent);
    await waitForValue(quoted, "Ann«ours»", { what: "the quote, changed" });
    await pick(bob, "night", /^(Delete|Take)/);
    await waitFor(async () => {
      const [line = ""] = await lines(ann);
      return line !== "" && !/night|«/.test(line);
    }, { what: "the line to be gone" });

    await bob.press("Leave");
    await waitForTiles([ann], 0);
    await bob.press("Rejoin");
    await waitForTiles([ann], 1);
    await waitFor(async () => (await ann.chat()).match(/Bob joined/g)?.length === 2, {
      what: "what happened, in our own words",
    });
    await ann.press("Leave");
    await waitFor(() => ann.page.$("::-p-text(You left)"), { what: "the last page" });
    await ann.press("Rejoin");
    await waitForTiles([ann, bob], 1);
    assertEquals(await keyWords(ann, /[Mm]ute$/).then((words) => words?.[0] === words?.[1]), true);
    assertEquals([...uncaught(ann), ...uncaught(bob)], []);
    await bob.close();
  });
}

Deno.test("a tool that translates what it was asked to leave alone does not freeze the key of the microphone", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "tea", name: "Ann", camera: false });
  await ann.page.setViewport({ width: 1440, height: 900 });
  await waitFor(() => keyWords(ann, /^Mute$/), { what: "the key" });
  await ann.page.evaluate(translatePage, { way: "wrap", heeds: false } as const);
  await waitForValue(() => keyWords(ann, /[Mm]ute$/), ["Mute", "«Mute»"], { what: "its words" });
  for (const caption of ["Unmute", "Mute", "Unmute"]) {
    await ann.page.$eval('.bar-key[aria-label$="ute"]', (key) => (key as HTMLElement).click());
    await waitForValue(() => keyWords(ann, /[Mm]ute$/), [caption, `«${caption}»`], {
      what: `the key to say ${caption}`,
    });
  }
});

Deno.test("a translated page takes another language whole, and says which it is", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  for (const path of ["/", "/r/tea", "/doctor", "/nowhere"]) {
    await using peer = await openPeer(chromium, server.url + path);
    const { page } = peer;
    await waitFor(() => page.$(".page-switches button"), { what: "the page" });
    await page.evaluate(translatePage, { way: "wrap", heeds: true } as const);
    const look = () =>
      page.evaluate(() => [document.documentElement.lang, document.body.innerText] as const);
    await page.select(".language-choice select", "zh-CN");
    await waitFor(async () => (await look())[0] === "zh-CN", { what: "the language" });
    await waitFor(async () => !/[«»]|\b(the|your|with)\b/i.test((await look())[1]), {
      what: `no other language on ${path}`,
    }).catch(async (error) => {
      throw new Error(`${error.message}: ${(await look())[1]}`);
    });
    await page.select(".language-choice select", "en");
    await waitFor(async () => (await look())[0] === "en", { what: "the way back" });
    assertEquals(uncaught(peer), []);
  }
});

Deno.test("what the server writes asks to be left alone before any code has come", async () => {
  await using server = await startServer();
  for (const path of ["/", "/r/tea", "/r/tea?join=1", "/r/bad%20name", "/doctor", "/admin", "/x"]) {
    const html = await (await fetch(server.url + path)).text();
    const carrier = /<[^>]*id="words"[^>]*>/.exec(html)?.[0] ?? "";
    // Translators change texts, not data.
    assert(/^<script type="application\/json"/.test(carrier), `the words of ${path}`);
    assert(/<(div|main)[^>]*class="[^"]*notranslate/.test(html), path);
  }
});
