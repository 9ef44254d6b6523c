/** The worker that turns own pictures. On the page, this module only tells its address. */
import { serve } from "./serve.ts";

/** For `new Worker()`. */
export const address = import.meta.url;

if ("WorkerGlobalScope" in globalThis) serve();
