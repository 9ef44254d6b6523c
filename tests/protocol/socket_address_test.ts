import { assertEquals } from "../assert.ts";
import { atRoom } from "../../protocol/mod.ts";

Deno.test("the address of a socket names its room in a way that every balancer can hash", () => {
  assertEquals(atRoom("/talk/ws", "tea"), "/talk/ws?room=tea");
  assertEquals(atRoom("wss://a/ws", "茶室"), "wss://a/ws?room=%E8%8C%B6%E5%AE%A4");
});
