/** The English words for a microphone that is on and gives nothing. */
/** A microphone that is on and gives nothing. */
export const silence = {
  title: "Others hear nothing from you",
  unnamed: "Your microphone",
  muted:
    "{label} is muted by a key on the device or by the system. Unmute it there, or choose another one in the microphone menu.",
  dead:
    "Nothing at all comes from {label}. Look for a mute key or a loose plug, or choose another one in the microphone menu.",
  elsewhere: "{other} hears you instead.",
  use: "Use that one",
};
