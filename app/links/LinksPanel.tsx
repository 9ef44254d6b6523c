import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { DoctorLink } from "../ui/DoctorLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { linkFigures, type LinkShape, shapeOf } from "./link_figures.ts";
import { type LinkPair, pairsOf } from "./link_pairs.ts";
import { type LinkFacts, type LinkRemark, linkRemarks } from "./link_words.ts";
import { fill } from "../ui/phrases.ts";
import { JoinTimes } from "../enter/views.ts";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../ui/words.ts";

/** The view of all connections in the room. */
export interface LinksPanelProps {
  readonly call: Call;
  readonly selfId: string;
  readonly onClose: () => void;
}

/** A room's connections: a matrix of pairs, and a summary, worst first. */
export function LinksPanel({ call, selfId, onClose }: LinksPanelProps): JSX.Element {
  const { links, common } = useWords();
  // Before the first paint, so that keys typed right away go here.
  useLayoutEffect(() => document.getElementById("links-title")?.focus(), []);
  const facts = useFacts(call, selfId);
  const members = [selfId, ...call.room.peers.value.map(({ peerId }) => peerId)];
  const close = (event: KeyboardEvent) => {
    if (event.key === "Escape") onClose();
  };
  return (
    <aside
      id="links"
      class="links-view notranslate"
      translate={false}
      aria-labelledby="links-title"
      onKeyDown={close}
    >
      <header class="links-head">
        <div>
          <h2 id="links-title" tabIndex={-1}>{links.title}</h2>
          <p>{links.lead}</p>
        </div>
        <button type="button" class="quiet-key" aria-label={common.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {/* Makes the body scrollable by keyboard even without controls. */}
      <div class="links-body" tabIndex={0} role="region" aria-labelledby="links-title">
        {members.length > 1 && <Matrix members={members} facts={facts} />}
        <section class="links-words" aria-labelledby="links-words-title">
          <h3 id="links-words-title">{links.inWords}</h3>
          <Stuck call={call} />
          <Remarks facts={facts} onRetry={(peerId) => call.session.links.retry(peerId)} />
          {members.length > 1 && <PairList facts={facts} />}
          <RelayOnly call={call} />
          <JoinTimes call={call} />
          <DoctorLink />
        </section>
      </div>
    </aside>
  );
}

function useFacts(call: Call, selfId: string): LinkFacts {
  const peers = call.room.peers.value;
  const pairs = pairsOf([selfId, ...peers.map(({ peerId }) => peerId)], call.room.reports.value);
  const find = (peerId: string) => peers.find((view) => view.peerId === peerId)?.peer.value;
  return {
    pairs,
    selfId,
    nameOf: (peerId) => find(peerId)?.name ?? call.room.self.value.name,
    isAway: (peerId) => find(peerId)?.away ?? false,
  };
}

function Remarks({ facts, onRetry }: {
  facts: LinkFacts;
  onRetry: (peerId: string) => void;
}): JSX.Element {
  const words = useWords();
  const remarks = linkRemarks(facts, words);
  if (facts.pairs.length === 0) return <p class="links-alone">{words.links.alone}</p>;
  return (
    <ul class="links-remarks">
      {remarks.map(({ key, tone, title, line, retry }) => (
        <li key={key} class={`remark remark-${tone}`}>
          <ToneIcon tone={tone} />
          <div>
            <strong>{title}</strong>
            {line !== "" && <p>{line}</p>}
            {retry !== undefined && (
              <button
                type="button"
                class="primary small"
                onClick={() => onRetry(retry)}
              >
                <Icon name="refresh" size={16} />
                {words.common.tryAgain}
              </button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function ToneIcon({ tone }: { tone: LinkRemark["tone"] }): JSX.Element {
  switch (tone) {
    case "failed":
      return <Icon name="close" class="bad" />;
    case "waiting":
      return <Icon name="spinner" class="warn" />;
    case "relayed":
      return <Icon name="relayed" />;
    case "direct":
      return <Icon name="direct" class="good" />;
    default:
      return tone satisfies never;
  }
}

function Matrix({ members, facts }: { members: string[]; facts: LinkFacts }): JSX.Element {
  const { links } = useWords();
  const { pairs, selfId, nameOf } = facts;
  const called = (peerId: string) => peerId === selfId ? links.you : nameOf(peerId);
  const pairOf = (one: string, other: string) =>
    pairs.find(({ ends }) => ends[0] === one && ends[1] === other);
  const columns = members.slice(0, -1);
  const rows = members.slice(1);
  return (
    <table
      class={`links-matrix${members.length > 5 ? " many" : ""}`}
      aria-label={links.matrix}
      style={{ maxWidth: `${168 + columns.length * 124}px` }}
    >
      <thead>
        <tr>
          <td />
          {columns.map((peerId) => (
            <th key={peerId} scope="col" dir="auto" title={called(peerId)}>{called(peerId)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((other, row) => (
          <tr key={other}>
            <th scope="row">
              <span class="links-person">
                <Avatar peerId={other} name={nameOf(other)} />
                <span dir="auto">{nameOf(other)}</span>
              </span>
            </th>
            {columns.map((one, column) => {
              const pair = column <= row ? pairOf(one, other) : undefined;
              return (
                <td key={one} class={pair === undefined ? "" : `cell cell-${shapeOf(pair)}`}>
                  {pair !== undefined && <Cell pair={pair} />}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ pair }: { pair: LinkPair }): JSX.Element {
  const words = useWords();
  const said = linkFigures(pair, words);
  return (
    <span class="cell-face" title={said}>
      <ShapeIcon shape={shapeOf(pair)} />
      <span aria-hidden="true">
        <Figure pair={pair} />
      </span>
      <span class="unseen">{said}</span>
    </span>
  );
}

function ShapeIcon({ shape }: { shape: LinkShape }): JSX.Element {
  switch (shape) {
    case "direct":
    case "connected":
      return <Icon name="direct" />;
    case "relayed":
      return <Icon name="relayed" />;
    case "connecting":
    case "reconnecting":
      return <Icon name="spinner" class="spin" />;
    case "failed":
      return <Icon name="close" />;
    case "unknown":
      return <Icon name="more" />;
    default:
      return shape satisfies never;
  }
}

/** The figure of a cell: the round trip, or the duration of the trouble. */
function Figure({ pair }: { pair: LinkPair }): JSX.Element {
  const { links } = useWords();
  const { state, rtt, since } = pair;
  if (state === "reconnecting") return <Seconds since={since} />;
  if (state === "failed") return <>{links.none}</>;
  if (state === "connected" && rtt !== null) return <>{fill(links.ms, { ms: rtt })}</>;
  return <>{links.state[shapeOf(pair)]}</>;
}

function Seconds({ since }: { since: number }): JSX.Element {
  const { links } = useWords();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <>{fill(links.seconds, { seconds: Math.max(0, Math.round((now - since) / 1000)) })}</>;
}

/** The pairs as a list, instead of the matrix on phones. */
function PairList({ facts: { pairs, selfId, nameOf } }: { facts: LinkFacts }): JSX.Element {
  const words = useWords();
  const { links } = words;
  const called = (peerId: string) => peerId === selfId ? links.you : nameOf(peerId);
  return (
    <ul class="links-list" aria-label={links.matrix}>
      {pairs.map((pair) => (
        <li key={pair.ends.join(" ")} class={`listed listed-${shapeOf(pair)}`}>
          <ShapeIcon shape={shapeOf(pair)} />
          <span>
            <strong>
              {fill(links.pair, { one: called(pair.ends[0]), other: called(pair.ends[1]) })}
            </strong>
            <span>{linkFigures(pair, words)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Relay only without a relay: the warning, and the key that allows direct connections. */
function Stuck({ call }: { call: Call }): JSX.Element | null {
  const { links } = useWords();
  if (call.session.links.relayKnown || !call.relayOnly.value) return null;
  return (
    <div class="remark remark-failed">
      <ToneIcon tone="failed" />
      <div>
        <strong>{links.relayOnlyStuck}</strong>
        <p>{links.relayOnlyStuckLine}</p>
        <button type="button" class="primary small" onClick={() => call.setRelayOnly(false)}>
          {links.allowDirect}
        </button>
      </div>
    </div>
  );
}

function RelayOnly({ call }: { call: Call }): JSX.Element {
  const { links } = useWords();
  const known = call.session.links.relayKnown;
  const on = call.relayOnly.value;
  return (
    <Switch
      label={links.relayOnly}
      note={known ? links.relayOnlyLead : links.relayOnlyMissing}
      checked={on}
      disabled={!known && !on}
      onSwitch={(relayOnly) => call.setRelayOnly(relayOnly)}
    />
  );
}
