/** What is done to an own picture, and what page and worker tell each other about it. */

/** By how many degrees a picture is turned clockwise, as others see it. */
export type Turn = 0 | 90 | 180 | 270;

/** How much of what is behind the person stays visible: all, shapes, or colours. */
export type Blur = "off" | "light" | "strong";

/** What is done to each picture. */
export interface Treatment {
  readonly turn: Turn;
  readonly blur: Blur;
}

/**
 * Why no picture comes any longer. `strained`: blurring takes longer than this processor has;
 * `broken`: the worker has failed, or its code did not come.
 */
export type StopReason = "strained" | "broken";

/**
 * To the worker. `streams`: it reads and writes the pictures itself, where the browser can do it;
 * `picture`: one picture, which it answers.
 */
export type PictureOrder =
  | { readonly kind: "treatment"; readonly treatment: Treatment }
  | {
    readonly kind: "streams";
    readonly readable: ReadableStream<VideoFrame>;
    readonly writable: WritableStream<VideoFrame>;
  }
  | { readonly kind: "picture"; readonly bitmap: ImageBitmap };

/**
 * From the worker. `first`: a picture was painted; `answer`: to one `picture`, without a bitmap if
 * it was left out. `strained`: no picture comes any longer, see StopReason.
 */
export type PictureReport =
  | { readonly kind: "first" }
  | { readonly kind: "answer"; readonly bitmap?: ImageBitmap }
  | { readonly kind: "strained" };
