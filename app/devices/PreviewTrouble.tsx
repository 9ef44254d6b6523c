/** Why there is no own picture, and the remedy. Loaded if a camera fails. */
import type { JSX } from "preact";
import type { MediaFailure, SourceState } from "../../mesh/mod.ts";
import { CopyLink } from "../ui/CopyLink.tsx";
import { DoctorLink } from "../ui/DoctorLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { thisBrowser } from "../ui/this_browser.ts";
import { explain } from "./trouble.ts";
import { useWords } from "../ui/words.ts";

/** `failure`: the camera's. `secret`: of the room's link, which the address does not show. */
export function PreviewTrouble({ failure, microphone, secret, onRetry }: {
  failure: MediaFailure;
  microphone: SourceState;
  secret: string | undefined;
  onRetry: () => void;
}): JSX.Element {
  const words = useWords();
  const both = microphone.kind === "failed" && microphone.failure === failure;
  const fragment = secret === undefined ? "" : `#k=${secret}`;
  const link = location.href.replace(/#.*/, "") + fragment;
  const said = explain({ failure, missing: both ? "both" : "camera", ...thisBrowser() }, words);
  return (
    <div class="preview-trouble" role="status">
      <span class="trouble-icon">
        <Icon name="camera-off" size={28} />
      </span>
      <h2>{said.title}</h2>
      <p>{inOne(said.line, words.trouble.goOn)}</p>
      {said.retry
        ? (
          <button type="button" class="stage-button" onClick={onRetry}>
            <Icon name="refresh" />
            {words.common.tryAgain}
          </button>
        )
        : (
          <CopyLink link={link} class="stage-button" icon={<Icon name="link" />}>
            {words.common.copyLink}
          </CopyLink>
        )}
      <DoctorLink />
    </div>
  );
}

/** Joins two sentences; full-width punctuation needs no space. */
function inOne(first: string, second: string): string {
  return `${first}${first.endsWith("。") ? "" : " "}${second}`;
}
