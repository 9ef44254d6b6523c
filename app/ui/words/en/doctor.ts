/** The English words of the page /doctor. */

/** Only that page has them. */
export const doctor = {
  title: "Call check",
  lead:
    "Checks what a call needs from this browser and this network. Nobody else sees or hears you.",
  again: "Check again",
  copy: "Copy the report",
  summary: {
    running: "Checking…",
    good: "Everything is fine. Calls should work from here.",
    poor:
      "Calls work from here, but not with everyone or not at their best. See below for what to do.",
    bad: "Calls cannot work from here. See below for what to do.",
  },
  verdict: {
    open: "Not checked",
    running: "Checking",
    good: "Good",
    poor: "Could be better",
    bad: "Not working",
  },
  page: {
    title: "Secure page",
    good: "This page is secure, so it can use the camera and the microphone.",
    bad:
      "Browsers allow camera and microphone on secure pages only. Open this site over https://; its operator can turn that on with --tls-self-signed or --acme-domain.",
  },
  server: {
    title: "Connection to the server",
    running: "Opening a connection…",
    good: "The server responds; connecting took {ms} ms.",
    noSocket:
      "Pages load, but the persistent connection (WebSocket) does not open. A proxy or a firewall in between blocks it: the server’s operator can find proxy settings in docs/deploy.md and run “parley doctor”.",
    noServer: "The server is no longer responding. Make sure you are online, then check again.",
    busy: "The server responds, but admits nobody right now. Try again in a minute.",
  },
  meeting: {
    title: "Calls in this browser",
    running: "Connecting two ends in this browser…",
    good: "Two ends in this browser connected.",
    unsupported:
      "This browser does not support calls (WebRTC), or an extension or policy has turned them off. Use a current Chrome, Edge, Firefox or Safari.",
    noPath:
      "Two ends in this browser could not connect. The usual cause is an extension, a VPN or a policy that hides addresses; turn it off for this site.",
  },
  stun: {
    title: "Access to the internet",
    running: "Asking for the public address…",
    good: "This network lets calls out over UDP.",
    none:
      "The server names no STUN server, so people on different networks may not be able to connect. For the operator: start it without --no-turn, or name one with --ice-servers or --turn-urls.",
    bad:
      "No response over UDP. A firewall blocks it, so calls need a relay over TCP or TLS; see below.",
  },
  relay: {
    elsewhere: "{rung} ({host})",
    none: "Relay",
    noneLine:
      "The server offers no relay, so two people who are both on strict networks cannot connect. For the operator: start it without --no-turn, or name a relay with --turn-urls and --turn-secret-file.",
    open: "Waiting for the previous check.",
    running: "Sending a message through the relay…",
    good: "A message came back through the relay in {ms} ms.",
    noRelay:
      "The relay cannot be reached over {transport} from here. If another way works, calls use that.",
    untrusted:
      "It needs a certificate that browsers trust; one that is self-signed does not do, even if you accepted it for this page.",
    refused:
      "The relay rejects the credentials. For the operator: the secret in --turn-secret-file must match the relay’s, and both clocks must be right.",
    noPath:
      "The relay responds, but forwards nothing. For the operator: its media ports are closed, or it denies its own address; run “parley doctor”.",
    unsupported: "This browser cannot use this relay.",
  },
  devices: {
    title: "Camera and microphone",
    line: "The browser will ask for permission. What they see and hear stays on this page.",
    action: "Test camera and microphone",
    camera: "Camera",
    cameraGood: "You should see yourself: {width} × {height}.",
    microphone: "Microphone",
    microphoneGood: "Say something: the bars should move.",
    preview: "Your camera",
  },
};
