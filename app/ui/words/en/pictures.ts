/** The English words for how large the pictures of others are received. */

/** What a person receives. */
export const pictures = {
  title: "Video you receive",
  titleFrom: "Video from {name}",
  choices: { auto: "Automatic", large: "Large", small: "Small", sound: "Sound only" },
  notes: {
    auto: "As large as it is shown",
    large: "Always full size, which uses more data",
    small: "Cameras stay small, shared screens stay readable",
    sound: "No cameras and no shared screens are sent to you",
  },
  soundFrom: "Neither camera nor shared screen is sent to you",
  stubborn: "{name}’s page always sends everything. You can only hide it.",
  soundOnly: "Sound only",
  soundOnlyLine: "You chose sound only, so this screen is not sent to you.",
  hidden: "Hidden",
  show: "Show video from {name}",
  showShort: "Show video",
};
