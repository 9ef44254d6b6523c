/** What is not needed for the first pictures, in one module; see lazy.ts. */
export { PanelKeys, RoomKeys, ToolKeys } from "./BarKeys.tsx";
export { isAllowed, playTone } from "../chat/views.ts";
export { ChatPanel } from "../chat/views.ts";
export { BrowserTab } from "./BrowserTab.tsx";
export { DeviceMenu } from "./menus/DeviceMenu.tsx";
export { FileDrop } from "../files/views.ts";
export { LeftPage } from "./LeftPage.tsx";
export { PhoneHeader } from "./PhoneHeader.tsx";
export { PhoneMute } from "./PhoneMute.tsx";
export { TalkHints } from "../talk/views.ts";
export { LateKnocks } from "../people/views.ts";
export { keyLabel } from "../ui/shortcuts.ts";
export { Shortcuts } from "./Shortcuts.tsx";
export { ProgramNews } from "../program/views.ts";
export { SidePanels } from "./SidePanels.tsx";
export { stageSlots } from "./stage_slots.tsx";
export { Toasts } from "./Toasts.tsx";
export { TrustNotices } from "../trust/views.ts";
