import { lateWordsOf } from "../ui/words/late/trust.ts";
import type { ComponentChildren, JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { TrustNotice, TrustStore } from "./mod.ts";
import { CopyLink } from "../ui/CopyLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { fill, listed } from "../ui/phrases.ts";
import { useLateWords } from "../ui/late_words.ts";
import { useWords } from "../ui/words.ts";
import type { Words } from "../ui/words/mod.ts";
import { RemedyKey } from "./RemedyKey.tsx";
import { useTrust } from "./use_trust.ts";
import { reasonOf, reasonWords, remedyOf } from "./trust_words.ts";

interface Props {
  readonly call: Call;
  /** Of this room, with its present secret. */
  readonly link: string;
  /** Shows who is in the room. */
  readonly onPeople: () => void;
}

/** More would cover the pictures; the others follow when these are dismissed. */
const mostNotices = 2;

/** News about trust over the stage, until they are dismissed; alarms first. */
export function TrustNotices(props: Props): JSX.Element | null {
  const words = useWords();
  const trust = useTrust(props.call);
  if (trust === undefined) return null;
  const notices = trust.notices.filter((notice) => !isPlaceholder(notice, words)).toReversed();
  const alarms = notices.filter(({ kind }) => kind === "alarm");
  const others = notices.filter(({ kind }) => kind !== "alarm");
  const spoken = (list: readonly TrustNotice[]) =>
    list.map((notice) => {
      const { title, line } = noticeWords(notice, words);
      return `${title}. ${line}`;
    });
  return (
    <>
      <p class="unseen" role="alert">{spoken(alarms).join(" ")}</p>
      <p class="unseen" role="status">
        {[...spoken(others), ...doubts(props.call, { trust, words })].join(" ")}
      </p>
      {[...alarms, ...others].slice(0, mostNotices).map((notice) => (
        <NoticePill key={notice.key} notice={notice} trust={trust} {...props} />
      ))}
    </>
  );
}

/** A name that the page gave says nothing about who somebody is. */
function isPlaceholder(notice: TrustNotice, { common: { guest } }: Words): boolean {
  return notice.kind === "other-browser" && notice.name.startsWith(guest);
}

/** The people who cannot be verified, for screen readers; the tiles show them. */
function doubts(
  call: Call,
  { trust, words }: { trust: TrustStore; words: Words },
): readonly string[] {
  return call.room.peers.value.flatMap(({ peerId, peer }) => {
    const { shown } = trust.of(peerId);
    const reason = shown.kind === "unverified" ? reasonOf(shown) : undefined;
    return reason === undefined
      ? []
      : [`${reasonWords(reason, { name: peer.value.name, words })}.`];
  });
}

const tones = {
  "alarm": "alarm",
  "views": "warn",
  "other-browser": "calm",
  "link-changed": "calm",
} as const;

function NoticePill({ notice, trust, call, link, onPeople }: Props & {
  notice: TrustNotice;
  trust: TrustStore;
}): JSX.Element {
  const words = useWords();
  const { title, line } = noticeWords(notice, words);
  const isAlarm = notice.kind === "alarm";
  const close = () => {
    trust.dismiss(notice.key);
    document.getElementById("stage")?.focus();
  };
  return (
    <div class={`pill talk-pill trust-pill trust-pill-${tones[notice.kind]}`}>
      <Icon name={isAlarm ? "shield-alert" : notice.kind === "link-changed" ? "link" : "shield"} />
      <span aria-hidden="true">
        <strong>{title}</strong>
        <span class="pill-more">{line}</span>
      </span>
      <NoticeKey notice={notice} trust={trust} call={call} link={link} onPeople={onPeople} />
      <button
        type="button"
        class="pill-close"
        aria-label={`${words.common.close}: ${title}`}
        onClick={close}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

function NoticeKey({ notice, trust, call, link, onPeople }: Props & {
  notice: TrustNotice;
  trust: TrustStore;
}): JSX.Element {
  const { trust: words } = useLateWords();
  const key = (label: ComponentChildren, onPress: () => void) => (
    <button type="button" class="pill-key" onClick={onPress}>{label}</button>
  );
  switch (notice.kind) {
    case "alarm":
      return <RemedyKey call={call} remedy={remedyOf(notice.alarm)} link={link} class="pill-key" />;
    case "views":
      return key(words.showPeople, onPeople);
    case "other-browser":
      return key(words.words, () => trust.openWords(notice.peerId));
    case "link-changed":
      return <CopyLink link={link} class="pill-key" icon={null}>{words.copyNewLink}</CopyLink>;
    default:
      return notice satisfies never;
  }
}

/** A notice in words. */
export function noticeWords(
  notice: TrustNotice,
  words: Words,
): { readonly title: string; readonly line: string } {
  const { common } = words;
  const { trust } = lateWordsOf(words);
  const name = "name" in notice ? notice.name || common.someone : "";
  switch (notice.kind) {
    case "alarm":
      return {
        title: reasonWords(notice.alarm, { name, words }),
        line: fill(trust.apart, { name }),
      };
    case "views":
      return { title: fill(trust.views, { name }), line: fill(trust.viewsLine, { name }) };
    case "other-browser":
      return { title: fill(trust.otherBrowser, { name }), line: trust.otherBrowserLine };
    case "link-changed": {
      const own = notice.by === undefined;
      const by = notice.by || common.someone;
      const names = listed(notice.removed.map((each) => each || common.someone), common.locale);
      const phrase = notice.removed.length > 0
        ? own ? trust.youRemoved : trust.removed
        : own
        ? trust.youChanged
        : trust.changed;
      return { title: fill(phrase, { by, names }), line: trust.linkChanged };
    }
    default:
      return notice satisfies never;
  }
}
