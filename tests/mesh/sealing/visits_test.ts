// Visits that end while the code and the keys of a sealed room are still prepared.

import { assertEquals } from "../../assert.ts";
import { ownCertificate } from "../town_person.ts";
import { SealedTown, secret } from "./sealed_town.ts";

Deno.test("a visit that ends before it has its keys leaves nothing to the next one", async () => {
  const sealed = new SealedTown(["ann", "bob"]);
  const [ann, bob] = ["ann", "bob"].map((name) => sealed.person(name));
  ann?.session.join({ room: "other", name: "ann", secret });
  if (ann !== undefined) {
    ann.certificate = () => {
      ann.session.join({ room: "town", name: "ann" });
      return ownCertificate();
    };
  }
  bob?.session.join({ room: "town", name: "bob" });
  await sealed.run(5);
  assertEquals(ann?.session.trust.secret, undefined);
  assertEquals(sealed.trust("ann", "bob"), { kind: "open" });
  await sealed.close();
});
