import type { ComponentChildren, JSX } from "preact";
import type { Theme } from "./preferences.ts";
import { Brand } from "./Brand.tsx";
import { Icon } from "./Icon.tsx";
import { languageName } from "./language_name.ts";
import type { Page } from "./page.ts";
import { useWords } from "./words.ts";
import { isLanguage, languages } from "./words/languages.ts";

interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly shown: ComponentChildren;
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
      {props.choices.map(({ value, label, shown }) => (
        <button
          key={value}
          type="button"
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

/** On phones one key cycles through the choices, and shows the chosen one. */
function NextChoice<T extends string>(
  { label, choices, chosen, onChoose }: SegmentedProps<T>,
): JSX.Element {
  const at = choices.findIndex(({ value }) => value === chosen);
  const next = choices[(at + 1) % choices.length];
  return (
    <button
      type="button"
      class="quiet-key"
      aria-label={`${label}: ${choices[at]?.label ?? ""}`}
      onClick={() => next !== undefined && onChoose(next.value)}
    >
      {choices[at]?.shown}
    </button>
  );
}

/** Each language by its own name. On phones only the icon is seen. */
function LanguageChoice({ page }: { page: Page }): JSX.Element {
  const { common: { language: label } } = useWords();
  return (
    <label class="language-choice">
      <Icon name="languages" />
      <select
        aria-label={label}
        value={page.language.value}
        onChange={({ currentTarget: { value } }) =>
          isLanguage(value) && page.book.change({ language: value })}
      >
        {languages.map((language) => (
          <option key={language} value={language} lang={language} dir="auto">
            {languageName(language)}
          </option>
        ))}
      </select>
    </label>
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
        <LanguageChoice page={page} />
        <Segmented {...theme} />
        <NextChoice {...theme} />
      </div>
    </header>
  );
}
