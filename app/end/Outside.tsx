import type { JSX } from "preact";
import type { Call, LeftReason } from "../mod.ts";
import { EndPage } from "./EndPage.tsx";
import { useModule } from "../ui/lazy.ts";

/** The page that says why the person is not in the room: left, refused or waiting. */
export function Outside({ call, reason }: {
  call: Call;
  reason: LeftReason;
}): JSX.Element | null {
  const wantsPassword = reason === "password" || reason === "guesses";
  const page = useModule(() => import("../enter/PasswordPage.tsx"), wantsPassword);
  if (wantsPassword) {
    const wrong = call.saidPassword ? "wrong" : "nothing";
    return page === undefined ? null : (
      <page.PasswordPage
        key={call.tries}
        tried={reason === "guesses" ? "hasty" : wrong}
        onEnter={(password) => call.rejoin({ password })}
      />
    );
  }
  return (
    <EndPage
      reason={reason}
      ending={call.ending}
      onRejoin={() => call.rejoin()}
      onReload={() => location.reload()}
    />
  );
}
