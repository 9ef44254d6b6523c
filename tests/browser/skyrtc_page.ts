// A page of the origin's kind, for a real browser: it speaks the SkyRTC table and nothing else,
// knows no rollback and no sub-protocol, and calls everybody on its list. Both functions run inside
// the page, one after the other, so they use nothing from outside and meet on globalThis.

/** What the page leaves on globalThis for the test to look at. */
export interface SkyrtcPage {
  selfId: string;
  /** Every event it heard, by name. */
  heard: string[];
  chat: string[];
  /** Frames decoded and audio packets received from each peer. */
  received(): Promise<{ socketId: string; frames: number; packets: number }[]>;
  say(text: string): void;
}

/** Whatever an event carries; which fields are there depends on its name. */
interface EventFields {
  socketId: string;
  you: string;
  connections: string[];
  sdp: RTCSessionDescriptionInit;
  label: number;
  candidate: string;
  text: string;
}

/** The page's connections, by peer. */
interface SkyrtcCalls {
  readonly all: Map<string, RTCPeerConnection>;
  emit: (eventName: string, data: unknown) => void;
  connect(socketId: string): RTCPeerConnection;
  received: SkyrtcPage["received"];
}

declare global {
  var __skyrtc: SkyrtcPage | undefined;
  var __skyrtcCalls: SkyrtcCalls | undefined;
}

/** Opens the fake camera and microphone, which every connection made later sends. */
export async function prepareSkyrtcCalls(withVideo = true): Promise<void> {
  const media = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: withVideo && { width: 320, height: 240, frameRate: 15 },
  });
  const all = new Map<string, RTCPeerConnection>();
  const calls: SkyrtcCalls = {
    all,
    emit: () => {},
    connect(socketId) {
      const connection = new RTCPeerConnection();
      all.set(socketId, connection);
      media.getTracks().forEach((track) => connection.addTrack(track, media));
      connection.ondatachannel = ({ channel }) => globalThis.__skyrtcData?.add(socketId, channel);
      connection.onicecandidate = ({ candidate }) => {
        if (!candidate) return;
        const { sdpMLineIndex: label, candidate: line } = candidate;
        calls.emit("__ice_candidate", { label, candidate: line, socketId });
      };
      return connection;
    },
    received: () =>
      Promise.all([...all].map(async ([socketId, connection]) => {
        const found = { socketId, frames: 0, packets: 0 };
        (await connection.getStats()).forEach((stats) => {
          if (stats.type !== "inbound-rtp") return;
          if (stats.kind === "video") found.frames += stats.framesDecoded ?? 0;
          else found.packets += stats.packetsReceived ?? 0;
        });
        return found;
      })),
  };
  globalThis.__skyrtcCalls = calls;
}

/** Joins `room` and calls and answers as the origin's page does. */
export async function joinSkyrtcRoom(room: string): Promise<void> {
  const calls = globalThis.__skyrtcCalls;
  if (calls === undefined) throw new Error("prepareSkyrtcCalls comes first");
  const { all, connect, received } = calls;
  const socket = new WebSocket(`ws://${location.host}/`);
  const emit = calls.emit = (eventName, data) => socket.send(JSON.stringify({ eventName, data }));
  const say = (text: string) => emit("__chat", { text });
  const page: SkyrtcPage = { selfId: "", heard: [], chat: [], say, received };
  globalThis.__skyrtc = page;

  async function hear(eventName: string, data: EventFields): Promise<void> {
    const { socketId } = data;
    const connection = all.get(socketId);
    if (eventName === "_peers") {
      page.selfId = data.you;
      for (const peer of data.connections) {
        const calling = connect(peer);
        // Without a label, as the origin makes it.
        const label = String(undefined);
        globalThis.__skyrtcData?.add(peer, calling.createDataChannel(label));
        const sdp = await calling.createOffer();
        await calling.setLocalDescription(sdp);
        emit("__offer", { sdp, socketId: peer });
      }
    } else if (eventName === "_new_peer") {
      connect(socketId);
    } else if (eventName === "_remove_peer") {
      connection?.close();
      all.delete(socketId);
    } else if (eventName === "_offer" && connection) {
      await connection.setRemoteDescription(data.sdp);
      const sdp = await connection.createAnswer();
      await connection.setLocalDescription(sdp);
      emit("__answer", { sdp, socketId });
    } else if (eventName === "_answer" && connection) {
      await connection.setRemoteDescription(data.sdp);
    } else if (eventName === "_ice_candidate" && connection) {
      const { label: sdpMLineIndex, candidate } = data;
      await connection.addIceCandidate({ sdpMLineIndex, candidate });
    } else if (eventName === "_chat") {
      page.chat.push(data.text);
    }
  }

  // One event after the other: the origin's page had synchronous ears, promises would let a
  // candidate overtake.
  let last = Promise.resolve();
  socket.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    page.heard.push(event.eventName);
    last = last.then(() => hear(event.eventName, event.data));
  };
  await new Promise((resolve) => socket.onopen = resolve);
  emit("__join", { room });
}
