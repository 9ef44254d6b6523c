// What is done ahead, so that a join takes no longer than it must.

import { assertEquals } from "../assert.ts";
import { allComplaints, launchChromium, openPeer, startServer, waitFor } from "../rig/mod.ts";

Deno.test("the socket is open before one joins, and the join goes over it", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const prepare = () => {
    const sockets: WebSocket[] = [];
    const spoken = new Set<WebSocket>();
    Object.assign(globalThis, { sockets, spoken });
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, subprotocols?: string | string[]) {
        super(url, subprotocols);
        sockets.push(this);
      }
      override send(data: string) {
        spoken.add(this);
        super.send(data);
      }
    };
  };
  await using ann = await openPeer(chromium, `${server.url}/away.html`);
  await ann.page.evaluateOnNewDocument(prepare);
  await ann.page.goto(server.room("warm"));
  await waitFor(() => ann.page.$(".ways-in .primary:enabled"), { what: "the way in" });
  // It waits a few seconds only, so looking and pressing are one step.
  await waitFor(() =>
    ann.page.evaluate(() => {
      const sockets: WebSocket[] = Reflect.get(globalThis, "sockets");
      const isOpen = sockets.at(-1)?.readyState === WebSocket.OPEN;
      const key = document.querySelector<HTMLElement>(".ways-in .primary");
      if (isOpen) key?.click();
      // After the press too: a hand moves on, and that asks for no more sockets.
      key?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
      Reflect.set(globalThis, "opened", sockets.length);
      return isOpen;
    }), { what: "a socket that waits for the join" });
  await waitFor(() => ann.page.$("[data-self]"), { what: "Ann to be in the room" });
  const seen = await ann.page.evaluate(() => {
    const sockets: WebSocket[] = Reflect.get(globalThis, "sockets");
    const spoken: Set<WebSocket> = Reflect.get(globalThis, "spoken");
    const opened: number = Reflect.get(globalThis, "opened");
    return {
      openedAfterwards: sockets.length - opened,
      spokenOn: [...spoken].map((socket) => sockets.indexOf(socket) - opened),
    };
  });
  assertEquals(seen, { openedAfterwards: 0, spokenOn: [-1] }, "only the one that waited is used");
  assertEquals(await allComplaints([ann]), []);
});
