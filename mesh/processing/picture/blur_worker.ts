/**
 * The worker that blurs what is behind the person, and turns pictures too. On the page, this module
 * only tells its address.
 */
import { MaskMaker } from "./mask_maker.ts";
import { serve } from "./serve.ts";

/** For `new Worker()`. */
export const address = import.meta.url;

if ("WorkerGlobalScope" in globalThis) serve(new MaskMaker());
