/** What is not needed for the first pictures, in one module; see lazy.ts. */
import "../ui/shared.ts";
export { BarPanels, BarRoom, BarTools } from "./BarParts.tsx";
export { isAllowed, playTone } from "../chat/chat_notices.ts";
export { ChatPanel } from "../chat/ChatPanel.tsx";
export { BrowserTab } from "./BrowserTab.tsx";
export { DeviceMenu } from "../devices/DeviceMenu.tsx";
export { FileDrop } from "../files/Files.tsx";
export { Outside } from "../end/Outside.tsx";
export { PhoneHeader } from "./PhoneHeader.tsx";
export { PhoneMute } from "./PhoneMute.tsx";
export { Talking } from "../talk/Talking.tsx";
export { keyLabel } from "../ui/shortcuts.ts";
export { Shortcuts } from "./Shortcuts.tsx";
export { SidePanels } from "./SidePanels.tsx";
export { stageSlots } from "./stage_slots.tsx";
export { Toasts } from "./Toasts.tsx";
