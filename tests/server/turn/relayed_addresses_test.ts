// Which addresses of this machine peers are told.

import { assert, assertEquals, assertRejects } from "../../assert.ts";
import {
  likeliestAddresses,
  ownAddresses,
  relayedAddresses,
} from "../../../server/turn/relayed_addresses.ts";

const interfaces = (list: Record<string, readonly string[]>) =>
  Object.entries(list).flatMap(([name, addresses]) =>
    addresses.map((address) => ({ name, address }))
  );

Deno.test("a public address is likelier than a private one, and loopback is the last resort", () => {
  const table: [list: Record<string, readonly string[]>, ipv4?: string, ipv6?: string][] = [
    [{ lo: ["127.0.0.1", "::1"] }, "127.0.0.1", "::1"],
    [{ lo: ["127.0.0.1", "::1"], eth0: ["192.168.1.7", "fe80::1"] }, "192.168.1.7"],
    [{ wlan0: ["10.0.0.7"], eth0: ["9.9.9.9"] }, "9.9.9.9"],
    [{ docker0: ["172.17.0.1"], eth0: ["192.168.1.7"] }, "192.168.1.7"],
    [{ docker0: ["172.17.0.1"] }, "172.17.0.1"],
    [{ eth0: ["fd00::1", "2a00::1"], eth1: ["2a00::2"] }, undefined, "2a00::1"],
    [{ eth0: ["169.254.1.1"] }],
  ];
  for (const [list, ipv4, ipv6] of table) {
    assertEquals(
      likeliestAddresses(interfaces(list)),
      { ...ipv4 && { ipv4 }, ...ipv6 && { ipv6 } },
      JSON.stringify(list),
    );
  }
});

Deno.test("a given address counts, then that of the host, then those of the machine", async () => {
  const given = ["192.0.2.1", "2001:db8::1"];
  const both = { ipv4: "192.0.2.1", ipv6: "2001:db8::1" };
  assertEquals(await relayedAddresses(given, ["127.0.0.1"]), both);
  assertEquals(await relayedAddresses([], ["127.0.0.1"]), { ipv4: "127.0.0.1" });
  assertEquals((await relayedAddresses([], ["0.0.0.0"])).ipv6, undefined);
  const found = Object.values(await relayedAddresses([], ["::", "0.0.0.0"]));
  assert(found.length > 0 && found.every((address) => ownAddresses().has(address)), `${found}`);
  await assertRejects(() => relayedAddresses(["name.invalid"], ["::"]), Error, "name.invalid");
});
