import type { JSX } from "preact";
import { Dialog } from "./Dialog.tsx";
import { Icon } from "./Icon.tsx";
import type { PreferenceBook } from "./preferences.ts";
import { keyLabel, type ShortcutName } from "./shortcuts.ts";
import { Switch } from "./Switch.tsx";
import type { Words } from "./words/mod.ts";
import { useWords } from "./words.ts";

/** An action and its keys, in words. */
type Line = readonly [does: string, keys: readonly string[]];

/** All shortcuts in two columns. */
export function ShortcutsDialog({ book, onClose }: {
  book: PreferenceBook;
  onClose: () => void;
}): JSX.Element {
  const words = useWords();
  const { shortcuts: said, common } = words;
  const isOn = book.current.value.shortcuts;
  return (
    <Dialog
      kind="keys-dialog"
      titleId="keys-title"
      returnId="stage"
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === "?" && isOn) onClose();
      }}
    >
      <div class="keys-page">
        <header>
          <h2 id="keys-title">{said.title}</h2>
          <button type="button" class="quiet-key" aria-label={common.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div class={isOn ? "keys-columns" : "keys-columns off"}>
          <div>
            <Keys title={said.inCall} lines={callLines(words)} />
            <Keys title={said.inChat} lines={chatLines(words)} always />
          </div>
          <Keys title={said.around} lines={aroundLines(words)} />
        </div>
        <Switch
          label={said.single}
          note={said.singleLead}
          checked={isOn}
          onSwitch={(shortcuts) => book.change({ shortcuts })}
        />
      </div>
    </Dialog>
  );
}

function Keys({ title, lines, always = false }: {
  title: string;
  lines: readonly Line[];
  always?: boolean;
}): JSX.Element {
  return (
    <section class={always ? "always" : undefined}>
      <h3>{title}</h3>
      <dl>
        {lines.map(([does, keys]) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function line(does: string, name: ShortcutName): Line {
  return [does, [keyLabel(name)]];
}

function callLines({ shortcuts: said }: Words): Line[] {
  return [
    line(said.microphone, "microphone"),
    [said.talk, [said.space]],
    line(said.camera, "camera"),
    line(said.share, "share"),
    line(said.hand, "hand"),
  ];
}

function aroundLines({ shortcuts: said }: Words): Line[] {
  return [
    line(said.chat, "chat"),
    line(said.people, "people"),
    line(said.links, "links"),
    line(said.fullscreen, "fullscreen"),
    line(said.help, "help"),
    [said.close, ["Esc"]],
  ];
}

function chatLines({ shortcuts: said }: Words): Line[] {
  return [
    [said.send, ["Enter"]],
    [said.newLine, ["Shift", "Enter"]],
    [said.editLast, ["↑"]],
  ];
}
