import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useBase } from "../ui/base.ts";
import { Icon } from "../ui/Icon.tsx";
import { PasswordField } from "../ui/PasswordField.tsx";
import { useWords } from "../ui/words.ts";

/** `tried`: the result of the last password. */
export interface PasswordPageProps {
  readonly tried: "nothing" | "wrong" | "hasty";
  readonly onEnter: (password: string) => void;
}

/** The password page: a field and a way back. */
export function PasswordPage({ tried, onEnter }: PasswordPageProps): JSX.Element {
  const { door, end } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState("");
  const [isTouched, setTouched] = useState(false);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  const error = tried === "wrong" ? door.wrong : tried === "hasty" ? door.hasty : undefined;
  return (
    <main class="notice notranslate" translate={false}>
      <span class="notice-icon">
        <Icon name="lock" size={28} />
      </span>
      <h1>{end.password}</h1>
      <p>{end.passwordLead}</p>
      <form
        ref={form}
        class="password-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== "") onEnter(password);
        }}
      >
        <PasswordField
          label={door.password}
          value={password}
          error={isTouched ? undefined : error}
          onChange={(text) => {
            setTouched(true);
            setPassword(text);
          }}
        />
        <button type="submit" class="primary big">{door.enter}</button>
      </form>
      <a class="quiet to-start" href={`${useBase()}/`}>{end.toStart}</a>
    </main>
  );
}
