import type { ComponentChildren, JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { LeftReason } from "../../mesh/mod.ts";
import { extrasOf } from "../extras/views.ts";
import { EndPage } from "./EndPage.tsx";
import { loadPasswordPage } from "../enter/lazy.ts";
import { useModule } from "../ui/use_module.ts";

/** The page that says why the person is not in the room: left, refused or waiting. */
export function LeftPage({ call, reason, said }: {
  call: Call;
  reason: LeftReason;
  /** The line of the page, or what is known instead. */
  said: (line: string) => ComponentChildren;
}): JSX.Element | null {
  const wantsPassword = reason === "password" || reason === "guesses";
  const page = useModule(loadPasswordPage, wantsPassword);
  if (wantsPassword) {
    const wrong = call.sentPassword ? "wrong" : "nothing";
    return page === undefined ? null : (
      <page.PasswordPage
        key={call.tries}
        tried={reason === "guesses" ? "hasty" : wrong}
        onEnter={(password) => call.rejoin({ password })}
      />
    );
  }
  return extrasOf(call)?.open.value.move?.left?.(reason) ?? (
    <EndPage
      reason={reason}
      ending={call.ending}
      said={said}
      onRejoin={() => call.rejoin()}
      onReload={() => location.reload()}
    />
  );
}
