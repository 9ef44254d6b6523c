import { assertEquals } from "../../assert.ts";
import { type Camera, facingOf, otherCamera } from "../../../app/devices/cameras.ts";

function camera(label: string, facing?: string): Camera {
  const said = facing === undefined ? {} : {
    getCapabilities: () => ({ facingMode: [facing] }),
  };
  return { deviceId: label, label, ...said };
}

const android = [
  camera("camera2 1, facing front"),
  camera("camera2 0, facing back"),
  camera("camera2 2, facing back"),
];
const iphone = [
  camera("Frontkamera", "user"),
  camera("Rückkamera", "environment"),
  camera("Ultraweitwinkel", "environment"),
];

Deno.test("a camera's facing comes from the browser, else from its label", () => {
  assertEquals(android.map(facingOf), ["user", "environment", "environment"]);
  assertEquals(iphone.map(facingOf), ["user", "environment", "environment"]);
  assertEquals(facingOf(camera("USB Feedback Cam")), undefined);
});

Deno.test("a phone turns between its front and its main back camera, however many there are", () => {
  for (const [front, back, wide] of [android, iphone]) {
    const all = [front, back, wide].filter((one) => one !== undefined);
    assertEquals(otherCamera(all, front?.deviceId), back);
    assertEquals(otherCamera(all, back?.deviceId), front);
    assertEquals(otherCamera(all, wide?.deviceId), front);
  }
});

Deno.test("where nobody knows the sides it goes from one camera to the next, and with one there is nowhere to go", () => {
  const [one, two, three] = [camera("A"), camera("B"), camera("C")];
  assertEquals(otherCamera([one, two, three], "A"), two);
  assertEquals(otherCamera([one, two, three], "C"), one);
  assertEquals(otherCamera([one, two], "unplugged"), one);
  assertEquals(otherCamera([one], "A"), undefined);
  assertEquals(otherCamera([], undefined), undefined);
});
