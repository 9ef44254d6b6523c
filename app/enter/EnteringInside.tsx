import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { loadInside } from "../inside/lazy.ts";
import { People, type PeopleInsideProps, useInsiders } from "../inside/views.ts";
import { TakeEntry } from "../take/views.ts";
import { useBase } from "../ui/base.ts";
import { useModule } from "../ui/use_module.ts";
import { useShell } from "../ui/use_shell.ts";

type EnteringInsideProps = Omit<PeopleInsideProps, "ask"> & { readonly call: Call | undefined };

/** Who is already in the room, the way to be one of them, and what can wait for the picture. */
export function EnteringInside(props: EnteringInsideProps): JSX.Element {
  useShell(useBase());
  const store = useModule(loadInside, true);
  return store === undefined
    ? <People people={undefined} />
    : <AskedInside {...props} ask={store.askInside} />;
}

function AskedInside(
  { call, ...props }: EnteringInsideProps & Pick<PeopleInsideProps, "ask">,
): JSX.Element {
  const people = useInsiders(props);
  const mayTake = people !== undefined && people.length > 0;
  return (
    <>
      <People people={people} />
      {call && <TakeEntry call={call} room={props.room} shown={mayTake} />}
    </>
  );
}
