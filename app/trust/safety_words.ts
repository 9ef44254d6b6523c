/**
 * The 64 signs of the safety words, in the order of their numbers. The order is part of the
 * protocol and never changes: two versions of the page must show the same signs for one number.
 * Each is one code point of Unicode 9 or older that is always drawn in colour. The catalogues hold
 * their names in the same order, chosen so that no two sound alike.
 */
const signs = "🐵🐱🦁🐴🐮🐷🐰🐼🐘🐸🐢🐍🐟🐙🦀🐧🦉🐝🦋🐬🌵🌻🌴🍄🍎🍌🍇🍒🍍🍉🥕🌽" +
  "🍕🥚🍩🍦🌍🌙⭐🌈🔥⛄⚡⚓🚀🚂🚲🚜⛵🎈🎁⚽🎸🎺🥁📷🔨🎧💡📕☔⏰👑👓";

/** The sign of each number from 0 to 63. */
export const safetySigns: readonly string[] = [...signs];
