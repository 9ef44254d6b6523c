import type { ComponentChildren, JSX } from "preact";
import type { Theme } from "./preferences.ts";
import { Brand } from "./Brand.tsx";
import { Icon } from "./Icon.tsx";
import type { Page } from "./page.ts";
import { useWords } from "./words.ts";
import { type Language, languageNames, languages } from "./words/languages.ts";

interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly shown: ComponentChildren;
  /** The language the label is written in, for screen readers. */
  readonly lang?: string;
}

interface SegmentedProps<T> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
}

function Segmented<T extends string>(props: SegmentedProps<T>): JSX.Element {
  return (
    <div class="segmented" role="group" aria-label={props.label}>
      {props.choices.map(({ value, label, shown, lang }) => (
        <button
          key={value}
          type="button"
          lang={lang}
          title={label}
          aria-label={label}
          aria-pressed={value === props.chosen}
          onClick={() => props.onChoose(value)}
        >
          {shown}
        </button>
      ))}
    </div>
  );
}

/** On phones one key cycles through the choices. Without an icon it shows the chosen one. */
function NextChoice<T extends string>({ label, choices, chosen, onChoose, icon }:
  & SegmentedProps<T>
  & { icon?: ComponentChildren }): JSX.Element {
  const at = choices.findIndex(({ value }) => value === chosen);
  const next = choices[(at + 1) % choices.length];
  return (
    <button
      type="button"
      class="quiet-key"
      aria-label={`${label}: ${choices[at]?.label ?? ""}`}
      onClick={() => next !== undefined && onChoose(next.value)}
    >
      {icon ?? choices[at]?.shown}
    </button>
  );
}

/** Brand, language and theme: the header of every page but the call. */
export function PageHeader({ page }: { page: Page }): JSX.Element {
  const { common } = useWords();
  const themes = [
    {
      value: "system" as const,
      label: common.themeSystem,
      shown: <Icon name="sun-moon" size={18} />,
    },
    { value: "light" as const, label: common.themeLight, shown: <Icon name="sun" size={18} /> },
    { value: "dark" as const, label: common.themeDark, shown: <Icon name="moon" size={18} /> },
  ];
  const language = {
    label: common.language,
    choices: languages.map((value) => ({
      value,
      label: languageNames[value],
      shown: languageNames[value],
      lang: value,
    })),
    chosen: page.language.value,
    onChoose: (language: Language) => page.book.change({ language }),
  };
  const theme = {
    label: common.theme,
    choices: themes,
    chosen: page.theme.value,
    onChoose: (theme: Theme) => page.book.change({ theme }),
  };
  return (
    <header class="page-header notranslate" translate={false}>
      <Brand />
      <div class="page-switches">
        <Segmented {...language} />
        <Segmented {...theme} />
        <NextChoice {...language} icon={<Icon name="languages" />} />
        <NextChoice {...theme} />
      </div>
    </header>
  );
}
