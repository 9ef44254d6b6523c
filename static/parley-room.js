/**
 * <parley-room server="https://talk.example.org" room="tea" secret="AbC…" name="Ann" camera="0"
 * microphone="1" join="1"></parley-room>
 *
 * Shows a room of a Parley server that lists this page's origin in --embed-origins. Events and
 * methods are described in docs/embedding.md. The element has no state besides its attributes.
 */
class ParleyRoom extends HTMLElement {
  static observedAttributes = ["server", "room", "secret", "name", "camera", "microphone", "join"]
    .concat("relay");
  #frame;
  #origin;

  connectedCallback() {
    addEventListener("message", this.#hear);
    this.#show();
  }

  disconnectedCallback() {
    removeEventListener("message", this.#hear);
    this.#frame?.remove();
    this.#frame = undefined;
  }

  attributeChangedCallback(_name, before, now) {
    if (this.#frame !== undefined && before !== now) this.#show();
  }

  /** Mutes this person; only they can unmute. */
  mute() {
    this.#say({ parley: "mute" });
  }

  stopCamera() {
    this.#say({ parley: "stop-camera" });
  }

  leave() {
    this.#say({ parley: "leave" });
  }

  /** Writes a line as this person. */
  chat(text) {
    this.#say({ parley: "chat", text: String(text) });
  }

  #show() {
    const server = this.getAttribute("server");
    const room = this.getAttribute("room");
    const base = addressOf(server);
    if (base === undefined || !/^https?:$/.test(base.protocol) || !room) return;
    this.#origin = base.origin;
    const address = new URL(
      `${base.pathname.replace(/\/$/, "")}/r/${encodeURIComponent(room)}`,
      base,
    );
    for (const name of ["name", "camera", "microphone", "join", "relay"]) {
      const value = this.getAttribute(name);
      if (value !== null) address.searchParams.set(name, value);
    }
    const secret = this.getAttribute("secret");
    // Browsers send no fragment to a server. An empty one must not open an unsealed room.
    if (secret !== null) address.hash = `k=${secret}`;
    this.#frame?.remove();
    const frame = document.createElement("iframe");
    frame.title = this.getAttribute("title") ?? room;
    frame.allow = ["camera", "microphone", "display-capture", "fullscreen", "picture-in-picture"]
      .concat("screen-wake-lock", "speaker-selection", "clipboard-write", "autoplay")
      .map((feature) => `${feature} ${base.origin}`).join("; ");
    frame.style.cssText = "border:0;width:100%;height:100%;display:block";
    // Readiness cannot be seen from outside, so this says hello until the page answers.
    frame.addEventListener("load", () => this.#say({ parley: "hello" }));
    frame.src = address.href;
    this.#frame = frame;
    this.append(frame);
  }

  #say(message) {
    this.#frame?.contentWindow?.postMessage(message, this.#origin);
  }

  #hear = ({ source, origin, data }) => {
    const isOurs = this.#frame !== undefined && source === this.#frame.contentWindow &&
      origin === this.#origin;
    if (!isOurs || data?.parley === undefined) return;
    if (data.parley === "ready") return this.#say({ parley: "hello" });
    if (data.parley !== "state") return;
    const { parley: _, ...detail } = data;
    this.dispatchEvent(new CustomEvent("parley-state", { detail }));
  };
}

/** URL.parse() is missing in browsers of 2024. */
function addressOf(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

// A page may include this script twice.
if (customElements.get("parley-room") === undefined) {
  customElements.define("parley-room", ParleyRoom);
}
