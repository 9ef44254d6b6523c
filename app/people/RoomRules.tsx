import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { LateSwitch } from "../doorbell/views.ts";
import type { Rules } from "../../protocol/mod.ts";
import { ConfirmDialog, type Question } from "../ui/ConfirmDialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { PasswordField } from "../ui/PasswordField.tsx";
import { RoomTimesKeys } from "../reserved/views.ts";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../ui/words.ts";

const deeds = ["chat", "screen", "files"] as const;

/** The room settings, for owners to change. */
export function RoomRules({ call, rules }: { call: Call; rules: Rules }): JSX.Element {
  const { owners } = useWords();
  const [question, setQuestion] = useState<Question>();
  return (
    <section class="room-rules" aria-labelledby="rules-title">
      <h3 id="rules-title">{owners.title}</h3>
      <Switch
        label={owners.lock}
        note={owners.lockLine}
        checked={rules.locked}
        onSwitch={(locked) => call.session.send({ type: "set-rules", locked })}
      />
      <Switch
        label={owners.knocking}
        note={owners.knockingLine}
        checked={rules.knocking}
        onSwitch={(knocking) => call.session.send({ type: "set-rules", knocking })}
      />
      <Doorbell call={call} />
      <Password call={call} isSet={rules.password} />
      <Rights call={call} rules={rules} />
      <div class="rules-keys">
        <MuteAll call={call} />
        <RoomTimesKeys call={call} />
        <button
          type="button"
          class="secondary danger"
          onClick={() =>
            setQuestion({
              title: owners.closeTitle,
              line: owners.closeLine,
              action: owners.closeIt,
              onYes: () => void call.session.send({ type: "close-room" }),
            })}
        >
          {owners.close}
        </button>
      </div>
      {question !== undefined && (
        <ConfirmDialog
          question={question}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </section>
  );
}

function Doorbell({ call }: { call: Call }): JSX.Element | null {
  const { state } = call.session;
  return "room" in state ? <LateSwitch room={state.room} ownerKey={() => call.owners.key} /> : null;
}

const saidMs = 3_000;

/** Mutes everyone else, and confirms for a moment. */
function MuteAll({ call }: { call: Call }): JSX.Element {
  const { owners } = useWords();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), saidMs);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button
      type="button"
      class="secondary"
      onClick={() => setDone(call.session.send({ type: "mute-all" }))}
    >
      <Icon name={done ? "check" : "microphone-off"} />
      <span aria-live="polite">{done ? owners.muted : owners.muteAll}</span>
    </button>
  );
}

function Password({ call, isSet }: { call: Call; isSet: boolean }): JSX.Element {
  const { owners } = useWords();
  const [text, setText] = useState<string>();
  const save = (password: string) => {
    call.session.send({ type: "set-rules", password });
    setText(undefined);
  };
  if (text !== undefined) {
    return (
      <form
        class="rules-password"
        onSubmit={(event) => {
          event.preventDefault();
          if (text !== "") save(text);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          setText(undefined);
        }}
      >
        <PasswordField label={owners.newPassword} value={text} onChange={setText} />
        <div class="rules-keys">
          <button type="button" class="quiet" onClick={() => setText(undefined)}>
            {owners.cancel}
          </button>
          <button type="submit" class="primary" disabled={text === ""}>{owners.save}</button>
        </div>
      </form>
    );
  }
  return (
    <div class="rules-row">
      <span>
        {owners.password}
        <small>{isSet ? owners.passwordSet : owners.passwordNone}</small>
      </span>
      {isSet && (
        <button type="button" class="quiet" onClick={() => save("")}>
          {owners.removePassword}
        </button>
      )}
      <button type="button" class="secondary" onClick={() => setText("")}>
        {isSet ? owners.changePassword : owners.setPassword}
      </button>
    </div>
  );
}

/** The selectable room sizes, up to the server's limit. */
const places = [2, 3, 4, 5, 6, 8, 10, 12, 16] as const;

function Rights({ call, rules }: { call: Call; rules: Rules }): JSX.Element {
  const { owners } = useWords();
  const all = [...new Set([...places, rules.capacity])].toSorted((one, other) => one - other);
  return (
    <fieldset class="rules-rights">
      <legend>{owners.may}</legend>
      {deeds.map((deed) => (
        <Choice
          key={deed}
          label={owners[deed]}
          value={rules[deed]}
          options={[["everyone", owners.everyone], ["owners", owners.ownersOnly]]}
          onChoose={(value) =>
            call.session.send({
              type: "set-rules",
              [deed]: value === "owners" ? "owners" : "everyone",
            })}
        />
      ))}
      <Choice
        label={owners.capacity}
        value={String(rules.capacity)}
        options={all.map((count) => [String(count), String(count)])}
        onChoose={(value) => call.session.send({ type: "set-rules", capacity: Number(value) })}
      />
    </fieldset>
  );
}

function Choice({ label, value, options, onChoose }: {
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChoose: (value: string) => void;
}): JSX.Element {
  return (
    <label class="rules-row">
      <span>{label}</span>
      <select
        class="field"
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {options.map(([value, label]) => <option key={value} value={value}>{label}</option>)}
      </select>
    </label>
  );
}
