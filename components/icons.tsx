// Written by scripts/icons.ts; change that and run it again.
// Shapes: Lucide (lucide-static 1.62.0, ISC, parts derived from Feather under MIT), and two of our own.
import type { JSX } from "preact";
import { glyph, type IconProps } from "./glyph.tsx";

/** Lucide "triangle-alert". */
export function AlertIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01",
  );
}

/** Lucide "app-window". */
export function AppWindowIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2M10 4v4M2 8h20M6 4v4",
  );
}

/** Lucide "arrow-right". */
export function ArrowRightIcon(props: IconProps): JSX.Element {
  return glyph(props, "M5 12h14M12 5l7 7-7 7");
}

/** Lucide "chevron-left". */
export function BackIcon(props: IconProps): JSX.Element {
  return glyph(props, "M15 18l-6-6 6-6");
}

/** Lucide "camera-off". */
export function CameraOffIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M14.564 14.558a3 3 0 1 1-4.122-4.121M2 2l20 20M20 20H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2h1.997a2 2 0 0 0 .819-.175M9.695 4.024A2 2 0 0 1 10.004 4h3.993a2 2 0 0 1 1.76 1.05l.486.9A2 2 0 0 0 18.003 7H20a2 2 0 0 1 2 2v7.344",
  );
}

/** Lucide "message-square-text". */
export function ChatIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2zM7 11h10M7 15h6M7 7h8",
  );
}

/** Lucide "check". */
export function CheckIcon(props: IconProps): JSX.Element {
  return glyph(props, "M20 6 9 17l-5-5");
}

/** Lucide "x". */
export function CloseIcon(props: IconProps): JSX.Element {
  return glyph(props, "M18 6 6 18M6 6l12 12");
}

/** Lucide "clock". */
export function ClockIcon(props: IconProps): JSX.Element {
  return glyph(props, "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M12 6v6l4 2");
}

/** Lucide "copy". */
export function CopyIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2",
  );
}

/** Lucide "check-check". */
export function DeliveredIcon(props: IconProps): JSX.Element {
  return glyph(props, "M18 6 7 17l-5-5M22 10l-7.5 7.5L13 16");
}

/** Lucide "chevron-down". */
export function DownIcon(props: IconProps): JSX.Element {
  return glyph(props, "M6 9l6 6 6-6");
}

/** Lucide "hand". */
export function HandIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M18 11V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2M14 10V4a2 2 0 0 0-2-2a2 2 0 0 0-2 2v2M10 10.5V6a2 2 0 0 0-2-2a2 2 0 0 0-2 2v8M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15",
  );
}

/** Lucide "rotate-ccw-clock". */
export function HistoryIcon(props: IconProps): JSX.Element {
  return glyph(props, "M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5M12 7v5l4 2");
}

/** Lucide "languages". */
export function LanguagesIcon(props: IconProps): JSX.Element {
  return glyph(props, "M5 8l6 6M4 14l6-6 2-3M2 5h12M7 2h1M22 22l-5-10-5 10M14 18h6");
}

/** Lucide "phone-off". */
export function LeaveIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M10.1 13.9a14 14 0 0 0 3.732 2.668 1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2 18 18 0 0 1-12.728-5.272M22 2 2 22M4.76 13.582A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 .244.473",
  );
}

/** Lucide "log-out". */
export function LeftIcon(props: IconProps): JSX.Element {
  return glyph(props, "M16 17l5-5-5-5M21 12H9M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4");
}

/** Lucide "link". */
export function LinkIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71",
  );
}

/** Lucide "lock". */
export function LockIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-7a2 2 0 0 1 2 -2M7 11V7a5 5 0 0 1 10 0v4",
  );
}

/** Lucide "mic". */
export function MicrophoneIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M12 19v3M19 10v2a7 7 0 0 1-14 0v-2M12 2h0a3 3 0 0 1 3 3v7a3 3 0 0 1 -3 3h0a3 3 0 0 1 -3 -3v-7a3 3 0 0 1 3 -3",
  );
}

/** Lucide "mic-off". */
export function MicrophoneOffIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M12 19v3M15 9.34V5a3 3 0 0 0-5.68-1.33M16.95 16.95A7 7 0 0 1 5 12v-2M18.89 13.23A7 7 0 0 0 19 12v-2M2 2l20 20M9 9v3a3 3 0 0 0 5.12 2.12",
  );
}

