// A page of the origin's kind, for a real browser: it speaks the SkyRTC table and nothing else, knows no rollback and
// no sub-protocol, and calls everybody on its list. Runs inside the page, so it must not use anything from outside.

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

declare global {
  var __skyrtc: SkyrtcPage | undefined;
}

/** Joins `room` with the fake camera and microphone. */
export async function becomeSkyrtcPage(room: string): Promise<void> {
  const media = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: 320, height: 240, frameRate: 15 },
  });
  const connections = new Map<string, RTCPeerConnection>();
  const socket = new WebSocket(`ws://${location.host}/`);
  const emit = (eventName: string, data: unknown) =>
    socket.send(JSON.stringify({ eventName, data }));

  const page: SkyrtcPage = globalThis.__skyrtc = {
    selfId: "",
    heard: [],
    chat: [],
    say: (text) => emit("__chat", { text }),
    received: () =>
      Promise.all([...connections].map(async ([socketId, connection]) => {
        const found = { socketId, frames: 0, packets: 0 };
        (await connection.getStats()).forEach((stats) => {
          if (stats.type !== "inbound-rtp") return;
          if (stats.kind === "video") found.frames += stats.framesDecoded ?? 0;
          else found.packets += stats.packetsReceived ?? 0;
        });
        return found;
      })),
  };

  function connect(socketId: string): RTCPeerConnection {
    const connection = new RTCPeerConnection();
    connections.set(socketId, connection);
    media.getTracks().forEach((track) => connection.addTrack(track, media));
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      const { sdpMLineIndex: label, candidate: line } = candidate;
      emit("__ice_candidate", { label, candidate: line, socketId });
    };
    return connection;
  }

  async function hear(eventName: string, data: EventFields): Promise<void> {
    const { socketId } = data;
    const connection = connections.get(socketId);
    if (eventName === "_peers") {
      page.selfId = data.you;
      for (const peer of data.connections) {
        const calling = connect(peer);
        const sdp = await calling.createOffer();
        await calling.setLocalDescription(sdp);
        emit("__offer", { sdp, socketId: peer });
      }
    } else if (eventName === "_new_peer") {
      connect(socketId);
    } else if (eventName === "_remove_peer") {
      connection?.close();
      connections.delete(socketId);
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

  // One event after the other: the origin's page had synchronous ears, promises would let a candidate overtake.
  let last = Promise.resolve();
  socket.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    page.heard.push(event.eventName);
    last = last.then(() => hear(event.eventName, event.data));
  };
  await new Promise((resolve) => socket.onopen = resolve);
  emit("__join", { room });
}
