/**
 * A newcomer calls a member who is away: the server holds the call, so no repeated offer is needed.
 */
import { assert, assertEquals, assertLess } from "../assert.ts";
import { Town } from "./town.ts";

/** After this time an offer without an answer is sent again; see mesh/link/negotiation.ts. */
const reminderMs = 3_000;

for (const [away, newcomer] of [["ann", "cy"], ["ann", "bo"], ["bo", "cy"]] as const) {
  Deno.test(`${newcomer} calls ${away}, who is away and comes back: the link is up at once`, async () => {
    // The signals of ann and cy are in envelopes, those of bo are not.
    const town = new Town(["ann", "bo", "cy"]);
    const [one, other] = [away, newcomer].map((name) =>
      town.people.find((person) => person.name === name)
    );
    assert(one && other);
    one.session.join({ room: "town", name: away });
    await town.run(5);
    town.cut(one);
    other.session.join({ room: "town", name: newcomer });
    const startedAt = town.clock.now();
    // Only the newcomer's frames move: it is welcomed, and calls the member whose socket is gone.
    for (let round = 0; round < 20; round++) {
      town.carry(other);
      await town.task(other);
    }
    assertEquals(other.session.roster.peers.map(({ name }) => name), [away]);
    assertEquals(one.session.state.kind, "reconnecting");
    const isUp = () => {
      const { state } = one.session;
      return state.kind === "joined" &&
        other.session.links.stateOf(state.selfId)?.kind === "connected";
    };
    while (!isUp() && town.clock.now() - startedAt < 60_000) await town.run(0.5);
    assertLess(town.clock.now() - startedAt, reminderMs, "without waiting for the reminder");
    assertEquals([town.reached.resumes, town.refused], [1, []]);
    town.expectHarmony();
    town.close();
  });
}
