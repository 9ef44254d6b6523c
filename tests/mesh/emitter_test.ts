import { Emitter } from "../../mesh/emitter.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a listener hears until its undo, and each subscription has its own", () => {
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  const listener = (event: number) => void heard.push(event);
  const [first, second] = [emitter.subscribe(listener), emitter.subscribe(listener)];
  emitter.emit(1);
  first();
  first();
  emitter.emit(2);
  second();
  emitter.emit(3);
  assertEquals(heard, [1, 1, 2]);
});

Deno.test("a listener that is removed while an event is told no longer hears it", () => {
  const emitter = new Emitter<string>();
  const heard: string[] = [];
  emitter.subscribe(() => undo());
  const undo = emitter.subscribe((event) => heard.push(event));
  emitter.emit("late");
  assertEquals(heard, []);
});

Deno.test("a listener that throws keeps no other from hearing, and its error is seen", async () => {
  const emitter = new Emitter<string>();
  const heard: string[] = [];
  emitter.subscribe(() => {
    throw new Error("the owner's mistake");
  });
  emitter.subscribe((event) => heard.push(event));
  const seen = Promise.withResolvers<string>();
  const note = (event: ErrorEvent) => {
    event.preventDefault();
    seen.resolve(event.message);
  };
  addEventListener("error", note);
  emitter.emit("event");
  assertEquals(heard, ["event"]);
  assertEquals((await seen.promise).includes("the owner's mistake"), true);
  removeEventListener("error", note);
});
