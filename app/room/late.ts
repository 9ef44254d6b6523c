/** What is not needed to see and hear each other, as one module to load; see lazy.ts. */
import "../ui/shared.ts";
export { BarPanels, BarRoom, BarTools } from "./BarKeys.tsx";
export { isAllowed, playTone } from "../chat/chat_notices.ts";
export { ChatPanel } from "../chat/ChatPanel.tsx";
export { BrowserTab } from "./BrowserTab.tsx";
export { DeviceMenu } from "../devices/DeviceMenu.tsx";
export { FileDrop } from "../files/Files.tsx";
export { Outside } from "../end/LeftPage.tsx";
export { PhoneHeader } from "./PhoneHeader.tsx";
export { PhoneMute } from "./PhoneMute.tsx";
export { Talking } from "../talk/TalkHints.tsx";
export { keyLabel } from "../ui/shortcuts.ts";
export { Shortcuts } from "./Shortcuts.tsx";
export { SidePanels } from "./SidePanels.tsx";
export { stageSlots } from "./stage_slots.tsx";
export { Toasts } from "./Toasts.tsx";