/** Lucide "triangles-centerline-dashed-vertical". */
export function MirroredIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M12 14v2M12 20v2M12 2v2M12 8v2M20.288 16.703A1 1 0 0022 16V8a1 1 0 00-1.712-.703l-3.99 3.991a1 1 0 00-.001 1.424zM3.712 16.703A1 1 0 012 16V8a1 1 0 011.712-.703l3.99 3.991a1 1 0 01.001 1.424z",
  );
}

/** Lucide "moon". */
export function MoonIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401",
  );
}

/** Lucide "ellipsis". */
export function MoreIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M11 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M18 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0M4 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0",
  );
}

/** Lucide "users". */
export function PeopleIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.128a4 4 0 0 1 0 7.744M22 21v-2a4 4 0 0 0-3-3.87M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0",
  );
}

/** Lucide "refresh-cw". */
export function RefreshIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8M21 3v5h-5M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16M8 16H3v5",
  );
}

/** Lucide "send-horizontal". */
export function SendIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M3.714 3.048a.498.498 0 0 0-.683.627l2.843 7.627a2 2 0 0 1 0 1.396l-2.842 7.627a.498.498 0 0 0 .682.627l18-8.5a.5.5 0 0 0 0-.904zM6 12h16",
  );
}

/** Lucide "screen-share". */
export function ShareIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M13 3H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-3M8 21h8M12 17v4M17 8l5-5M17 3h5v5",
  );
}

/** Lucide "screen-share-off". */
export function ShareOffIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M13 3H4a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-3M8 21h8M12 17v4M22 3l-5 5M17 3l5 5",
  );
}

/** Lucide "shield-check". */
export function ShieldIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1zM9 12l2 2 4-4",
  );
}

/** Lucide "sliders-horizontal". */
export function SlidersIcon(props: IconProps): JSX.Element {
  return glyph(props, "M10 5H3M12 19H3M14 3v4M16 17v4M21 12h-9M21 19h-5M21 5h-7M8 10v4M8 12H3");
}

/** Lucide "volume-2". */
export function SpeakerIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M11 4.702a.705.705 0 0 0-1.203-.498L6.413 7.587A1.4 1.4 0 0 1 5.416 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2.416a1.4 1.4 0 0 1 .997.413l3.383 3.384A.705.705 0 0 0 11 19.298zM16 9a5 5 0 0 1 0 6M19.364 18.364a9 9 0 0 0 0-12.728",
  );
}

/** Lucide "audio-lines". */
export function SpeakingIcon(props: IconProps): JSX.Element {
  return glyph(props, "M2 10v3M6 6v11M10 3v18M14 8v7M18 5v13M22 10v3");
}

/** Lucide "loader-circle". */
export function SpinnerIcon(props: IconProps): JSX.Element {
  return glyph(props, "M21 12a9 9 0 1 1-6.219-8.56");
}

/** Lucide "sun". */
export function SunIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M12 2v2M12 20v2M4.93 4.93l1.41 1.41M17.66 17.66l1.41 1.41M2 12h2M20 12h2M6.34 17.66l-1.41 1.41M19.07 4.93l-1.41 1.41",
  );
}

/** Lucide "sun-moon". */
export function SunMoonIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M12 2v2M14.837 16.385a6 6 0 1 1-7.223-7.222c.624-.147.97.66.715 1.248a4 4 0 0 0 5.26 5.259c.589-.255 1.396.09 1.248.715M16 12a4 4 0 0 0-4-4M19 5l-1.256 1.256M20 12h2",
  );
}

/** Lucide "chevron-up". */
export function UpIcon(props: IconProps): JSX.Element {
  return glyph(props, "M18 15l-6-6-6 6");
}

/** Lucide "video". */
export function VideoIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M16 13l5.223 3.482a.5.5 0 0 0 .777-.416V7.87a.5.5 0 0 0-.752-.432L16 10.5M4 6h10a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-8a2 2 0 0 1 2 -2",
  );
}

/** Lucide "video-off". */
export function VideoOffIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M10.66 6H14a2 2 0 0 1 2 2v2.5l5.248-3.062A.5.5 0 0 1 22 7.87v8.196M16 16a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h2M2 2l20 20",
  );
}

/** Our own. */
export function DirectIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M8 12h8M3 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM16 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
  );
}

/** Our own. */
export function RelayedIcon(props: IconProps): JSX.Element {
  return glyph(
    props,
    "M10.8 8.6 7.2 15M13.2 8.6l3.6 6.4M9 6a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM4 17.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM15 17.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
  );
}
