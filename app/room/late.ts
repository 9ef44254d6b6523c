/** What is not needed to see and hear each other, as one module to load; see lazy.ts. */
export { PanelKeys, RoomKeys, ToolKeys } from "./BarKeys.tsx";
export { isAllowed, playTone } from "../chat/chat_notices.ts";
export { ChatPanel } from "../chat/ChatPanel.tsx";
export { BrowserTab } from "./BrowserTab.tsx";
export { DeviceMenu } from "../devices/DeviceMenu.tsx";
export { FileDrop } from "../files/Files.tsx";
export { LeftPage } from "../end/LeftPage.tsx";
export { PhoneHeader } from "./PhoneHeader.tsx";
export { PhoneMute } from "./PhoneMute.tsx";
export { TalkHints } from "../talk/TalkHints.tsx";
export { keyLabel } from "../ui/shortcuts.ts";
export { Shortcuts } from "./Shortcuts.tsx";
export { SidePanels } from "./SidePanels.tsx";
export { stageSlots } from "./stage_slots.tsx";
export { Toasts } from "./Toasts.tsx";
