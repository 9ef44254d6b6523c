import type { ComponentChildren, JSX } from "preact";
import { Icon } from "../ui/Icon.tsx";
import { JoinForm, type JoinFormProps } from "./JoinForm.tsx";
import { StartRoom } from "./StartRoom.tsx";
import { type LinkedVisit, Visits } from "./Visits.tsx";
import { useHomeWords } from "./home_words.ts";

/** What the home page shows and asks for. */
export interface HomeProps {
  readonly newRoom: string;
  readonly visits: readonly LinkedVisit[];
  readonly now: number;
  readonly onAnother: () => void;
  readonly onStart: () => void;
  readonly onJoin: JoinFormProps["onJoin"];
  readonly onPaste: JoinFormProps["onPaste"];
  readonly onForget: (room: string) => void;
  /** What comes late. */
  readonly children?: ComponentChildren;
}

const factIcons = ["shield", "people", "chat"] as const;

/** The home page without its header and drawing. */
export function Home(props: HomeProps): JSX.Element {
  const home = useHomeWords();
  return (
    <>
      <main class="home-main">
        <h1>{home.headline.map((line) => <span key={line}>{line}</span>)}</h1>
        <p class="lead">{home.lead}</p>
        <StartRoom name={props.newRoom} onAnother={props.onAnother} onStart={props.onStart} />
        <JoinForm onJoin={props.onJoin} onPaste={props.onPaste} />
        <Visits visits={props.visits} now={props.now} onForget={props.onForget} />
        {props.children}
      </main>
      <footer class="home-facts">
        <ul>
          {home.facts.map((fact, index) => (
            <li key={fact}>
              <Icon name={factIcons[index] ?? "shield"} size={16} />
              {fact}
            </li>
          ))}
        </ul>
      </footer>
    </>
  );
}
