import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { TakeEntry } from "../take/views.ts";
import { People, type PeopleInsideProps, useInsiders } from "../inside/views.ts";

/** Who is already in the room, and the way to be one of them. */
export function EnteringInside({ call, ...props }: PeopleInsideProps & {
  readonly call: Call | undefined;
}): JSX.Element {
  const people = useInsiders(props);
  const mayTake = people !== undefined && people.length > 0;
  return (
    <>
      <People people={people} />
      {call && <TakeEntry call={call} room={props.room} shown={mayTake} />}
    </>
  );
}
