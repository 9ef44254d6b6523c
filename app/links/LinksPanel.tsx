import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { DoctorLink } from "../ui/DoctorLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { callPairs } from "./call_pairs.ts";
import { linkFigures, type LinkShape, linkState, shapeOf } from "./link_figures.ts";
import type { LinkPair } from "./link_pairs.ts";
import { type LinkFacts, type LinkRemark, linkRemarks } from "./link_words.ts";
import { fill } from "../ui/phrases.ts";
import { Seconds } from "./Seconds.tsx";
import { JoinTimes } from "../enter/views.ts";
import { TrustRemark } from "../trust/views.ts";
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
  const known = call.session.iceServers.some(({ urls }) => /(^|,)turns?:/.test(`${urls}`));
  const facts = factsOf(call, { selfId, you: links.you });
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
          <Stuck call={call} known={known} />
          <Remarks facts={facts} onRetry={(peerId) => call.session.links.retry(peerId)}>
            <TrustRemark call={call} />
          </Remarks>
          {members.length > 1 && <PairList facts={facts} />}
          <RelayOnly call={call} known={known} />
          <JoinTimes call={call} />
          <DoctorLink />
        </section>
      </div>
    </aside>
  );
}

function factsOf(call: Call, { selfId, you }: { selfId: string; you: string }): LinkFacts {
  const find = (peerId: string) =>
    call.room.peers.value.find((view) => view.peerId === peerId)?.peer.value;
  const nameOf = (peerId: string) => find(peerId)?.name ?? call.room.self.value.name;
  return {
    pairs: callPairs(call, selfId),
    selfId,
    nameOf,
    called: (peerId) => peerId === selfId ? you : nameOf(peerId),
    isAway: (peerId) => find(peerId)?.away ?? false,
  };
}

/** `children`: a further remark at the end. */
function Remarks({ facts, onRetry, children }: {
  facts: LinkFacts;
  onRetry: (peerId: string) => void;
  children: ComponentChildren;
}): JSX.Element {
  const words = useWords();
  const remarks = linkRemarks(facts, words);
  if (facts.pairs.length === 0) return <p class="links-alone">{words.links.alone}</p>;
  return (
    <ul class="links-remarks">
      {remarks.map(({ key, retry, ...remark }) => (
        <li key={key} class={`remark remark-${remark.tone}`}>
          <Remark {...remark}>
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
          </Remark>
        </li>
      ))}
      {children}
    </ul>
  );
}

const toneIcons = {
  failed: ["close", "bad"],
  waiting: ["spinner", "warn"],
  relayed: ["relayed", ""],
  direct: ["direct", "good"],
} as const;

/** `children`: a key below the words. */
function Remark({ tone, title, line, children }: Pick<LinkRemark, "tone" | "title" | "line"> & {
  children: ComponentChildren;
}): JSX.Element {
  const [name, color] = toneIcons[tone];
  return (
    <>
      <Icon name={name} class={color} />
      <div>
        <strong>{title}</strong>
        {line && <p>{line}</p>}
        {children}
      </div>
    </>
  );
}

function Matrix({ members, facts }: { members: string[]; facts: LinkFacts }): JSX.Element {
  const { links } = useWords();
  const { pairs, nameOf, called } = facts;
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

const shapeIcons = {
  direct: "direct",
  connected: "direct",
  relayed: "relayed",
  connecting: "spinner",
  reconnecting: "spinner",
  failed: "close",
  unknown: "more",
} as const;

function ShapeIcon({ shape }: { shape: LinkShape }): JSX.Element {
  const name = shapeIcons[shape];
  return <Icon name={name} class={name === "spinner" ? "spin" : ""} />;
}

/** The figure of a cell: the round trip, or the duration of the trouble. */
function Figure({ pair }: { pair: LinkPair }): JSX.Element {
  const words = useWords();
  const { links } = words;
  const { state, rtt, since } = pair;
  if (state === "reconnecting") return <Seconds since={since} phrase={links.seconds} />;
  if (state === "failed") return <>{links.none}</>;
  if (state === "connected" && rtt !== null) return <>{fill(links.ms, { ms: rtt })}</>;
  return <>{linkState(pair, words)}</>;
}

/** The pairs as a list, instead of the matrix on phones. */
function PairList({ facts: { pairs, called } }: { facts: LinkFacts }): JSX.Element {
  const words = useWords();
  const { links } = words;
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
function Stuck({ call, known }: { call: Call; known: boolean }): JSX.Element | null {
  const { links } = useWords();
  if (known || !call.relayOnly.value) return null;
  return (
    <div class="remark remark-failed">
      <Remark tone="failed" title={links.relayOnlyStuck} line={links.relayOnlyStuckLine}>
        <button type="button" class="primary small" onClick={() => call.setRelayOnly(false)}>
          {links.allowDirect}
        </button>
      </Remark>
    </div>
  );
}

function RelayOnly({ call, known }: { call: Call; known: boolean }): JSX.Element {
  const { links } = useWords();
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
