import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { counted, fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** How a knock is signalled: the chat's tone and notifications. */
export interface KnockNotices {
  readonly isAllowed: () => boolean;
  readonly playTone: () => void;
}

/** `listed`: the people panel shows them instead. */
export interface KnocksProps {
  readonly call: Call;
  readonly room: string;
  readonly notices: KnockNotices;
  readonly listed: boolean;
}

/** People who knock, over the stage, longest wait first. */
export function Knocks({ call, room, notices, listed }: KnocksProps): JSX.Element | null {
  const { owners, common: { locale } } = useWords();
  const knocks = call.owners.knocks;
  const [first] = knocks;
  const title = first === undefined
    ? ""
    : knocks.length === 1
    ? fill(owners.knock, { name: first.name })
    : counted(owners.knocks, { count: knocks.length, locale });
  useNewKnocks(knocks.map(({ knockId }) => knockId), (isHidden) => {
    notices.playTone();
    if (isHidden && notices.isAllowed()) notify(title, room);
  });
  return (
    <>
      <p class="unseen" role="status">{title}</p>
      {first !== undefined && !listed && (
        <div class="pill talk-pill knock-pill">
          <Icon name="user-plus" size={16} />
          <strong aria-hidden="true">{title}</strong>
          <button
            type="button"
            class="pill-key"
            aria-label={knocks.length > 1
              ? undefined
              : fill(owners.nameAdmit, { name: first.name })}
            onClick={() => answer(call, true)}
          >
            {knocks.length > 1 ? owners.admitAll : owners.admit}
          </button>
          {knocks.length === 1 && (
            <button
              type="button"
              class="pill-key pill-no"
              aria-label={fill(owners.nameRefuse, { name: first.name })}
              onClick={() => answer(call, false)}
            >
              {owners.refuse}
            </button>
          )}
        </div>
      )}
    </>
  );
}

/** People who knock, in the people panel, one by one. */
export function KnockList({ call }: { call: Call }): JSX.Element | null {
  const { owners } = useWords();
  const knocks = call.owners.knocks;
  if (knocks.length === 0) return null;
  return (
    <section class="knock-list" aria-labelledby="knocks-title">
      <h3 id="knocks-title">{owners.waiting}</h3>
      <ul>
        {knocks.map(({ knockId, name }) => (
          <li key={knockId}>
            <strong dir="auto">{name}</strong>
            <button
              type="button"
              class="secondary"
              aria-label={fill(owners.nameAdmit, { name })}
              onClick={() => void call.session.send({ type: "answer-knock", knockId, admit: true })}
            >
              {owners.admit}
            </button>
            <button
              type="button"
              class="quiet"
              aria-label={fill(owners.nameRefuse, { name })}
              onClick={() =>
                void call.session.send({ type: "answer-knock", knockId, admit: false })}
            >
              {owners.refuse}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function answer(call: Call, admit: boolean): void {
  for (const { knockId } of call.owners.knocks) {
    call.session.send({ type: "answer-knock", knockId, admit });
  }
}

/** Plays a sound for each new knock, and notifies if the page is hidden. */
function useNewKnocks(ids: readonly string[], onNew: (isHidden: boolean) => void): void {
  const known = useRef<readonly string[]>([]);
  useEffect(() => {
    const isNews = ids.some((id) => !known.current.includes(id));
    known.current = ids;
    if (isNews) onNew(document.hidden);
  }, [ids.join()]);
}

function notify(title: string, room: string): void {
  try {
    const notice = new Notification(title, { body: room, tag: `parley-knock-${room}` });
    notice.onclick = () => {
      globalThis.focus();
      notice.close();
    };
  } catch {
    // Phone browsers require a service worker here; the sound still works.
  }
}
